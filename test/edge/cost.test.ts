import { getNamedType, getNullableType, isCompositeType, isListType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseScope, type ScopeGrant } from '../../src/access/scopes.ts';
import { hintsOf } from '../../src/costing/standing.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { type Estimator, openEstimator, perSource, schema } from './costed.ts';

let rollcall: Rollcall;
let estimator: Estimator;

beforeAll(async () => {
  rollcall = await startRollcall({ size: 60 });
  estimator = openEstimator(rollcall.community);
});
afterAll(async () => {
  await rollcall[Symbol.asyncDispose]();
  await estimator[Symbol.asyncDispose]();
});

const cost = (query: string, variables?: Record<string, unknown>) => estimator.cost(query, variables);
const calls = (query: string, variables?: Record<string, unknown>) => perSource(cost(query, variables));
const none = { horde: 0, mcsManager: 0, openWebUI: 0 };

const grants = (...texts: string[]): ScopeGrant[] => texts.flatMap((text) => parseScope(text) ?? []);

describe('an operation is told to cost', () => {
  test('a request for a user, however much of one source is asked', () => {
    expect(calls('{ user(id: "horde:1000") { id } }')).toEqual({ ...none, horde: 1 });
    expect(calls('{ user(id: "horde:1000") { username kudos records { usage { tokens } } horde { contact } } }')).toEqual({
      ...none,
      horde: 1,
    });
  });

  test('as many requests as ids came in the variables, those that are no ids left out', () => {
    const query = 'query ($ids: [ID!]!) { usersById(ids: $ids) { kudos } }';
    const ids = Array.from({ length: 400 }, (_, index) => `horde:${1_000 + index}`);

    expect(calls(query, { ids })).toEqual({ ...none, horde: 400 });
    expect(calls(query, { ids: [...ids, 'horde:../1', 'nobody:1', 'horde:1000'] })).toEqual({ ...none, horde: 400 });
    expect(cost(query, { ids }).rows).toBe(400);
  });

  test('what each source of a person’s accounts is asked', () => {
    const { horde, mcsManager, openWebUI } = calls(
      '{ user(id: "horde:101") { kudos openWebUI { email } mcsManager { loginTime } } }',
    );

    // One record each, and what finding out about keys and absences may take.
    expect({ horde, mcsManager, openWebUI }).toEqual({ horde: 1, mcsManager: 1 + 3, openWebUI: 1 + 5 });
  });

  test('nothing on the other sources where no account is linked', () => {
    expect(calls('{ user(id: "horde:1000") { kudos openWebUI { email } mcsManager { loginTime } } }')).toEqual({
      ...none,
      horde: 1,
    });
  });

  test('the pages of a list, and nothing for what its rows bring', () => {
    const query =
      'query ($first: Int) { hordeAccounts(first: $first) { edges { node { username kudos permissions { role } } } } }';

    expect(calls(query)).toEqual({ ...none, horde: 1 + 2 });
    expect(calls(query, { first: 100 })).toEqual({ ...none, horde: 4 + 2 });
    expect(cost(query, { first: 100 }).rows).toBe(101);
  });

  test('a request for each row where the list does not bring what is asked', () => {
    expect(calls('{ hordeAccounts(first: 100) { edges { node { contact } } } }')).toEqual({ ...none, horde: 4 + 2 + 100 });
  });

  test('what belongs to each account, by the estimate that stands beside the field', () => {
    const workers = '{ hordeAccounts(first: 10) { edges { node { workers { name } } } } }';

    expect(cost(workers)).toMatchObject({
      mostCalls: { path: 'hordeAccounts.edges.node.workers', amount: 10 * 20 },
      mostRows: { path: 'hordeAccounts.edges.node.workers', amount: 10 * 20 },
    });
    expect(cost('{ hordeAccounts(first: 10) { edges { node { styles { name } } } } }').mostCalls?.amount).toBe(10);
    expect(cost('{ hordeAccounts(first: 10) { edges { node { styles { prompt } } } } }').mostCalls?.amount).toBe(10 * 20);
  });

  test('the status of a source once, and only where it is selected', () => {
    expect(calls('{ sources { id kind capabilities { orders } } viewer { kind } }')).toEqual(none);
    expect(calls('{ a: sources { reachable version } b: sources { latency } }')).toEqual({
      horde: 2,
      mcsManager: 2,
      openWebUI: 3,
    });
  });

  test('a search on each of the sources that are meant', () => {
    const { horde, mcsManager, openWebUI } = calls('{ searchUsers(query: "ada", sources: ["webui"]) { sources { outcome } } }');

    expect({ horde, mcsManager, openWebUI }).toEqual({ ...none, openWebUI: 3 + 1 });
  });

  test('nothing where a condition leaves it out', () => {
    const query = 'query ($with: Boolean!) { user(id: "horde:1000") @include(if: $with) { kudos } }';

    expect(calls(query, { with: false })).toEqual(none);
    expect(calls(query, { with: true })).toEqual({ ...none, horde: 1 });
  });

  test('nothing for what the caller may not see', () => {
    const query = '{ usersById(ids: ["horde:1000", "horde:1001"]) { horde { workers { name } contact } } }';
    const as = (...texts: string[]) => perSource(estimator.cost(query, {}, { scopes: grants(...texts) }));

    expect(as('read:private')).toMatchObject({ horde: 2 + 2 * 20 });
    // Nothing of them is left to ask but whether they are there.
    expect(as('read')).toEqual({ ...none, horde: 2 });
    expect(perSource(estimator.cost('{ users(source: "webui") { edges { node { username } } } }', {}, { scopes: [] }))).toEqual(
      none,
    );
  });

  test('nothing for arguments that are refused anyway', () => {
    expect(calls('{ hordeAccounts(first: 101) { edges { node { contact } } } }')).toEqual(none);
    expect(calls('{ users(search: "a") { edges { node { kudos } } } }')).toEqual(none);
    expect(calls('query ($ids: [ID!]!) { usersById(ids: $ids) { kudos } }', { ids: Array(1_001).fill('horde:1') })).toEqual(none);
  });

  test('what each write says it costs, and what is read after each', () => {
    const { writes = 5 } = hintsOf(schema.getMutationType()?.getFields().updateMcsManagerUser ?? { extensions: {} });
    const update = 'updateMcsManagerUser(input: { id: "mcsmanager:a1d00000000000000000000000000001", userName: "x" })';
    const readAgain = 1 + 3;

    expect(cost(`mutation { ${update} { sent } }`).calls).toBe(writes);
    expect(cost(`mutation { a: ${update} { account { username } } b: ${update} { account { username } } }`).calls).toBe(
      2 * (writes + readAgain),
    );
  });
});

