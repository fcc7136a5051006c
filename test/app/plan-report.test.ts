import { describe, expect, test } from 'vitest';
import { startRollcall } from './rollcall.ts';

const debug = { 'x-rollcall-debug': 'plan' };
const names = 'query ($ids: [ID!]!) { usersById(ids: $ids) { username } }';

describe('the plan of an operation', () => {
  test('tells, for each source that was asked, the reads, what they took and what else would have done', async () => {
    await using rollcall = await startRollcall({ size: 400 });
    const ids = panelIds(rollcall).slice(50, 90);

    const { extensions } = await asked(rollcall, names, { ids });

    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 2, openWebUI: 0 });
    expect(extensions.plan).toEqual([
      {
        source: 'mcsmanager',
        requests: 2,
        bytes: expect.any(Number),
        atHand: 0,
        reads: [
          { read: 'count', times: 1, accounts: null, requests: 1, bytes: expect.any(Number), ms: expect.any(Number), failed: {} },
          {
            read: 'overview',
            times: 1,
            accounts: 40,
            requests: 1,
            bytes: expect.any(Number),
            ms: expect.any(Number),
            failed: {},
          },
        ],
        decisions: [
          {
            wanted: [{ facet: 'identity', accounts: 40 }],
            atHand: 0,
            population: 400,
            chosen: { reads: ['overview'], cost: 7 },
            others: [
              { reads: ['user × 40'], cost: 47.18 },
              { reads: ['search'], cost: 266.77 },
            ],
            unmet: 0,
          },
        ],
      },
    ]);
  });

  test('tells what went wrong by its code, and no address', async () => {
    await using rollcall = await startRollcall();
    const ids = panelIds(rollcall).slice(0, 1);
    await rollcall.community.mcsManager.close();

    const { extensions, text } = await asked(rollcall, names, { ids });

    expect(extensions.plan).toMatchObject([
      { source: 'mcsmanager', reads: [{ read: 'user', failed: { SOURCE_UNREACHABLE: 1 } }] },
    ]);
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|apikey/i);
  });

  test('tells nothing of a source’s size to those who ask it with a key of their own', async () => {
    await using rollcall = await startRollcall();
    const ids = panelIds(rollcall).slice(0, 1);
    const own = { ...debug, 'x-source-key-mcsmanager': rollcall.community.mcsManager.keys.admin };

    const { extensions, text } = await asked(rollcall, names, { ids }, own);

    expect(extensions.plan).toMatchObject([{ source: 'mcsmanager', requests: 1, reads: [{ read: 'user' }] }]);
    expect(text).not.toMatch(/population|decisions/);
    expect(text).not.toContain(own['x-source-key-mcsmanager']);
  });

  test.for([
    ['nobody asked for it', {}, {}],
    ['the configuration forbids it', { debug: { plan: false } }, debug],
    [
      'the configuration leaves it open and the server listens to others',
      { server: { host: '0.0.0.0' }, access: { allowAnonymous: true } },
      debug,
    ],
    ['the configuration leaves it open and there is no page', { graphiql: false }, debug],
  ] as const)('is not told where %s', async ([, config, headers]) => {
    await using rollcall = await startRollcall({ config: (input) => ({ ...input, ...config }) });

    const answer = await rollcall.askText('{ user(id: "horde:101") { kudos } }', {}, headers);

    expect(Object.keys(JSON.parse(answer.text))).toEqual(['data']);
  });

  test('counts no request for who joined one that was under way', async () => {
    const fault = { kind: 'delay', ms: 500 } as const;
    await using rollcall = await startRollcall({
      horde: { faults: [{ times: 1, fault }] },
      config: (input) => ({ ...input, sharing: { operations: false } }),
    });
    const query = '{ user(id: "horde:101") { kudos } }';
    const first = asked(rollcall, query, {});
    await expect.poll(() => rollcall.community.horde.requests.length).toBe(1);

    const plans = [await asked(rollcall, query, {}), await first].map(({ extensions }) => extensions.plan);

    expect(plans).toMatchObject([0, 1].map((requests) => [{ requests, reads: [{ requests, times: 1 }] }]));
    expect(rollcall.calls().horde).toBe(1);
  });

  test('leaves the rest of the answer as it is', async () => {
    await using rollcall = await startRollcall();
    const query = '{ user(id: "horde:101") { kudos } none: user(id: "nowhere:1") { id } }';

    const [plain, told] = [await rollcall.askText(query), await rollcall.askText(query, {}, debug)];

    const { extensions: _, ...rest } = JSON.parse(told.text);
    expect(rest).toEqual(JSON.parse(plain.text));
  });
});

const panelIds = ({ community }: Rollcall): string[] =>
  [...community.mcsManager.world.users.keys()].map((id) => `mcsmanager:${id}`);

type Rollcall = Awaited<ReturnType<typeof startRollcall>>;

async function asked(
  rollcall: Rollcall,
  query: string,
  variables: Record<string, unknown>,
  headers: Record<string, string> = debug,
) {
  const { text } = await rollcall.askText(query, variables, headers);
  const { extensions }: { extensions: Record<string, unknown> } = JSON.parse(text);
  return { text, extensions };
}
