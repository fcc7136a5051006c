import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/twins/faults.ts';
import { blankUser } from '../../src/twins/openwebui/blank-user.ts';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { changesSent, idOf, startWriting, summary, tokenOf, userIn } from './openwebui-writing.ts';

const bao = idOf('bao');
const someone = { name: 'New Hand', email: 'new@x.example', password: 'quite long' };
const { crew } = sampleGroupIds;

/** What becomes of the answer, or of the request. After `cut` and `flood` the server has done what it was asked. */
const lost = { kind: 'cut', share: 0.3 } as const satisfies Fault;
const html = { kind: 'reply', status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' } as const satisfies Fault;
const proxy = { kind: 'reply', status: 502, headers: { 'content-type': 'text/html' }, body: '<p>' } as const satisfies Fault;

describe('an answer that is lost is no lost write', () => {
  test.for([
    ['lost', lost, true, 'APPLIED'],
    ['never given', { kind: 'reset' }, false, 'UNKNOWN'],
    ['a web page', html, false, 'NOT_APPLIED'],
    ['a proxy’s', proxy, false, 'UNKNOWN'],
  ] as const)('a user added whose answer is %s', async ([, fault, isThere, verdict]) => {
    await using writing = await startWriting({ faults: [{ path: '/api/v1/auths/add', fault }] });
    const outcome = await writing.write('addOpenWebUIUser', someone);

    expect(writing.twin.world.users.byEmail(someone.email) !== undefined).toBe(isThere);
    expect(outcome.id !== null).toBe(isThere);
    expect(summary(outcome)).toEqual(
      isThere
        ? {
            sent: true,
            fields: { name: verdict, email: verdict, role: verdict, password: 'UNKNOWN' },
            problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
          }
        : {
            sent: true,
            fields: {
              name: verdict,
              email: verdict,
              role: verdict,
              password: expect.stringMatching(/NOT_APPLIED|UNKNOWN/),
            },
            problems: expect.arrayContaining(['SOURCE_FAILED']),
          },
    );
    expect(changesSent(writing.twin)).toEqual(['POST /api/v1/auths/add']);
  });

  test('a change whose answer is lost is found, but for the password, of which nobody can know', async () => {
    await using writing = await startWriting({ faults: [{ path: `/api/v1/users/${bao}/update`, fault: lost }] });
    const outcome = await writing.write('updateOpenWebUIUser', { nativeId: bao, name: 'Captain', password: 'new one' });

    expect(summary(outcome)).toEqual({
      sent: true,
      fields: { name: 'APPLIED', password: 'UNKNOWN' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
    expect(userIn(writing.twin, 'bao').name).toBe('Captain');
    expect(changesSent(writing.twin)).toHaveLength(1);
  });

  test('a change that is half done before the server fails is told by its fields', async () => {
    await using writing = await startWriting();
    const { twin } = writing;
    const write = writing.make('updateOpenWebUIUser', { nativeId: bao, name: 'Captain', role: 'admin' });
    if (write.sort !== 'change') throw new Error('an update is a change');
    twin.faults.add({
      path: `/api/v1/users/${bao}/update`,
      fault: {
        kind: 'reply',
        status: 400,
        headers: { 'content-type': 'application/json' },
        // The server keeps the name, and then fails with a reason that nobody knows.
        get body() {
          twin.world.users.change(bao, { name: 'Captain' });
          return '{"detail":"[ERROR: Something went wrong :/]"}';
        },
      },
    });
    const outcome = writing.write('updateOpenWebUIUser', { nativeId: bao, name: 'Captain', role: 'admin' });

    expect(summary(await outcome)).toEqual({
      sent: true,
      fields: { name: 'APPLIED', role: 'NOT_APPLIED' },
      problems: ['PARTLY_APPLIED', 'SOURCE_FAILED'],
    });
  });

  test('a deletion whose answer is lost is seen to have happened', async () => {
    await using writing = await startWriting({
      faults: [{ method: 'DELETE', path: `/api/v1/users/${bao}`, fault: { kind: 'cut', share: 0 } }],
    });

    expect(summary(await writing.write('delete', { nativeId: bao }))).toEqual({
      sent: true,
      fields: { deleted: 'APPLIED' },
      problems: [],
    });
    expect(writing.twin.world.users.get(bao)).toBeUndefined();
  });

  test('what nobody can look at any more is unknown', async () => {
    await using writing = await startWriting();
    const { twin } = writing;
    twin.faults.add(
      { path: `/api/v1/users/${bao}/update`, fault: lost },
      { method: 'GET', path: `/api/v1/users/${bao}`, after: 1, fault: { kind: 'reset' } },
    );

    expect(summary(await writing.write('setOpenWebUIRole', { nativeId: bao, role: 'admin' }))).toEqual({
      sent: true,
      fields: { role: 'UNKNOWN' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
    expect(userIn(twin, 'bao').role).toBe('admin');
  });

  test('a server that hangs leaves it unknown what it may still do', async () => {
    await using writing = await startWriting(
      { faults: [{ path: `/api/v1/groups/id/${crew}/update`, fault: { kind: 'hang' } }] },
      300,
    );

    expect(summary(await writing.write('updateOpenWebUIGroup', { groupId: crew, name: 'X' }))).toEqual({
      sent: true,
      fields: { name: 'UNKNOWN' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
  });

  test('a new key whose answer is lost is asked for again, and not made again', async () => {
    await using writing = await startWriting();
    writing.twin.faults.add({ method: 'POST', path: '/api/v1/auths/api_key', fault: lost });
    const outcome = await writing.write('createOpenWebUIApiKey', {}, { as: tokenOf(writing.twin, 'bao') });

    expect(outcome).toMatchObject({ problems: [], receipt: { apiKey: writing.twin.world.apiKeys.of(bao) } });
    expect(changesSent(writing.twin)).toEqual(['POST /api/v1/auths/api_key']);
  });

  test('a new key that never came to be is told as such, and one that nobody can look for as unknown', async () => {
    await using writing = await startWriting();
    const { twin } = writing;
    twin.faults.add(
      { method: 'POST', path: '/api/v1/auths/api_key', times: 1, fault: html },
      { method: 'POST', path: '/api/v1/auths/api_key', fault: lost },
    );
    const missing = await writing.write('createOpenWebUIApiKey', {}, { as: tokenOf(twin, 'bao') });
    const unknown = await writing.write('createOpenWebUIApiKey', {}, { as: twin.keys.of(bao) });

    expect(summary(missing)).toEqual({ sent: true, fields: { created: 'NOT_APPLIED' }, problems: ['SOURCE_FAILED'] });
    expect(summary(unknown)).toEqual({
      sent: true,
      fields: { created: 'UNKNOWN' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
    expect(unknown.receipt).toEqual({});
  });

  test('a deletion whose answer is lost was sent, whatever the user’s id is', async () => {
    await using writing = await startWriting({ faults: [{ method: 'DELETE', fault: { kind: 'cut', share: 0 } }] });
    const { users } = writing.twin.world;
    // As only an imported database has them.
    users.add(blankUser({ id: 'users', email: 'users@x.example', name: 'Users', role: 'user', created_at: 1_700_000_000 }));

    const outcome = await writing.write('deleteOpenWebUIUser', { nativeId: 'users' });

    expect(summary(outcome)).toEqual({ sent: true, fields: { deleted: 'APPLIED' }, problems: [] });
    expect(users.get('users')).toBeUndefined();
  });

  test('a password whose answer is lost is unknown', async () => {
    await using writing = await startWriting({ faults: [{ path: '/api/v1/auths/update/password', fault: lost }] });
    const passwords = { currentPassword: seededPassword, newPassword: 'new one' };

    expect(summary(await writing.write('changeOpenWebUIPassword', passwords, { as: tokenOf(writing.twin, 'bao') }))).toEqual({
      sent: true,
      fields: { newPassword: 'UNKNOWN' },
      problems: ['UNKNOWN_OUTCOME', 'SOURCE_FAILED'],
    });
  });

  test('a password that the server’s own rules refuse is told as invalid', async () => {
    const body = '{"detail":"Password needs a number."}';
    const fault = { kind: 'reply', status: 400, headers: { 'content-type': 'application/json' }, body } as const;
    await using writing = await startWriting({ faults: [{ path: '/api/v1/auths/update/password', fault }] });
    const passwords = { currentPassword: seededPassword, newPassword: 'new one' };
    const outcome = await writing.write('changeOpenWebUIPassword', passwords, { as: tokenOf(writing.twin, 'bao') });

    expect(outcome.problems).toEqual([
      { kind: 'INVALID', field: 'newPassword', message: 'The source refused it and gave no reason that is known.' },
    ]);
    expect(summary(outcome).fields).toEqual({ newPassword: 'NOT_APPLIED' });
  });
});