test('every list of objects says how long it may be', () => {
  const lists = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__') && !/(Edge|Connection|Payload)$/.test(name))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })))
    .filter(({ field }) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)));
  const silent = lists.filter(({ field }) => {
    const { leads, leadsTo, upTo } = hintsOf(field);
    return leads === undefined && leadsTo === undefined && upTo === undefined;
  });

  expect(lists.length).toBeGreaterThan(10);
  // As many as the search that it is part of was told to find.
  expect(silent.map(({ name }) => name)).toEqual(['UserSearch.users']);
});

test('every query that leads to accounts says where it leads', () => {
  const silent = Object.values(schema.getQueryType()?.getFields() ?? {}).filter((field) => hintsOf(field).leads === undefined);

  expect(silent.map(({ name }) => name)).toEqual(['viewer']);
});

describe('what may cost too much', () => {
  const workers = '{ hordeAccounts(first: 100) { edges { node { workers { name } } } } }';

  test('is refused before anything is asked, with the limit, the cost and what drives it', async () => {
    rollcall.calls();

    const { status, data, errors } = await rollcall.askText(workers);

    expect({ status, data }).toEqual({ status: 200, data: undefined });
    expect(errors).toEqual([
      {
        message:
          'The operation may cost 2,106 requests to the sources; at most 1,500 are allowed. 2,000 of them are for hordeAccounts.edges.node.workers. Ask for fewer at once.',
        extensions: {
          code: 'OPERATION_TOO_COSTLY',
          limit: 'maxCalls',
          cost: 2_106,
          allowed: 1_500,
          drivenBy: { path: 'hordeAccounts.edges.node.workers', cost: 2_000 },
        },
      },
    ]);
    expect(rollcall.calls()).toEqual(none);
  });

  test('is told with 400 to a client that speaks GraphQL over HTTP', async () => {
    const { status } = await rollcall.askText(workers, {}, { accept: 'application/graphql-response+json' });

    expect(status).toBe(400);
  });

  test('is judged by its rows, too', async () => {
    const rows =
      '{ hordeAccounts(first: 100) { edges { node { a: permissions { grants { key } } b: permissions { grants { key } } c: permissions { grants { key } } } } } }';

    const { errors } = await rollcall.askText(rows);

    expect(errors?.[0]?.extensions).toMatchObject({ limit: 'maxRows', cost: 30_101, allowed: 20_000 });
  });

  test('is what the configuration says', async () => {
    await using strict = await startRollcall({ size: 12, config: (input) => ({ ...input, edge: { maxCalls: 2 } }) });
    const query = (...ids: number[]): string => `{ usersById(ids: ${JSON.stringify(ids.map((id) => `horde:${id}`))}) { kudos } }`;

    expect((await strict.askText(query(101, 102))).errors).toBeUndefined();
    expect((await strict.askText(query(101, 102, 103))).errors?.[0]?.extensions).toMatchObject({ cost: 3, allowed: 2 });
  });

  test('is not weighed for long, whatever its fragments make of it', async () => {
    const levels = 14;
    const fragments = Array.from(
      { length: levels },
      (_, level) =>
        `fragment F${level} on User { a${level}: accounts { user { ...F${level + 1} } } b${level}: accounts { user { ...F${level + 1} } } }`,
    );
    const query = `{ user(id: "horde:101") { ...F0 } } ${fragments.join(' ')} fragment F${levels} on User { id }`;
    await using deep = await startRollcall({
      size: 12,
      config: (input) => ({ ...input, edge: { maxDepth: 100, maxRows: 10_000_000, maxCalls: 1_000_000 } }),
    });
    deep.calls();

    const started = performance.now();
    const { errors } = await deep.askText(query);

    console.log(`refused in ${Math.round(performance.now() - started)} ms`);
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COSTLY', limit: 'fields', allowed: 3_000 } }]);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(deep.calls()).toEqual(none);
  });
});
