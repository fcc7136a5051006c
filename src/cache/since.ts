import { AsyncLocalStorage } from 'node:async_hooks';

/** What was asked and answered on behalf of whoever holds it. */
export interface Meter {
  /** Without those to which somebody else had asked the answer already. */
  requests: number;
  /** Of the answers' bodies, in characters, which is what the parser is given. */
  bytes: number;
  /** What was waited for last, and whether the source has been asked for it. Absent: nothing yet. */
  waited?: { wasSent(): boolean };
}

interface Held {
  /** When the first of what the read was told had been asked, by `performance.now()`. */
  earliest: number;
  meter: Meter | undefined;
  /** Is told the same moments. */
  readonly above?: Held;
}

// Reads do not hand up what they were told, and when, nor a meter down to their requests: it follows them.
const held = new AsyncLocalStorage<Held>();

/** What a read brought. It may have joined what others had begun: then it tells of an earlier moment, by so many milliseconds. */
export interface Traced<Result> {
  readonly result: Result;
  readonly earlierMs: number;
}

export async function traced<Result, Args extends readonly unknown[]>(
  read: (...args: Args) => Promise<Result>,
  ...args: Args
): Promise<Traced<Result>> {
  const began = performance.now();
  const above = held.getStore();
  const told = { earliest: began, meter: above?.meter };
  const result = await held.run(told, read, ...args);
  noteAsked(told.earliest);
  return { result, earlierMs: began - told.earliest };
}

/** The read under way was told something that had been asked then, by `performance.now()`. */
export function noteAsked(at: number): void {
  for (let told = held.getStore(); told !== undefined; told = told.above) told.earliest = Math.min(told.earliest, at);
}

/** Counts all that `work` asks, in its turns and afterwards. */
export function withMeter<Result, Args extends readonly unknown[]>(
  meter: Meter,
  work: (...args: Args) => Result,
  ...args: Args
): Result {
  const above = held.getStore();
  if (above === undefined) return held.run({ earliest: Number.POSITIVE_INFINITY, meter }, work, ...args);
  if (above.meter !== undefined) return held.run({ earliest: above.earliest, meter, above }, work, ...args);
  // Nearly always: to follow two things would cost twice as much.
  above.meter = meter;
  return work(...args);
}

/** That of the read under way. */
export const meterInUse = (): Meter | undefined => held.getStore()?.meter;
