import { describe, expect, test } from 'vitest';
import { type Rollcall, startRollcall } from './rollcall.ts';

/** The whole panel of 400 is taken to be 52,000 bytes. */
const limited = (maxSweepBytes: number) =>
  startRollcall({
    size: 400,
    config: (input) => ({
      ...input,
      sources: input.sources.map((source) => ({ ...source, http: { maxSweepBytes } })),
    }),
  });

const panelIds = ({ community }: Rollcall): string[] =>
  [...community.mcsManager.world.users.keys()].slice(50, 90).map((id) => `mcsmanager:${id}`);

const names = 'query ($ids: [ID!]!) { usersById(ids: $ids) { username } }';

describe('a sweep that may bring more than is allowed', () => {
  test('is not made where asking singly brings the same', async () => {
    await using wide = await limited(52_000);
    await using narrow = await limited(51_000);

    const answers = [wide, narrow].map((rollcall) => rollcall.askText(names, { ids: panelIds(rollcall) }));
    const [whole, singly] = await Promise.all(answers);

    expect(whole?.errors).toBeUndefined();
    expect(singly?.data).toEqual(whole?.data);
    expect([wide.calls(), narrow.calls()].map(({ mcsManager }) => mcsManager)).toEqual([1 + 1, 1 + 40]);
  });

  test('is refused with a reason where nothing else brings it, and spoils nothing beside it', async () => {
    await using rollcall = await limited(51_000);
    const [id = ''] = panelIds(rollcall);
    await rollcall.askText(names, { ids: panelIds(rollcall) });

    const { data, errors } = await rollcall.askText('query ($id: ID!) { user(id: $id) { username mcsManager { ssoBound } } }', {
      id,
    });

    expect(data?.user).toMatchObject({ username: expect.any(String) });
    expect(errors).toMatchObject([
      {
        message:
          'The source cannot do this. It tells this in a list of everybody only, which is larger than what may be read at once.',
        extensions: { code: 'SOURCE_UNSUPPORTED', source: 'mcsmanager', retryable: false },
      },
    ]);
  });
});
