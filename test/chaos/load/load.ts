import type { Stage } from '../stage.ts';
import type { Checker } from '../truth/checker.ts';
import { type SourceId, sourceIds } from '../truth/subjects.ts';
import type { Health } from '../weather/health.ts';
import type { Caller } from './callers.ts';
import { drawRead, type Mixture, type Operation } from './operations.ts';
import type { Timing } from './timing.ts';
import type { Writer } from './writing.ts';

/** Clients that go on until told to stop. */
export interface Load {
  /** Resolves when the last of them has its last answer. */
  stop(): Promise<void>;
}

const mixture: Mixture = { fresher: 0.3, lists: 0.12, several: 0.15 };

export interface LoadMeans {
  readonly stage: Stage;
  readonly checker: Checker;
  readonly health: Health;
  readonly timing: Timing;
  readonly writer: Writer;
  /** An account of the Horde that is asked for more often than the Horde allows. */
  readonly besieged: Operation;
}

/** Each asks one source only, so that one that hangs holds up nobody who asks another. */
export function startLoad({ stage, checker, health, timing, writer, besieged }: LoadMeans): Load {
  const { random, subjects, callers, client } = stage;
  const ours = subjects.filter(({ isOurs }) => isOurs);
  const theirs = subjects.filter(({ isOurs }) => !isOurs);
  let isOver = false;

  async function ask(caller: Caller, operation: Operation): Promise<void> {
    const started = timing.start();
    const told = await client.ask(caller, operation.query, operation.variables);
    const { source } = operation;
    const weather = source && health.weatherOf(source, told.sent, told.received);
    if (source !== undefined && weather !== undefined && operation !== besieged) timing.note(source, weather, started);
    checker.check(caller, operation, told);
  }

  /** Again and again, with pauses of half to one and a half times so many milliseconds. */
  async function again(pauseMs: number, act: () => Promise<void> | void): Promise<void> {
    while (!isOver) {
      await Promise.resolve(act()).catch((error: unknown) => checker.fault(`no answer at all: ${String(error)}`));
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + random.next())));
    }
  }

  // Of the Horde each user may be read sixty times in a minute, and the list ninety times, which every write makes read anew: only
  // the besieged one is to find that out often. Whoever waits for a quota is slow, be all others well or not.
  const reading = (caller: Caller, source: SourceId | undefined) =>
    again(source === 'horde' || source === undefined ? 320 : 40, () =>
      ask(caller, drawRead(random, subjects, source, { ...mixture, ...(caller.readsLists ? {} : { lists: 0 }) })),
    );

  const [operator, reader, ...others] = callers.all;
  if (operator === undefined || reader === undefined) throw new Error('there is nobody to ask');
  const running = [
    ...sourceIds.flatMap((source) => [operator, operator, reader, ...others].map((caller) => reading(caller, source))),
    reading(operator, undefined),
    reading(reader, undefined),
    ...sourceIds.map((source) =>
      again(source === 'horde' ? 1_000 : 400, () => writer.write(pickFrom(ours.filter((each) => each.source === source)))),
    ),
    again(30, () => pickFrom(theirs).change()),
    again(150, () => ask(operator, besieged)),
  ];

  function pickFrom<Item>([first, ...rest]: readonly Item[]): Item {
    if (first === undefined) throw new Error('there is nothing to pick from');
    return random.pick([first, ...rest]);
  }

  return {
    stop: async () => {
      isOver = true;
      await Promise.all(running);
    },
  };
}
