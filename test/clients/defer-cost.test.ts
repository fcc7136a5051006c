import {
  type ASTVisitor,
  type ConstDirectiveNode,
  getNullableType,
  isListType,
  Kind,
  parse,
  print,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { type Estimator, openEstimator, perSource, schema } from '../edge/costed.ts';
import { createRandom, type Random, randomQuery, type Values } from '../edge/random-operations.ts';

const unlimited = { maxCalls: 1_000_000, maxRows: 10_000_000, maxTokens: 100_000, maxAliases: 10_000, maxDepth: 100 };

let rollcall: Rollcall;
let estimator: Estimator;
let values: Values;

beforeAll(async () => {
  rollcall = await startRollcall({
    size: 60,
    horde: { limits: false },
    config: (input) => ({ ...input, edge: { ...unlimited, maxDirectives: 10_000, rateLimit: { points: 1_000_000_000 } } }),
  });
  estimator = openEstimator(rollcall.community);
  const { mcsManager, openWebUI } = rollcall.community;
  const people = [
    ...cast.flatMap(({ horde: id }) => (id === undefined ? [] : [`horde:${id}`])),
    ...[...mcsManager.world.users.keys()].slice(0, 20).map((id) => `mcsmanager:${id}`),
    ...openWebUI.world.users
      .inserted()
      .slice(0, 20)
      .map(({ id }) => `webui:${id}`),
    'horde:999999',
  ];
  const sources = ['horde', 'mcsmanager', 'webui'];
  values = {
    ...{ id: people, ids: people, source: sources, sources, channel: ['general'], first: [1, 5, 25], last: [1, 30] },
    ...{ query: ['a', 'ada'], username: ['ada#101'], userName: ['a'], permission: ['chat.delete'], orderBy: [] },
  };
});
afterAll(async () => {
  await rollcall[Symbol.asyncDispose]();
  await estimator[Symbol.asyncDispose]();
});

async function callsOf(query: string): Promise<ReturnType<Rollcall['calls']>> {
  rollcall.calls();
  const headers = { 'content-type': 'application/json', accept: 'multipart/mixed, application/json' };
  const request = new Request('http://rollcall.test/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
  const text = await (await rollcall.app.fetch(request)).text();
  expect(text, query).not.toContain('GRAPHQL_VALIDATION_FAILED');
  expect(text, query).not.toContain('INTERNAL_SERVER_ERROR');
  return rollcall.calls();
}

const directive = (name: string): ConstDirectiveNode => ({ kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: name } });

/** Some of the fields at random are deferred, by themselves or together, and some of the lists are streamed. */
function inParts(query: string, random: Random): string {
  const types = new TypeInfo(schema);
  const changes: ASTVisitor = {
    Field: (field) =>
      isListType(getNullableType(types.getType())) && random() < 0.4
        ? { ...field, directives: [...(field.directives ?? []), directive('stream')] }
        : undefined,
    SelectionSet: {
      leave: (set) => {
        const later = set.selections.filter(() => random() < 0.4);
        if (later.length === 0) return undefined;
        const deferred: SelectionNode = {
          kind: Kind.INLINE_FRAGMENT,
          directives: [directive('defer')],
          selectionSet: { kind: Kind.SELECTION_SET, selections: later },
        };
        return { ...set, selections: [...set.selections.filter((each) => !later.includes(each)), deferred] };
      },
    },
  };
  return print(visit(parse(query), visitWithTypeInfo(types, changes)));
}

test('200 random operations with deferred and streamed parts never cost more requests than was told', {
  timeout: 120_000,
}, async () => {
  const random = createRandom(11);
  let [asked, streamed] = [0, 0];
  for (let count = 0; count < 200; count += 1) {
    const query = inParts(randomQuery(schema, values, random), random);
    if (query.includes('@stream')) streamed += 1;
    const most = perSource(estimator.cost(query));
    const calls = await callsOf(query);
    for (const [source, requests] of Object.entries(most)) {
      expect(calls[source as keyof typeof calls], `${source}: ${query}`).toBeLessThanOrEqual(requests);
    }
    asked += calls.horde + calls.mcsManager + calls.openWebUI;
  }

  console.log(`200 operations in parts, ${streamed} of them streamed: ${asked} requests`);
  expect(streamed).toBeGreaterThan(30);
  expect(asked).toBeGreaterThan(300);
});

test('what is deferred is told to cost no less for it, and hardly more', () => {
  const ids = JSON.stringify(Array.from({ length: 100 }, (_, index) => `horde:${1_000 + index}`));
  const told = (selection: string): number => estimator.cost(`{ usersById(ids: ${ids}) { ${selection} } }`).calls;

  const [whole, deferred] = [
    told('kudos horde { workers { name } }'),
    told('id ... @defer { kudos horde { workers { name } } }'),
  ];

  expect(deferred).toBeGreaterThanOrEqual(whole);
  expect(deferred).toBeLessThanOrEqual(whole * 1.1);
});
