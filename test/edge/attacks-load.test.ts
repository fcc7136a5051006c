import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { toBody, viewer } from './attack.ts';
import { type AttackedServer, startAttackedServer } from './attacked-server.ts';

const most = 4;
const deadline = 2_400;

let server: AttackedServer;

beforeAll(async () => {
  server = await startAttackedServer({
    introspection: false,
    suggestions: false,
    maxConcurrentOperations: most,
    operationDeadlineMs: deadline,
  });
  await server.post(viewer);
}, 30_000);

afterAll(() => server[Symbol.asyncDispose]());

afterEach(() => {
  for (const twin of [server.community.horde, server.community.mcsManager, server.community.openWebUI]) {
    twin.faults.clear();
    twin.forget();
  }
});

const slow = (id: number): string => toBody(`{ user(id: "horde:${id}") { username } }`);

test('operations beyond the bound are refused at once with 503, and those under way are answered', async () => {
  const { horde } = server.community;
  horde.faults.add({ fault: { kind: 'delay', ms: 2_000 } });

  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const { status, codes } = await server.post(slow(101 + index));
      return { status, codes, ms: performance.now() - started };
    }),
  );

  const refused = answers.filter(({ status }) => status === 503);
  const answered = answers.filter(({ status }) => status === 200);
  expect(refused).toHaveLength(30 - most);
  expect(answered).toHaveLength(most);
  expect(new Set(refused.flatMap(({ codes }) => codes))).toEqual(new Set(['SERVER_BUSY']));
  expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(Math.min(...answered.map(({ ms }) => ms)));
  expect(horde.requests.length).toBeLessThanOrEqual(most);
});

test('operations that are alike take up one place together', async () => {
  const { horde } = server.community;
  horde.faults.add({ fault: { kind: 'delay', ms: 2_000 } });

  const answers = await Promise.all(Array.from({ length: 5 * most }, () => server.post(slow(102))));

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(horde.requests.length).toBeLessThanOrEqual(most);
});

test('clients that leave make room for others, and what was asked for them upstream ends', async () => {
  const { horde } = server.community;
  horde.faults.add({ fault: { kind: 'hang' } });

  for (let round = 0; round < 3; round += 1) {
    const leaving = new AbortController();
    const asked = Promise.allSettled(Array.from({ length: most }, (_, i) => server.post(slow(101 + i), {}, leaving.signal)));
    await until(() => horde.requests.length === most * (round + 1));
    leaving.abort();
    const outcomes = await asked;
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: most }, () => 'rejected'));
    // Long before the operations' own deadline.
    await until(async () => (await server.post(viewer)).status === 200, deadline / 2);
  }
});

test('an operation whose source is silent is answered at its deadline, with what the others said', async () => {
  server.community.horde.faults.add({ fault: { kind: 'hang' } });

  const started = performance.now();
  const { status, codes, text } = await server.post(toBody('{ user(id: "horde:101") { horde { kudos } openWebUI { name } } }'));

  expect(performance.now() - started).toBeGreaterThan(deadline * 0.9);
  expect(performance.now() - started).toBeLessThan(deadline * 3);
  expect(status).toBe(200);
  expect(codes).toEqual(['SOURCE_TIMEOUT']);
  expect(JSON.parse(text).data).toEqual({ user: { horde: { kudos: null }, openWebUI: { name: 'Ada Lindqvist' } } });
});

test.for<{ what: string; query: string; variables?: object; right: string }>([
  { what: 'a field', query: '{ viewer { knd } }', right: 'kind' },
  { what: 'a type', query: '{ node(id: "horde:101") { ... on HordeAcount { id } } }', right: 'HordeAccount' },
  { what: 'an argument', query: '{ user(id: "horde:101") { accounts(sorce: "horde") { id } } }', right: 'source' },
  { what: 'an enum in the document', query: '{ hordeAccounts(orderBy: KUDO) { edges { cursor } } }', right: 'KUDOS' },
  {
    what: 'an enum in a variable',
    query: 'query($by: HordeAccountOrder) { hordeAccounts(orderBy: $by) { edges { cursor } } }',
    variables: { by: 'KUDO' },
    right: 'KUDOS',
  },
  {
    what: 'a field of an input',
    query: 'mutation($input: UserChangeInput!) { banUser(input: $input) { __typename } }',
    variables: { input: { id: 'horde:103', dryRn: true } },
    right: 'dryRun',
  },
])(
  'without suggestions $what that is misspelled is refused, and the right name is not told',
  async ({ query, variables, right }) => {
    const { status, text } = await server.post(toBody(query, variables));

    expect(status).toBe(400);
    expect(text).not.toContain('Did you mean');
    expect(text).not.toMatch(new RegExp(`\\b${right}\\b`));
  },
);

async function until(holds: () => boolean | Promise<boolean>, within = 5_000): Promise<void> {
  const end = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
