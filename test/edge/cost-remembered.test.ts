import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { everyScope } from '../../src/access/caller.ts';
import type { OperationCost } from '../../src/costing/bill.ts';
import { cast } from '../../src/domain/cast.ts';
import { buildSubgraph } from '../../src/subgraph/schema.ts';
import { type Community, startCommunity } from '../../src/twins/community.ts';
import { type As, openEstimator, schema } from './costed.ts';
import { createRandom, type Random, randomQuery, type Values } from './random-operations.ts';

const operations = 250;

test(`${operations} random operations, each with several people and callers, are remembered to cost what they cost`, async () => {
  await using community = await startCommunity({ size: 40 });
  await using estimator = openEstimator(community);
  const people = peopleOf(community);
  const values = valuesOf(people);
  const random = createRandom(11);
  const told = new Set<OperationCost>();
  let again = 0;

  for (let done = 0; done < operations; done += 1) {
    if (done === operations / 2) await estimator.learnPopulations();
    const { text, names } = withVariables(randomQuery(schema, values, random));
    const document = parse(text);
    expect(validate(schema, document), text).toEqual([]);
    for (let round = 0; round < 8; round += 1) {
      const variables = Object.fromEntries(names.map((name) => [name, pick(people, random)]));
      const as = pick(callers, random);
      const remembered = estimator.remembered(document, variables, as);

      expect(remembered, `${text} ${JSON.stringify(variables)}`).toEqual(estimator.cost(document, variables, as));
      if (told.has(remembered)) again += 1;
      told.add(remembered);
    }
  }

  // It has been about something.
  expect(again).toBeGreaterThan(operations / 2);
}, 120_000);

test('the same person named twice is not taken for two', async () => {
  await using community = await startCommunity({ size: 40 });
  await using estimator = openEstimator(community);
  const document = parse('query($a: ID!, $b: ID!) { a: user(id: $a) { kudos } b: user(id: $b) { kudos } }');

  const two = estimator.remembered(document, { a: 'horde:120', b: 'horde:121' }, {});
  const others = estimator.remembered(document, { a: 'horde:122', b: 'horde:123' }, {});
  const one = estimator.remembered(document, { a: 'horde:120', b: 'horde:120' }, {});

  expect(others).toBe(two);
  expect(one.calls).toBeLessThan(two.calls);
});

test('a number too large for JSON is not taken for none', async () => {
  await using community = await startCommunity({ size: 40 });
  await using estimator = openEstimator(community);
  const document = parse('query($n: Int) { hordeAccounts(first: $n) { edges { node { kudos } } } }');
  const [none, beyond] = [JSON.parse('{"n":null}'), JSON.parse('{"n":1e999}')];

  expect(estimator.remembered(document, none, {})).toEqual(estimator.cost(document, none, {}));

  // No whole number, so it is refused before anything of it runs.
  expect(() => estimator.remembered(document, beyond, {})).toThrow('the operation would not be executed');
});

test('somebody whom the document names is not taken for somebody else', async () => {
  await using community = await startCommunity({ size: 40 });
  await using estimator = openEstimator(community);
  const document = parse('query($b: ID!) { a: user(id: "horde:120") { kudos } b: user(id: $b) { kudos } }');

  const two = estimator.remembered(document, { b: 'horde:121' }, {});
  const one = estimator.remembered(document, { b: 'horde:120' }, {});

  expect(one.calls).toBeLessThan(two.calls);
});

const entities = (ids: readonly string[]) => ids.map((id) => ({ __typename: 'User', id }));

