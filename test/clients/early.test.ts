import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AskUntil, ada, inApollo, inRelay, inUrql, type PartName, relayDocuments } from './early-parts.ts';
import { compileRelayApp, type RelayApp } from './relay-app.ts';
import { type Served, serve } from './served.ts';

/** Of the sources and of the operation: nothing that comes early has waited for either. */
const deadlineMs = 60_000;
const rounds = 7;
/** What the parts of the other sources may take, from asking to the client's hands. Milliseconds. */
const promised = 100;

const names: readonly PartName[] = ['horde', 'mcsManager', 'openWebUI'];

let served: Served;
let app: RelayApp;
beforeAll(async () => {
  served = await serve({
    size: 30,
    // The pages of this file are more than the Horde grants in a minute: the rest would wait for the next one.
    horde: { limits: false },
    config: ({ links, sources }) => ({
      links,
      sources: sources.map((source) => ({ ...source, http: { deadlineMs } })),
      edge: { operationDeadlineMs: deadlineMs },
      // A page must not wait for a silent request that the page before it has not quite left yet.
      sharing: { requests: false, operations: false },
    }),
  });
  app = await compileRelayApp(relayDocuments);
}, 60_000);
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await served[Symbol.asyncDispose]();
});
afterEach(() => {
  for (const name of names) served.rollcall.community[name].faults.clear();
});

const clients: readonly [string, () => AskUntil][] = [
  ['Apollo Client', () => inApollo],
  ['Relay', () => inRelay(app)],
  ['urql', () => inUrql],
];

/**
 * That no part waits for the silent source is certain from order alone: they are there while its request is still open, a minute
 * before anybody would give up. How fast they are depends on the machine, too, so it is measured beside the same page with nothing
 * silent, turn by turn: the best of several turns is under what is promised, or, where even the healthy page takes more than half of that, under
 * twice the healthy page.
 */
test.for(clients.flatMap(([client, ask]) => names.map((silent) => [client, silent, ask] as const)))(
  '%s has what two sources defer at once while %s is silent',
  { timeout: 60_000 },
  async ([client, silent, ask]) => {
    const others = names.filter((name) => name !== silent);
    const { faults } = served.rollcall.community[silent];
    const once = async () => {
      const started = performance.now();
      const there = await ask()(served.uri, ada[silent], others);
      return { ms: performance.now() - started, there };
    };
    await once();

    const [healthy, hanging]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      healthy.push((await once()).ms);
      faults.add({ fault: { kind: 'hang' } });
      const { ms, there } = await once();
      faults.clear();
      expect(there).toEqual(others);
      hanging.push(ms);
    }

    const [usual, best] = [Math.min(...healthy), Math.min(...hanging)];
    console.log(
      `${client}, ${silent} silent: the other two after ${Math.round(best)} ms at best, ${Math.round(median(hanging))} in the middle; nothing silent: ${Math.round(usual)} and ${Math.round(median(healthy))}`,
    );
    expect(best).toBeLessThan(Math.max(promised, 2 * usual));
  },
);

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
