import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Contender } from '../../bench/contenders/contender.ts';
import { contendersFor } from '../../bench/contenders/index.ts';
import { setupFor } from '../../bench/contenders/setup.ts';
import { runBurst } from '../../bench/load/burst.ts';
import { askingOf, expectSameData, firstAnswers, toCalls, untilListening } from '../../bench/measuring/first-answers.ts';
import { createFolder, type Server, startServer } from '../../bench/measuring/servers.ts';
import { sourceProgram } from '../../bench/programs.ts';
import { scenarios } from '../../bench/scenarios/index.ts';
import { type Stage, stageOf } from '../../bench/scenarios/stage.ts';
import { startUpstream, type Upstream } from '../../bench/upstream/starting.ts';

/** Those that ask something of their own; the others ask the same at another pace. */
const operations = scenarios.filter(({ name, operation }) => name === operation);

/** Requests for one operation. */
const calls: Readonly<Record<string, number>> = {
  'one-user': 1,
  list: 1,
  join: 26,
  'join-planned': 26,
  repeated: 10,
};
/** By one for everybody. */
const atOnce: Readonly<Record<string, number>> = { 'join-planned': 2 };
const asksAtOnce = new Set(['rollcall', 'rollcall-sharing', 'limit-at-once']);

const toldOf = (contender: string, scenario: string): number | undefined =>
  (asksAtOnce.has(contender) ? atOnce[scenario] : undefined) ?? calls[scenario];

const open = new AsyncDisposableStack();
const servers = new Map<string, Server>();
let upstream: Upstream;
let stage: Stage;
let contenders: readonly Contender[];

beforeAll(async () => {
  upstream = open.use(await startUpstream(100));
  stage = stageOf(upstream.population);
  const setup = setupFor(upstream, stage, 8);
  const files = open.use(await createFolder(setup));
  contenders = contendersFor(setup, sourceProgram).filter(({ unavailable }) => unavailable === undefined);
  for (const contender of contenders) servers.set(contender.name, open.use(await startServer(contender, files)));
  await Promise.all([...servers.values()].map(untilListening));
  // Eight processes that start at once on two busy cores.
}, 60_000);
afterAll(() => open.disposeAsync());

/** The bodies for the first two things that a scenario asks, and how many requests the first one took. */
async function answer(contender: Contender, scenario: (typeof scenarios)[number]) {
  const asking = askingOf(contender, scenario, stage);
  const server = servers.get(contender.name);
  if (asking === null || server === undefined) return null;
  // Rollcall counts a source's accounts once, before it chooses by how many there are.
  await firstAnswers(server, asking.slice(0, 1));
  const before = await upstream.count();
  const first = await firstAnswers(server, asking.slice(0, 1));
  const after = await upstream.count();
  return {
    bodies: [...first, ...(await firstAnswers(server, asking.slice(1, 2)))],
    requests: after.requests - before.requests,
  };
}

describe.each(operations)('$name', (scenario) => {
  test('every contender answers as Rollcall does, at the number of requests that is told of it', async () => {
    const [rollcall, ...others] = contenders;
    const reference = rollcall && (await answer(rollcall, scenario));
    if (reference == null) throw new Error('Rollcall does not take part');
    expectSameData('rollcall', reference.bodies, reference.bodies);
    const requests: Record<string, number> = { rollcall: reference.requests };
    for (const other of others) {
      const answered = await answer(other, scenario);
      if (answered === null) continue;
      expectSameData(other.name, answered.bodies, reference.bodies);
      requests[other.name] = answered.requests;
    }

    const { 'rollcall-cache': cached = 0, ...asking } = requests;
    const expected = Object.keys(asking).map((name) => [name, toldOf(name, scenario.name)]);
    expect(asking).toEqual(Object.fromEntries(expected));
    expect(expected.length).toBeGreaterThanOrEqual(6);
    // It may know somebody from another scenario.
    expect(cached).toBeLessThanOrEqual(reference.requests);
  });
});

test('an answer that differs from the first one ends a burst', async () => {
  const [scenario] = operations;
  const contender = contenders.find(({ name }) => name === 'limit');
  const server = servers.get('limit');
  const requests = (scenario && contender && askingOf(contender, scenario, stage)?.slice(0, 2)) ?? [];
  if (server === undefined) throw new Error('the limit does not run');
  const [first, second] = await firstAnswers(server, requests);
  if (first === undefined || second === undefined) throw new Error('there is nothing to compare');
  const { port } = server;
  const right = toCalls(requests, [first, second]);
  const wrong = toCalls(requests, [first, first]);

  const burst = await runBurst({ port, calls: right, connections: 2, until: { operations: 10 } });

  expect(burst.operations).toBe(10);
  expect(burst.latencies).toHaveLength(10);
  await expect(runBurst({ port, calls: wrong, connections: 2, until: { operations: 10 } })).rejects.toThrow('a different answer');
});

test('a request that nobody made while recording was on is counted', async () => {
  upstream.freeze();
  const before = await upstream.count();

  const response = await fetch(`${upstream.sources.horde.url}/v2/users/99999`);

  expect(response.status).toBe(500);
  expect((await upstream.count()).unrecorded - before.unrecorded).toBe(1);
});
