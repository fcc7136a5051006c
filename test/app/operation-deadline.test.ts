import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type Rollcall, startRollcall, type Twins } from './rollcall.ts';

const bao = cast.find(({ alias }) => alias === 'bao');

/** Operations get less time than any source, and one of the sources never answers. */
async function startOutOfTime(silent: keyof Twins, patience = { operationMs: 1_500, sourceMs: 60_000 }): Promise<Rollcall> {
  const rollcall = await startRollcall({
    size: 12,
    config: ({ sources, ...others }) => ({
      ...others,
      edge: { operationDeadlineMs: patience.operationMs },
      sources: sources.map((source) => ({ ...source, http: { deadlineMs: patience.sourceMs } })),
    }),
  });
  rollcall.community[silent].faults.add({ fault: { kind: 'hang' } });
  return rollcall;
}

interface Blamed {
  readonly errors?: readonly { readonly path?: readonly (string | number)[]; readonly extensions: object }[];
}

/** Code and source of each error, by its path. */
const blame = ({ errors = [] }: Blamed): Record<string, string> =>
  Object.fromEntries(
    errors.map(({ path = [], extensions }) => {
      const { code, source } = { code: '', source: '', ...extensions };
      return [path.join('.'), `${code} ${source}`];
    }),
  );

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
