import type { Contender, Files } from '../contenders/contender.ts';
import { type Call, quantile, runBurst } from '../load/burst.ts';
import type { Visit } from '../results.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import type { Upstream } from '../upstream/starting.ts';
import { askingOf, expectSameData, firstAnswers, toCalls } from './first-answers.ts';
import { cpuSeconds } from './process-use.ts';
import { type Server, startServer } from './servers.ts';

export interface Pace {
  readonly rounds: number;
  /** Of each visit to a contender in each round. */
  readonly visitMs: number;
  /** Of the one before, that does not count. V8 goes on compiling for many seconds, and servers run for days. */
  readonly warmUpMs: number;
}

/** By contender. */
export type Visits = Record<string, Visit[]>;

interface Ready {
  readonly name: string;
  readonly server: Server;
  readonly calls: readonly Call[];
}

/**
 * Visits each contender in each round, beginning with another one each time, so that what else the machine does falls on all
 * alike. Nobody is visited whose answers are not those of the first one.
 */
export async function runScenario(
  scenario: Scenario,
  contenders: readonly Contender[],
  { stage, upstream, files, pace }: { stage: Stage; upstream: Upstream; files: Files; pace: Pace },
): Promise<Visits> {
  await using servers = new AsyncDisposableStack();
  const ready: Ready[] = [];
  let reference: readonly Buffer[] | undefined;
  for (const contender of contenders) {
    const asking = askingOf(contender, scenario, stage);
    if (asking === null) continue;
    const server = servers.use(await startServer(contender, files));
    const bodies = await firstAnswers(server, asking);
    reference ??= bodies;
    expectSameData(`${contender.name} (${scenario.name})`, bodies, reference);
    ready.push({ name: contender.name, server, calls: toCalls(asking, bodies) });
  }

  upstream.setLatency(scenario.latencyMs);
  const { connections } = scenario;
  const visits: Visits = Object.fromEntries(ready.map(({ name }) => [name, []]));
  for (const { server, calls } of ready) {
    await runBurst({ port: server.port, calls, connections, until: { ms: pace.warmUpMs } });
  }
  for (let round = 0; round < pace.rounds; round++) {
    for (const { name, server, calls } of rotated(ready, round)) {
      visits[name]?.push(await visit(server, calls, connections, pace.visitMs, upstream));
    }
  }
  upstream.setLatency(0);
  return visits;
}

async function visit(
  server: Server,
  calls: readonly Call[],
  connections: number,
  ms: number,
  upstream: Upstream,
): Promise<Visit> {
  const before = await upstream.count();
  const cpuBefore = cpuSeconds(server.pid);
  const { operations, seconds, latencies } = await runBurst({ port: server.port, calls, connections, until: { ms } });
  const cpuAfter = cpuSeconds(server.pid);
  const after = await upstream.count();
  if (after.unrecorded > 0) throw new Error(`${after.unrecorded} requests reached the upstream that were not recorded`);
  return {
    operations,
    seconds,
    cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
    upstreamRequests: after.requests - before.requests,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

const rotated = <Item>(items: readonly Item[], by: number): readonly Item[] =>
  items.map((_, at) => items[(at + by) % items.length]).filter((item) => item !== undefined);
