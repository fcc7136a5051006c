import type { Sample } from './child/orders.ts';
import type { LogLine } from './child/server.ts';
import { startLoad } from './load/load.ts';
import { readList, readOne } from './load/operations.ts';
import { readStates, type ToldState } from './load/states.ts';
import { createTiming, type Timing } from './load/timing.ts';
import { createWriter } from './load/writing.ts';
import { openStage, type Stage } from './stage.ts';
import { createChecker } from './truth/checker.ts';
import { createFloors } from './truth/floors.ts';
import { type SourceId, sourceIds } from './truth/subjects.ts';
import { createShiftedClock } from './weather/clock.ts';
import { createHealth } from './weather/health.ts';
import { goThrough, isWell, pass } from './weather/passing.ts';
import type { Phase } from './weather/script.ts';

export interface StormOptions {
  readonly seed: number;
  readonly script: Iterable<Phase>;
  /** No phase begins later. */
  readonly longestSeconds: number;
  readonly say?: (sentence: string) => void;
}

/** What came of it. */
export interface Storm {
  readonly seconds: number;
  readonly faults: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly writes: Readonly<Record<string, number>>;
  readonly latencies: Readonly<Record<SourceId | 'all', ReturnType<Timing['of']>>>;
  /** The longest that a source took to be well again, in seconds. */
  readonly longestHealing: number;
  /** States of breakers that were told while it lasted, by source. */
  readonly breakersSeen: Readonly<Record<SourceId, readonly string[]>>;
  readonly lines: readonly LogLine[];
  /** For each source: what Rollcall says that it sent, and what the twin got. */
  readonly requests: Readonly<Record<SourceId, { first: number; retries: number; arrived: number; refusedByQuota: number }>>;
  readonly before: Sample;
  readonly after: Sample;
  /** Milliseconds until every source answered everybody anew after the last phase. */
  readonly wellAfterMs: number;
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly hadRedis: boolean;
  /** How many keys were in Redis at the end, after all that had happened to it. */
  readonly keptInRedis: number;
}

/** Gus: an account that nothing else is asked of. */
const besiegedId = 'horde:107';

export async function runStorm({ seed, script, longestSeconds, say = () => {} }: StormOptions): Promise<Storm> {
  await using stage = await openStage({ seed });
  const [health, clock, floors, timing] = [createHealth(), createShiftedClock(), createFloors(), createTiming()];
  const { client, callers, history, subjects, server } = stage;
  const checker = createChecker({ history, health, clock, floors, subjects, isSpent: spentQuota(stage) });
  const writer = createWriter({ client, operator: callers.operator, history, floors, health, checker });
  const besieged = readOne({ ...besiegedSubject, source: 'horde' }, 0);

  await learn(stage, checker);
  await pass(idleSeconds);
  const before = await server.sample();
  const load = startLoad({ stage, checker, health, timing, writer, besieged });
  const seen = watchBreakers(stage);
  const started = performance.now();
  let longestHealing = 0;
  await pass(4);
  for (const phase of script) {
    if (performance.now() - started > 1_000 * longestSeconds) break;
    longestHealing = Math.max(longestHealing, await goThrough(phase, { stage, checker, health, clock, say }));
    await pass(2);
  }
  const seconds = (performance.now() - started) / 1_000;
  await load.stop();
  const breakersSeen = await seen.stop();
  const keptInRedis = (await stage.redis?.redis().dbsize()) ?? 0;

  const ended = performance.now();
  for (const source of sourceIds) if (!(await isWell(stage, source))) checker.fault(`${source} is not well after it all`);
  const wellAfterMs = performance.now() - ended;
  const requests = await countRequests(stage);
  await pass(idleSeconds);
  const after = await server.sample();
  timing.stop();
  return {
    ...{ seconds, longestHealing, breakersSeen, requests, before, after, wellAfterMs },
    ...{ faults: checker.faults, counts: checker.counts, writes: writer.counts, lines: server.lines },
    latencies: {
      ...{ horde: timing.of('horde'), mcsmanager: timing.of('mcsmanager'), webui: timing.of('webui') },
      all: timing.of(...sourceIds),
    },
    exitCode: await server.stop(),
    stderr: server.stderr(),
    hadRedis: stage.redis !== undefined,
    keptInRedis,
  };
}

const besiegedSubject = { id: besiegedId, native: '107', isOurs: false, change: () => {} };

/**
 * By the Horde's own record. It lets each user be read sixty times in a minute, and a read counts until a minute after its answer,
 * which takes 5 s at most. What it was about to send when somebody else took the last is not in the record.
 */
function spentQuota({ twins: { horde } }: Stage): (id: string, at: number) => boolean {
  return (id, at) => {
    const [source, native] = id.split(':');
    const read = new RegExp(`^/(api/)?v2/users/0*${native}$`);
    const lately = horde.requests.filter((each) => each.at > at - 66_000 && each.at <= at && each.method === 'GET');
    return source === 'horde' && lately.filter(({ path }) => read.test(path)).length >= 55;
  };
}

/** After so long nothing is kept open any more for whoever might come again. */
const idleSeconds = 6;

/** Asks everything of everybody while all is well. */
async function learn({ callers, client, subjects }: Stage, checker: ReturnType<typeof createChecker>): Promise<void> {
  for (const caller of callers.all) {
    const lists = caller.readsLists ? sourceIds.map((source) => readList(source, 15)) : [];
    const singles = [...subjects, { ...besiegedSubject, source: 'horde' as const }].map((subject) => readOne(subject));
    for (const operation of [...singles, ...lists]) {
      checker.learn(caller, operation, await client.ask(caller, operation.query, operation.variables));
    }
  }
}

function watchBreakers({ client, callers }: Stage) {
  const seen = new Map<SourceId, Set<string>>(sourceIds.map((source) => [source, new Set()]));
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      for (const { id, state } of await readStates(client, callers.operator)) seen.get(id)?.add(state.breaker);
      await pass(0.2);
    }
  };
  const looking = look();
  return {
    stop: async (): Promise<Storm['breakersSeen']> => {
      isOver = true;
      await looking;
      const of = (source: SourceId): string[] => [...(seen.get(source) ?? [])].toSorted();
      return { horde: of('horde'), mcsmanager: of('mcsmanager'), webui: of('webui') };
    },
  };
}

/** Of those whose figures differ: the service's, and each one's own. */
async function countRequests({ client, callers, twins }: Stage): Promise<Storm['requests']> {
  const asking = callers.all.filter(({ name }) => name !== 'reader');
  const states: ToldState[] = (await Promise.all(asking.map((caller) => readStates(client, caller)))).flat();
  const of = (source: SourceId) => {
    const own = states.filter(({ id }) => id === source).map(({ state }) => state);
    const sum = (pick: (state: ToldState['state']) => number): number => own.reduce((total, state) => total + pick(state), 0);
    const retries = sum((state) => state.retries);
    const { requests, statuses } = twins[source];
    const refusedByQuota = statuses.get(429) ?? 0;
    return { first: sum((state) => state.requests) - retries, retries, arrived: requests.length, refusedByQuota };
  };
  return { horde: of('horde'), mcsmanager: of('mcsmanager'), webui: of('webui') };
}
