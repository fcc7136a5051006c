import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { examples } from '../../src/graphiql/examples.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { type As, type Estimator, openEstimator, perSource, schema } from './costed.ts';
import { createRandom, randomQuery, type Values } from './random-operations.ts';

let rollcall: Rollcall;
let unknowing: Estimator;
let knowing: Estimator;
let values: Values;
let callers: Readonly<Record<string, As>>;

const unlimited = { maxCalls: 1_000_000, maxRows: 10_000_000, maxTokens: 100_000, maxAliases: 10_000, maxDepth: 100 };

beforeAll(async () => {
  rollcall = await startRollcall({
    size: 130,
    horde: { limits: false },
    config: (input) => ({ ...input, edge: { ...unlimited, rateLimit: { points: 1_000_000_000 } } }),
  });
  unknowing = openEstimator(rollcall.community);
  knowing = openEstimator(rollcall.community);
  await knowing.learnPopulations();
  rollcall.calls();

  const { horde, mcsManager, openWebUI } = rollcall.community;
  const panel = [...mcsManager.world.users.keys()];
  const chat = openWebUI.world.users.inserted().map(({ id }) => id);
  const people = [
    ...cast.flatMap(({ horde: id }) => (id === undefined ? [] : [`horde:${id}`])),
    ...Array.from({ length: 20 }, (_, index) => `horde:${101 + index}`),
    ...panel.slice(0, 30).map((id) => `mcsmanager:${id}`),
    ...chat.slice(0, 30).map((id) => `webui:${id}`),
    'horde:999999',
    `mcsmanager:${'f'.repeat(32)}`,
    'webui:6f1c0001-0000-4000-8000-00000000dead',
    'nobody:1',
  ];
  values = {
    id: people,
    ids: people,
    channel: ['general', chat[0] ?? ''],
    first: [0, 1, 5, 25, 60],
    last: [1, 30],
    query: ['a', 'ada', '101', 'o'],
    username: ['ada', 'ada#101', '101', 'a'],
    source: ['horde', 'mcsmanager', 'webui'],
    sources: ['horde', 'mcsmanager', 'webui'],
    userName: ['a'],
    permission: ['chat.delete', 'horde.trusted'],
    orderBy: [],
  };
  const ordinary = openWebUI.world.users.inserted().find(({ role }) => role === 'user')?.id ?? '';
  const ownKeys = {
    'x-source-key-webui': openWebUI.keys.tokenOf(ordinary) ?? '',
    'x-source-key-mcsmanager': mcsManager.keys.of(cast[2]?.mcsManager ?? ''),
    'x-source-key-horde': horde.keys.of(102) ?? '',
  };
  callers = { everything: {}, 'own keys': { headers: ownKeys } };
});
afterAll(async () => {
  await rollcall[Symbol.asyncDispose]();
  await unknowing[Symbol.asyncDispose]();
  await knowing[Symbol.asyncDispose]();
});

/** What it came to, and what it was taken to come to at most. */
async function run(query: string, variables: Readonly<Record<string, unknown>> = {}, as: As = {}) {
  const [most, informed] = [unknowing.cost(query, variables, as), knowing.cost(query, variables, as)];
  rollcall.calls();
  const { errors = [] } = await rollcall.askText(query, variables, as.headers ?? {});
  const calls = rollcall.calls();
  const codes = errors.map(({ extensions }) => extensions.code);
  expect(codes, query).not.toContain('GRAPHQL_VALIDATION_FAILED');
  expect(codes, query).not.toContain('INTERNAL_SERVER_ERROR');
  for (const cost of [most, informed]) {
    for (const [source, requests] of Object.entries(perSource(cost))) {
      expect(calls[source as keyof typeof calls], `${source}: ${query}`).toBeLessThanOrEqual(requests);
    }
  }
  return { actual: calls.horde + calls.mcsManager + calls.openWebUI, most: most.calls, informed: informed.calls };
}

describe('what is told beforehand is never exceeded', () => {
  test('by the examples of the page for exploring', async () => {
    const told = [];
    for (const example of examples) told.push(await run(example));

    expect(told).toHaveLength(examples.length);
    expect(told.every(({ actual }) => actual > 0)).toBe(true);
  });

  test('by the operation that the documentation begins with, nor is it told to cost absurdly more', async () => {
    const member = await readFile(new URL('../operations/member.graphql', import.meta.url), 'utf8');

    const { actual, most } = await run(member, { id: 'horde:101' });

    console.log(`member.graphql: ${actual} requests, told ${most} at most, ratio ${(most / actual).toFixed(1)}`);
    expect(most / actual).toBeLessThan(6);
  });

  test('by users whom the panel does not have, of whom it is asked a second time', async () => {
    const ids = ['c', 'd', 'e', 'f'].map((digit) => `mcsmanager:${digit.repeat(32)}`);
    const asked = (count: number) =>
      run('query ($ids: [ID!]!) { usersById(ids: $ids) { mcsManager { loginTime } } }', { ids: ids.slice(0, count) });

    const [one, two, all] = [await asked(1), await asked(2), await asked(4)];
    // So many are looked for in the list of all.
    expect([one.actual, two.actual, all.actual]).toEqual([3, 5, 2]);
  });

  test('by users whom the panel’s list does not have either, of whom it is asked a second time', async () => {
    const ids = ['c', 'd'].map((digit) => `mcsmanager:${digit.repeat(32)}`);

    const { actual } = await run('query ($ids: [ID!]!) { usersById(ids: $ids) { mcsManager { ssoBound } } }', { ids });

    // Three pages, each of the two twice, and whose the key is: once, or for each where their answers are apart.
    expect([8, 9]).toContain(actual);
  });

  test.for(['everything', 'own keys'])('by 300 random operations of a caller with %s', { timeout: 120_000 }, async (caller) => {
    const random = createRandom(7);
    const ratios: number[] = [];
    let asked = 0;
    for (let count = 0; count < 300; count += 1) {
      const { actual, most } = await run(randomQuery(schema, values, random), {}, callers[caller]);
      asked += actual;
      if (actual > 0) ratios.push(most / actual);
    }

    const median = ratios.toSorted((left, right) => left - right)[Math.floor(ratios.length / 2)];
    console.log(
      `${caller}: ${asked} requests in all; told at most ${median?.toFixed(1)} times as many, in the median of ${ratios.length}`,
    );
    expect(ratios.length).toBeGreaterThan(150);
  });

  test.for([
    ['hordeAccounts', 'first: 30', 'after'],
    ['mcsManagerAccounts', 'first: 30', 'after'],
    ['mcsManagerAccounts', 'last: 30', 'before'],
    ['openWebUIAccounts', 'first: 30', 'after'],
    ['openWebUIAccounts', 'last: 30', 'before'],
    ['users', 'first: 30', 'after'],
  ] as const)('by walking %s(%s) from cursor to cursor', async ([field, count, from]) => {
    const page = (cursor: string): string =>
      `{ list: ${field}(${count} ${cursor}) { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { id } } } }`;
    let cursor = '';
    for (let pages = 0; pages < 4; pages += 1) {
      const { data } = await rollcall.askText(page(cursor));
      await run(page(cursor));
      // As the document asks for it.
      const list = data?.list as { pageInfo: { endCursor: string; startCursor: string } } | undefined;
      cursor = `${from}: ${JSON.stringify(from === 'after' ? list?.pageInfo.endCursor : list?.pageInfo.startCursor)}`;
    }
    expect(cursor).not.toBe('');
  });
});
