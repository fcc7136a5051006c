import { AsyncLocalStorage } from 'node:async_hooks';

// Reads do not hand up what they were told, and when: it follows them.
const held = new AsyncLocalStorage<{ earliest: number }>();

/** What a read brought. It may have joined what others had begun: then it tells of an earlier moment, by so many milliseconds. */
export interface Traced<Result> {
  readonly result: Result;
  readonly earlierMs: number;
}

export async function traced<Result>(read: () => Promise<Result>): Promise<Traced<Result>> {
  const began = performance.now();
  const told = { earliest: began };
  const result = await held.run(told, read);
  noteAsked(told.earliest);
  return { result, earlierMs: began - told.earliest };
}

/** The read under way was told something that had been asked then, by `performance.now()`. */
export function noteAsked(at: number): void {
  const told = held.getStore();
  if (told !== undefined && at < told.earliest) told.earliest = at;
}
