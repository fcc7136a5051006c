import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/twins/faults.ts';
import { newSharedKey } from '../../src/twins/horde/new-records.ts';
import { seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import type { WriteOutcome } from '../../src/writing/change.ts';
import { call } from '../fixtures/ai-horde/call.ts';
import { told } from '../writing/plain-writes.ts';
import { kinds, verdicts, writableHorde, write } from './horde-writing.ts';
import { people, startPanelWriting } from './mcsmanager-writing.ts';
import { idOf, startWriting, summary, tokenOf } from './openwebui-writing.ts';

/** Status and type are the source's, and the body is somebody's else: a gateway's, a cache's. Nothing was done behind it. */
const says = (json: unknown): Fault => ({
  kind: 'reply',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(json),
});
const unknown = (...fields: string[]) => ({
  sent: true,
  fields: Object.fromEntries(fields.map((name) => [name, 'UNKNOWN'])),
  problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
});

describe('an answer that is not in Open WebUI’s form is no word on what it never shows', () => {
  const bao = idOf('bao');
  const newPassword = 'tide turns at 8';

  test.for([true, null, {}, { id: 'somebody else' }, []])('on a password that an administrator sets: %j', async (body) => {
    await using writing = await startWriting({ faults: [{ path: `/api/v1/users/${bao}/update`, fault: says(body) }] });
    const outcome = await writing.write('updateOpenWebUIUser', { nativeId: bao, password: newPassword });

    expect(summary(outcome)).toEqual(unknown('password'));
    expect(writing.twin.world.passwords.matches(bao, seededPassword)).toBe(true);
  });

  test.for([null, false, {}, 'true'])('on one’s own password: %j', async (body) => {
    await using writing = await startWriting({ faults: [{ path: '/api/v1/auths/update/password', fault: says(body) }] });
    const passwords = { currentPassword: seededPassword, newPassword };
    const outcome = await writing.write('changeOpenWebUIPassword', passwords, { as: tokenOf(writing.twin, 'bao') });

    expect(summary(outcome)).toEqual(unknown('newPassword'));
  });

  test.for([true, null, {}, { status: false }])('on a time zone while statuses are switched off: %j', async (body) => {
    await using writing = await startWriting({ faults: [{ path: '/api/v1/auths/update/timezone', fault: says(body) }] });
    writing.twin.world.config.ENABLE_USER_STATUS = false;
    const outcome = await writing.write(
      'setOpenWebUITimezone',
      { timezone: 'Europe/Lisbon' },
      { as: tokenOf(writing.twin, 'bao') },
    );

    expect(summary(outcome)).toEqual(unknown('timezone'));
  });

  test.for([true, null, { api_key: '' }, { api_key: 'no key' }])('on a new API key, and none is shown: %j', async (body) => {
    const fault = says(body);
    await using writing = await startWriting({ faults: [{ method: 'POST', path: '/api/v1/auths/api_key', fault }] });
    const outcome = await writing.write('createOpenWebUIApiKey', {}, { as: writing.twin.keys.of(bao) });

    expect(outcome.fields).toMatchObject([{ name: 'created', verdict: 'NOT_APPLIED' }]);
    expect(outcome.receipt).toEqual({});
  });
});

describe('an answer that is not in the panel’s form is no word on what it never shows', () => {
  const { bao } = people;
  const password = 'Placeholder-1';
  const answer = (data: unknown): Fault => says({ status: 200, data, time: 1 });
  const start = (method: string, path: string, data: unknown) =>
    startPanelWriting({ twin: { faults: [{ method, path, fault: answer(data) }] } });
  const inShort = (outcome: WriteOutcome) => {
    const { verdicts: fields, ...others } = told(outcome);
    return { ...others, fields };
  };

  test.for([null, false, 'true', {}])('on a password that an administrator sets: %j', async (data) => {
    await using writing = await start('PUT', '/api/auth', data);

    expect(inShort(await writing.run('setMcsManagerPassword', { nativeId: bao, password }))).toEqual(unknown('password'));
  });

  test.for([null, false, 'true', {}])('on one’s own password: %j', async (data) => {
    await using writing = await start('PUT', '/api/auth/update', data);
    const outcome = await writing.run('setMcsManagerPassword', { nativeId: bao, password }, { key: writing.twin.keys.of(bao) });

    expect(inShort(outcome)).toEqual(unknown('password'));
  });

  test.for([null, false, 'true', {}])('on an identity for single sign-on: %j', async (data) => {
    await using writing = await start('PUT', '/api/auth', data);

    expect(inShort(await writing.run('updateMcsManagerUser', { nativeId: bao, ssoSub: 'sub' }))).toEqual(unknown('ssoSub'));
  });

  test.for([null, true, '', 'no key'])('on one’s own new key, and none is shown: %j', async (data) => {
    await using writing = await start('PUT', '/api/auth/api', data);
    const key = writing.twin.keys.of(bao);
    const outcome = await writing.run('setMcsManagerApiKey', { nativeId: bao, enabled: true }, { key });

    expect(outcome.fields).toMatchObject([{ name: 'enabled' }, { name: 'key', verdict: 'NOT_APPLIED' }]);
    expect(outcome.receipt).toEqual({});
    expect(writing.twin.keys.of(bao)).toBe(key);
  });
});

describe('an answer that is not in the Horde’s form is no word on what it does not show', () => {
  test.for([true, null, 'done', []])('on a usage multiplier: %j', async (body) => {
    await using twin = await writableHorde({ faults: [{ method: 'PUT', path: '/api/v2/users/104', fault: says(body) }] });
    const wishes = { nativeId: '104', usageMultiplier: 1.5 };
    const outcome = await write(twin, 'updateHordeUser', wishes, { key: twin.keys.admin });

    expect([verdicts(outcome), kinds(outcome)]).toEqual([{ usageMultiplier: 'UNKNOWN' }, ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']]);
  });

  test.for([true, null, {}])('on a shared key that a cache still shows as it was: %j', async (body) => {
    const id = '5b1d4f1a-6a52-4a5e-8f33-0c7f2f3bb001';
    const path = `/api/v2/sharedkeys/${id}`;
    await using twin = await writableHorde({ faults: [{ method: 'PATCH', path, fault: says(body) }] });
    twin.world.sharedKeys.set(id, newSharedKey({ id, ownerId: 104, name: 'for friends', kudos: 500 }));
    await call(twin, `GET /v2/sharedkeys/${id}`);
    const outcome = await write(twin, 'updateHordeSharedKey', { sharedKeyId: id, kudos: 2_000 }, { key: twin.keys.of(104) });

    expect([verdicts(outcome), kinds(outcome)]).toEqual([{ kudos: 'UNKNOWN' }, ['UNKNOWN_OUTCOME', 'SOURCE_FAILED']]);
  });
});
