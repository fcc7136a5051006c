import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { blame, byDoor, startOutOfTime } from './out-of-time.ts';
import type { Rollcall } from './rollcall.ts';

const bao = cast.find(({ alias }) => alias === 'bao');

describe('when the time of the whole operation is up', () => {
  const parts = { horde: { kudos: 318_077 }, mcsManager: { permission: '1' }, openWebUI: { name: 'Bao Nguyen' } };

  test.each([
    ['horde', 'kudos', 'horde'],
    ['mcsManager', 'permission', 'mcsmanager'],
    ['openWebUI', 'name', 'webui'],
  ] as const)('and %s alone hangs, it alone is named, and all else is there', async (silent, field, source) => {
    await using rollcall = await startOutOfTime(silent);

    const answer = await rollcall.askText(
      `{ user(id: "horde:${bao?.horde}") { horde { kudos } mcsManager { permission } openWebUI { name } createdAt } sources { id reachable } }`,
    );

    expect(answer.data).toEqual({
      user: { ...parts, [silent]: { [field]: null }, createdAt: expect.any(String) },
      sources: ['horde', 'mcsmanager', 'webui'].map((id) => ({ id, reachable: id !== source })),
    });
    expect(blame(answer)).toEqual({ [`user.${silent}.${field}`]: `SOURCE_TIMEOUT ${source}` });
  });

  test('what hung on the answer was not asked any more, and the sources of that are not blamed', async () => {
    await using rollcall = await startOutOfTime('openWebUI');

    const answer = await rollcall.askText(
      '{ searchUsers(query: "bao") { users { id horde { kudos } mcsManager { permission } openWebUI { name } } sources { source { id } code } } }',
    );

    expect(answer.data?.searchUsers).toMatchObject({
      users: [{ id: 'horde:102', horde: { kudos: null }, mcsManager: { permission: '1' }, openWebUI: { name: null } }],
      sources: [{ code: 'SOURCE_UNSUPPORTED' }, { code: null }, { source: { id: 'webui' }, code: 'SOURCE_TIMEOUT' }],
    });
    expect(blame(answer)).toEqual({
      'searchUsers.users.0.horde.kudos': 'SOURCE_NOT_ASKED horde',
      'searchUsers.users.0.openWebUI.name': 'SOURCE_NOT_ASKED webui',
    });
    expect(rollcall.calls().horde).toBe(0);
  });

  test('a write that took it all is told in full, and who could not be read any more is not blamed for that', async () => {
    await using rollcall = await startOutOfTime('openWebUI', { operationMs: 800, sourceMs: 2_000 });

    const answer = await rollcall.askText(`mutation { banUser(input: { id: "horde:${bao?.horde}" }) {
      changes { accountId sent fields { verdict } errors { __typename ... on SourceFailed { source code } } }
      user { horde { kudos } mcsManager { permission } }
    } }`);

    expect(answer.data?.banUser).toEqual({
      changes: [
        { accountId: 'horde:102', sent: true, fields: [{ verdict: 'APPLIED' }], errors: [] },
        { accountId: `mcsmanager:${bao?.mcsManager}`, sent: true, fields: [{ verdict: 'APPLIED' }], errors: [] },
        {
          accountId: `webui:${bao?.openWebUI}`,
          sent: false,
          fields: [{ verdict: 'NOT_SENT' }],
          errors: [{ __typename: 'SourceFailed', source: 'webui', code: 'SOURCE_TIMEOUT' }],
        },
      ],
      user: { horde: { kudos: null }, mcsManager: { permission: null } },
    });
    expect(blame(answer)).toEqual({
      'banUser.user.horde.kudos': 'SOURCE_NOT_ASKED horde',
      'banUser.user.mcsManager.permission': 'SOURCE_NOT_ASKED mcsmanager',
    });
  });
});

describe.each(['Yoga’s', 'the direct'])('a write whose turn comes when the time is up, by %s door', (name) => {
  const patience = { operationMs: 1_000, sourceMs: 2_500 };
  const late = {
    sent: false,
    fields: [{ verdict: 'NOT_SENT' }],
    errors: [
      {
        __typename: 'SourceFailed',
        code: 'SOURCE_NOT_ASKED',
        retryable: true,
        message: 'The time for the whole operation was up before the source could be asked.',
      },
    ],
  };
  const outcome = 'sent fields { verdict } errors { __typename ... on SourceFailed { code retryable message } }';

  async function startHanging(): Promise<Rollcall> {
    const rollcall = await startOutOfTime('openWebUI', patience);
    rollcall.community.openWebUI.faults.clear();
    rollcall.community.openWebUI.faults.add({ method: 'POST', fault: { kind: 'hang' } });
    const door = await byDoor(name, rollcall);
    const close = async (): Promise<void> => {
      await door.close();
      await rollcall[Symbol.asyncDispose]();
    };
    return { ...rollcall, askText: door.ask, [Symbol.asyncDispose]: close };
  }

  const posts = ({ community }: Rollcall): number =>
    community.openWebUI.requests.filter(({ method }) => method === 'POST').length;

  const rename = (to: string) => `updateOpenWebUIUser(input: { id: "webui:${bao?.openWebUI}", name: "${to}" }) { ${outcome} }`;

  test('is not begun, and the one before it goes on to its end', async () => {
    await using rollcall = await startHanging();

    const { data, errors } = await rollcall.askText(
      `mutation { a: ${rename('Bao A')} b: ${rename('Bao B')} c: ${rename('Bao C')} d: ${rename('Bao D')} }`,
    );

    expect(errors).toBeUndefined();
    expect(data?.a).toMatchObject({ sent: true, fields: [{ verdict: 'UNKNOWN' }] });
    expect([data?.b, data?.c, data?.d]).toEqual([late, late, late]);
    expect(posts(rollcall)).toBe(1);
  });

  test('over several accounts, as a deletion and as a dry run: nothing is asked, and the key may be used again', async () => {
    await using rollcall = await startHanging();
    const changes = `changes { ${outcome} }`;
    const ban = `banUser(input: { id: "horde:${bao?.horde}", sources: ["horde", "mcsmanager"], idempotencyKey: "k" }) { ${changes} }`;
    const others = `{ id: "horde:${bao?.horde}", sources: ["horde", "mcsmanager"] }`;

    const { data, errors } = await rollcall.askText(`mutation {
      a: ${rename('Bao A')}
      ban: ${ban}
      unban: unbanUser(input: ${others}) { ${changes} }
      delete: deleteUser(input: ${others}) { ${changes} }
      try: banUser(input: ${others.replace('}', ', dryRun: true }')}) { ${changes} }
      tryB: ${rename('Bao B').replace('name:', 'dryRun: true, name:')}
    }`);

    expect(errors).toBeUndefined();
    const both = { changes: [late, late] };
    expect(data).toMatchObject({ a: { sent: true }, ban: both, unban: both, delete: both, try: both, tryB: late });
    expect(rollcall.calls()).toMatchObject({ horde: 0, mcsManager: 0 });

    const again = await rollcall.askText(`mutation { ${ban} }`);
    const applied = { sent: true, fields: [{ verdict: 'APPLIED' }], errors: [] };
    expect(again.data?.banUser).toEqual({ changes: [applied, applied] });
  });
});
