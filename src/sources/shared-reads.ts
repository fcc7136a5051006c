import type { Found, Whole } from '../cache/reading-through.ts';
import type { Shelf } from '../cache/shelf.ts';
import type { SourceSession } from './contract.ts';
import type { ReadRunner } from './observing.ts';

/** What is the same for every account of a source, each asked at most once in an operation. */
export interface SharedReads {
  start(name: string): void;
  /** True also while its answer is awaited, when it failed, and when it need not be asked because it is kept. */
  started(name: string): boolean;
  /** Rejects as the read did. Only for those that were started. */
  found(name: string): Promise<Found<unknown>>;
}

export function createSharedReads(session: Pick<SourceSession, 'shared'>, runner: ReadRunner, shelf: Shelf): SharedReads {
  const answers = new Map<string, Promise<Found<unknown>>>();
  const wholeOf = (name: string): Whole<unknown> => ({
    name: { what: 'shared', id: `shared read ${name}` },
    age: () => shelf.ages.shared,
    check: (value): value is unknown => value !== undefined,
  });
  return {
    start: (name) => {
      const read = session.shared.find((candidate) => candidate.name === name);
      if (read === undefined) throw new Error(`the plan names an unknown shared read: ${name}`);
      if (answers.has(name)) return;
      // Asynchronous even if the read throws at once.
      const answer = shelf.through(wholeOf(name), async () => runner.shared(read));
      // A failure concerns whoever derives from it. When nobody is left to do so it is nobody's.
      answer.catch(() => undefined);
      answers.set(name, answer);
    },
    started: (name) => {
      if (answers.has(name)) return true;
      const kept = shelf.atHand(wholeOf(name));
      if (kept !== undefined) answers.set(name, Promise.resolve(kept));
      return kept !== undefined;
    },
    found: async (name) => {
      const answer = answers.get(name);
      if (answer === undefined) throw new Error(`the shared read was not started: ${name}`);
      const found = await answer;
      shelf.shown?.holds(found.readAt, shelf.ages.shared.fresh);
      return found;
    },
  };
}
