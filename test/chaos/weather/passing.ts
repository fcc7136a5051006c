import type { Caller } from '../load/callers.ts';
import { readOne } from '../load/operations.ts';
import type { Stage } from '../stage.ts';
import type { Checker } from '../truth/checker.ts';
import { passing } from '../truth/rules.ts';
import type { SourceId } from '../truth/subjects.ts';
import type { ShiftedClock } from './clock.ts';
import { troubles } from './faults.ts';
import type { Health } from './health.ts';
import type { Phase } from './script.ts';

interface Means {
  readonly stage: Stage;
  readonly checker: Checker;
  readonly health: Health;
  readonly clock: ShiftedClock;
  /** For people who watch. */
  readonly say: (sentence: string) => void;
}

export const pass = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_000 * seconds));

/** Lets one phase come and go, and waits until everything is well again. Resolves to the seconds which that took. */
export async function goThrough(phase: Phase, { stage, checker, health, clock, say }: Means): Promise<number> {
  if (phase.what === 'clock') {
    say(`the clock is set by ${phase.hours} h`);
    health.disturbed();
    for (const ms of [phase.hours * 3_600_000, 0]) {
      clock.shifted(ms);
      await stage.server.shiftClock(ms);
      if (ms !== 0) await pass(phase.seconds);
    }
    health.settled();
    return 0;
  }
  if (phase.what === 'redis') {
    if (stage.redis === undefined) return 0;
    say(`redis is ${phase.how}`);
    health.disturbed();
    if (phase.how === 'killed') await stage.redis.kill();
    else stage.redis.freeze();
    await pass(phase.seconds);
    if (phase.how === 'killed') await stage.redis.restart();
    else stage.redis.thaw();
    await pass(1);
    health.settled();
    return 0;
  }
  const { source, trouble: name, seconds } = phase;
  const trouble = troubles[name];
  const twin = stage.twins[source];
  say(`${source}: ${name} for ${seconds} s`);
  health.fell(source);
  await trouble.begin(twin);
  await pass(seconds);
  await trouble.end(twin);
  const ended = performance.now();
  // A breaker that opened may wait as long again as the trouble lasted, half a minute at most, before it lets somebody try.
  const patience = Math.min(30, seconds + 2) + 4 + trouble.lingers;
  await pass(trouble.lingers);
  while (!(await isWell(stage, source))) {
    if (performance.now() - ended > 1_000 * patience) {
      checker.fault(`${source} has not healed ${patience} s after ${name}`);
      break;
    }
    await pass(0.2);
  }
  health.healed(source);
  return (performance.now() - ended) / 1_000;
}

/** Whether it answers everybody anew. */
export async function isWell({ callers, client, random, subjects }: Stage, source: SourceId): Promise<boolean> {
  const ask = async (caller: Caller): Promise<boolean> => {
    const own = subjects.find(({ id }) => id === caller.own[source]);
    const [first, ...rest] = subjects.filter((each) => each.source === source);
    if (first === undefined) return false;
    const { query, variables } = readOne(own ?? random.pick([first, ...rest]), 0);
    const { text } = await client.ask(caller, query, variables);
    const { errors = [] }: { errors?: { extensions: { code: string } }[] } = JSON.parse(text);
    return !errors.some(({ extensions }) => passing.has(extensions.code));
  };
  const answers = await Promise.all(callers.all.map(ask));
  return answers.every((isAnswered) => isAnswered);
}
