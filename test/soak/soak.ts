import { type Client, formatRequest, openClient } from '../../bench/load/client.ts';
import type { Sample } from '../chaos/child/orders.ts';
import type { Caller } from '../chaos/load/callers.ts';
import { drawRead } from '../chaos/load/operations.ts';
import { openStage, type Stage } from '../chaos/stage.ts';
import type { SourceId } from '../chaos/truth/subjects.ts';
import { type Slope, slopeOf } from './regression.ts';

export interface SoakOptions {
  /** After the warm-up. */
  readonly operations: number;
  readonly warmUp: number;
  readonly samples: number;
  /** Loses a short text with each request, to see whether that shows. */
  readonly leak?: boolean;
  readonly seed?: number;
  readonly say?: (sentence: string) => void;
}

export interface Soak {
  /** Bytes of heap for each operation. */
  readonly slope: Slope;
  readonly samples: readonly (Sample & { readonly operations: number })[];
  readonly perSecond: number;
  /** Operations whose answers said that something failed; beside refusals, which some are told on purpose. */
  readonly failed: number;
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Many clients with several credentials, each asking again as soon as it was answered; now and then all pause and the heap is looked at. */
export async function soak({
  operations,
  warmUp,
  samples: wanted,
  leak = false,
  seed = 1,
  say = () => {},
}: SoakOptions): Promise<Soak> {
  await using stage = await openStage({ seed, withRedis: false, limits: false });
  const { server } = stage;
  if (leak) await server.leak();
  const clients = await Promise.all(Array.from({ length: connections }, () => openClient(server.port, (error) => fail(error))));
  let fail: (error: Error) => void = () => {};
  const failed = { count: 0 };
  const run = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      fail = reject;
      drive(stage, clients, count, failed, resolve);
    });

  await run(warmUp);
  const samples: Soak['samples'][number][] = [];
  const started = performance.now();
  for (let index = 0; index <= wanted; index += 1) {
    if (index > 0) await run(Math.ceil(operations / wanted));
    const sample = await server.sample();
    const done = index * Math.ceil(operations / wanted);
    samples.push({ ...sample, operations: done });
    say(`${done} operations: ${sample.heapUsed} bytes of heap, ${sample.rss} in all, ${sample.resources.length} handles`);
  }
  const perSecond = (1_000 * operations) / (performance.now() - started);
  for (const client of clients) client.close();
  return {
    slope: slopeOf(samples.map((sample) => [sample.operations, sample.heapUsed] as const)),
    ...{ samples, perSecond, failed: failed.count },
    exitCode: await server.stop(),
    stderr: server.stderr(),
  };
}

const connections = 32;

/** Shares so many operations out among the clients. */
function drive(
  { random, subjects, callers }: Stage,
  clients: readonly Client[],
  count: number,
  failed: { count: number },
  done: () => void,
): void {
  let left = count;
  let underWay = 0;
  const draw = (caller: Caller): Buffer => {
    const source = random.pick<SourceId | undefined>(['horde', 'mcsmanager', 'webui', undefined]);
    const { query, variables } = drawRead(random, subjects, source, {
      fresher: 0.03,
      lists: caller.readsLists ? 0.03 : 0,
      several: 0.05,
    });
    return formatRequest('/graphql', caller.headers, { query, variables });
  };
  const next = (client: Client, caller: Caller): void => {
    if (left === 0) {
      if (underWay === 0) done();
      return;
    }
    left -= 1;
    underWay += 1;
    // What is written to now is to be read anew.
    if (random.chance(0.01)) pick(subjects).change();
    client.ask(draw(caller), (body) => {
      underWay -= 1;
      if (body.includes('"retryable":true')) failed.count += 1;
      next(client, caller);
    });
  };
  const pick = <Item>([first, ...rest]: readonly Item[]): Item => {
    if (first === undefined) throw new Error('there is nothing to pick from');
    return random.pick([first, ...rest]);
  };
  for (const [index, client] of clients.entries()) next(client, callers.all[index % callers.all.length] ?? callers.operator);
}
