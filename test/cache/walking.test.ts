import { expect, test } from 'vitest';
import { startKeeping } from './counting.ts';

type Edges = { edges: { cursor: string; node: { nativeId: string } }[]; pageInfo: { endCursor: string } };

const list = (args: string) => `{ openWebUIAccounts(${args}) { edges { cursor node { nativeId } } pageInfo { endCursor } } }`;

test.for([0, 2, 9])('nobody is passed over between a page that was kept %i s ago and one that is read anew', async (seconds) => {
  await using keeping = await startKeeping({ size: 70 });
  const { world } = keeping.rollcall.community.openWebUI;
  const walk = async (args: string) => (await keeping.data(list(args))).openWebUIAccounts as Edges;
  const first = await walk('first: 30');
  const [gone] = first.edges;
  keeping.calls();
  keeping.pass(seconds);
  // Everybody behind moves forward by one, over the border of the kept page; and somebody comes at the end, so that the totals agree.
  world.users.remove(gone?.node.nativeId ?? '');
  world.users.add({
    ...world.users.inserted()[0],
    id: 'ffffffff-0000-4000-8000-00000000000f',
    email: 'zz@zz.example',
    name: 'Zoe',
  } as never);

  const rest = await walk(`first: 60, after: "${first.pageInfo.endCursor}"`);

  const met = [...first.edges, ...rest.edges].map(({ node }) => node.nativeId);
  expect(new Set(met).size).toBe(met.length);
  expect(keeping.calls()).toBe(3);
  expect(
    world.users
      .inserted()
      .map(({ id }) => id)
      .filter((id) => !met.includes(id)),
  ).toEqual([]);
});

test.for([0, 7])(
  'a window that is kept whole asks nothing, and one that was begun %i s ago no more than without anything kept',
  async (seconds) => {
    await using keeping = await startKeeping({ size: 70 });
    const first = (await keeping.data(list('first: 30'))).openWebUIAccounts as Edges;
    expect(keeping.calls()).toBe(1);
    keeping.pass(seconds);

    const second = list(`first: 30, after: "${first.pageInfo.endCursor}"`);
    await keeping.data(second);
    expect(keeping.calls()).toBe(2);
    await keeping.data(second);
    expect(keeping.calls()).toBe(0);
  },
);
