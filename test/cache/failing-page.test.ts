import { expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import type { FaultRule } from '../../src/twins/faults.ts';
import { type Keeping, startKeeping } from './counting.ts';

const list = '{ openWebUIAccounts(first: 55, orderBy: EMAIL) { edges { node { nativeId } } } }';
const broken = { kind: 'reply', status: 500 } as const;

interface Connection {
  readonly edges: readonly { readonly node: { readonly nativeId: string } }[];
}

async function idsOf(keeping: Keeping): Promise<string[]> {
  const { edges } = (await keeping.data(list)).openWebUIAccounts as Connection;
  return edges.map(({ node }) => node.nativeId);
}

/** Somebody comes to the front of the list from behind the window, so that all between stand one place further back. */
function overtake({ rollcall }: Keeping): void {
  const { users } = rollcall.community.openWebUI.world;
  const last = users.ordered('email', 'asc').at(-1);
  users.change(last?.id ?? '', { email: '0@example.org' });
}

const failing: readonly [string, readonly FaultRule[]][] = [
  ['second', [{ after: 1, fault: broken }]],
  [
    'first',
    [
      { times: 1, fault: broken },
      { after: 1, fault: broken },
    ],
  ],
];

test.for(failing)(
  'where the %s page of a window fails, all its pages are of before and nobody is passed over',
  async ([, rules]) => {
    await using keeping = await startKeeping({ size: 100 });
    const before = await idsOf(keeping);
    expect(keeping.calls()).toBe(2);
    keeping.pass(20);
    overtake(keeping);
    keeping.rollcall.community.openWebUI.faults.add(...rules);

    expect(await idsOf(keeping)).toEqual(before);
    expect(keeping.calls()).toBe(2);
  },
);

test('a window fails with the source where a page stands in and the others of its time are gone', async () => {
  await using keeping = await startKeeping({ size: 100 });
  await idsOf(keeping);
  keeping.pass(20);
  overtake(keeping);
  keeping.rollcall.community.openWebUI.faults.add({ after: 1, fault: broken });
  await idsOf(keeping);
  keeping.calls();

  const { data, errors = [] } = await keeping.rollcall.askText(list);

  expect(data).toEqual({ openWebUIAccounts: null });
  expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['openWebUIAccounts'], 'SOURCE_FAILED']]);
  expect(keeping.calls()).toBe(1);
});

test('who may not see addresses finds those of before by name, too', async () => {
  const { key, hash } = createKey();
  await using keeping = await startKeeping({
    size: 100,
    config: (input) => ({ ...input, access: { keys: [{ name: 'reader', hash, scopes: ['read'] }] } }),
  });
  const search = '{ users(source: "webui", search: "a", first: 40) { edges { node { id } } } }';
  const headers = { 'x-rollcall-key': key };
  const { users } = (await keeping.data(search, headers)) as { users: { edges: { node: { id: string } }[] } };
  expect(keeping.calls()).toBe(2);
  keeping.pass(20);
  const { world, faults } = keeping.rollcall.community.openWebUI;
  world.users.remove(users.edges[0]?.node.id.replace('webui:', '') ?? '');
  faults.add({ after: 1, fault: broken });

  expect(await keeping.data(search, headers)).toEqual({ users });
  expect(keeping.calls()).toBe(2);
});