test.for([
  [
    'within what a router sends',
    'query($r: [_Any!]!, $ids: [ID!]!) { _entities(representations: $r) { ... on User { kudos } } usersById(ids: $ids) { kudos } }',
    (ids: readonly string[]) => ({ r: entities(ids) }),
  ],
  [
    'written into that, each by a variable',
    'query($a: String!, $b: String!, $ids: [ID!]!) { _entities(representations: [{ __typename: "User", id: $a }, { __typename: "User", id: $b }]) { ... on User { kudos } } usersById(ids: $ids) { kudos } }',
    ([a, b]: readonly string[]) => ({ a, b }),
  ],
] as const)('somebody whom a variable names that is no id is not taken for somebody else: %s', async ([, text, named]) => {
  await using community = await startCommunity({ size: 40 });
  const document = parse(text);
  const of = ['horde:120', 'horde:121'];
  const same = { ...named(of), ids: of };
  const others = { ...named(of), ids: ['horde:122', 'horde:123'] };

  for (const order of [
    [same, others],
    [others, same],
  ]) {
    await using estimator = openEstimator(community, buildSubgraph(schema, { maxEntities: 10, scopes: false }));
    const told = order.map((variables) => estimator.remembered(document, variables, {}));

    expect(told).toEqual(order.map((variables) => estimator.cost(document, variables)));
    expect(told[0]?.calls).not.toBe(told[1]?.calls);
  }
});

// Names that no operation declares may be anything, and are let pass.
test.for([
  [
    'query($ids: [ID!]! = []) { usersById(ids: $ids) { id kudos } }',
    { ids: ['horde:120', 'horde:121'], x: 0 },
    { 'ids:(@0/0/horde @1/0/horde) x': 0 },
    { 'ids":(@0/0/horde @1/0/horde) "x': 0 },
  ],
  [
    'query($source: ID, $n: Int = 100) { hordeAccounts(source: $source, first: $n) { edges { node { id } } } }',
    { source: 'horde', n: 1 },
    { 'source:["horde"] n': 1 },
    { 'source":["horde"] "n': 1 },
  ],
] as const)('names of variables cannot be written so that they look like others: %s', async ([text, meant, ...forged]) => {
  await using community = await startCommunity({ size: 40 });
  await using estimator = openEstimator(community);
  const document = parse(text);
  for (const variables of forged) estimator.remembered(document, variables, {});

  expect(estimator.remembered(document, meant, {})).toEqual(estimator.cost(document, meant));
  for (const variables of forged)
    expect(estimator.remembered(document, variables, {})).toEqual(estimator.cost(document, variables));
});

const callers: readonly As[] = [
  {},
  { scopes: [] },
  { scopes: [{ scope: 'read', source: null }] },
  { scopes: [{ scope: 'read', source: 'webui' }] },
  { scopes: everyScope, headers: { 'x-source-key-horde': 'a' } },
  { scopes: [], headers: { 'x-source-key-webui': 'a', 'x-source-key-mcsmanager': 'b' } },
];

const peopleOf = ({ mcsManager, openWebUI }: Community): string[] => [
  ...cast.flatMap(({ horde, mcsManager: panel, openWebUI: chat }) => [
    ...(horde === undefined ? [] : [`horde:${horde}`]),
    ...(panel === undefined ? [] : [`mcsmanager:${panel}`]),
    ...(chat === undefined ? [] : [`webui:${chat}`]),
  ]),
  ...[...mcsManager.world.users.keys()].slice(0, 4).map((id) => `mcsmanager:${id}`),
  ...openWebUI.world.users
    .inserted()
    .slice(0, 4)
    .map(({ id }) => `webui:${id}`),
  ...['horde:130', 'horde:131', 'horde:x', 'nobody:1', 'horde:101 '],
];

const valuesOf = (people: readonly string[]): Values => ({
  id: [...people],
  ids: [...people],
  channel: ['general'],
  first: [0, 1, 5, 25, 60],
  last: [1, 30],
  query: ['a', '101'],
  username: ['ada', '101'],
  source: ['horde', 'mcsmanager', 'webui'],
  sources: ['horde', 'mcsmanager', 'webui'],
  userName: ['a'],
  permission: ['chat.delete', 'horde.trusted'],
  orderBy: [],
});

/** The same operation with a variable for each id in it. */
function withVariables(query: string): { readonly text: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const body = query.replaceAll(/"(?:horde|mcsmanager|webui|nobody):[^"]*"/g, () => {
    names.push(`v${names.length}`);
    return `$v${names.length - 1}`;
  });
  const declared = names.map((name) => `$${name}: ID!`).join(', ');
  return { text: names.length === 0 ? body : body.replace(/^(query)?/, `query(${declared}) `), names };
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}
