import { expect, test } from 'vitest';
import { codesOf } from './failures.ts';
import { startRollcall } from './rollcall.ts';
import { page, walkForward } from './walking.ts';

const size = 30;
const walk = '{ users(first: 100) { edges { node { id } } } }';
const sourcesIn = (ids: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const id of ids) {
    const [source = ''] = id.split(':');
    counts[source] = (counts[source] ?? 0) + 1;
  }
  return counts;
};

test('who may see nobody of a source walks the others, and asks it nothing', async () => {
  const anonymous = ['read@horde', 'read@webui'];
  await using rollcall = await startRollcall({ size, config: (input) => ({ ...input, links: [], access: { anonymous } }) });

  const met = await walkForward(rollcall, 'users');

  expect(sourcesIn(met)).toEqual({ horde: size, webui: size });
  expect(rollcall.calls().mcsManager).toBe(0);
});

test('who may see nobody anywhere is refused', async () => {
  // A Horde shows its users to anybody.
  await using rollcall = await startRollcall({
    size,
    config: (input) => ({ ...input, links: [], sources: input.sources.slice(1), access: { anonymous: ['write'] } }),
  });

  expect(codesOf(await rollcall.askText(walk))).toEqual({ users: 'FORBIDDEN' });
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});

test('a source that fails takes nothing of those before it along, and the walk goes on once it answers again', async () => {
  await using rollcall = await startRollcall({
    size,
    config: (input) => ({ ...input, links: [], sources: input.sources.map((each) => ({ ...each, http: { breaker: false } })) }),
  });
  const { faults } = rollcall.community.mcsManager;
  faults.add({ fault: { kind: 'reply', status: 503, headers: {}, body: '' } });

  const first = await page(rollcall, 'users', 'first: 100');
  const after = `after: "${first.pageInfo.endCursor}"`;
  const meanwhile = await rollcall.askText(`{ users(first: 100, ${after}) { edges { node { id } } } }`);
  faults.clear();
  const rest = await page(rollcall, 'users', `first: 100 ${after}`);

  expect(sourcesIn(first.edges.map(({ node }) => node.id))).toEqual({ horde: size });
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect(codesOf(meanwhile)).toEqual({ users: 'SOURCE_FAILED' });
  expect(sourcesIn(rest.edges.map(({ node }) => node.id))).toEqual({ mcsmanager: size, webui: size });
});
