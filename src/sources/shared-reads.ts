import type { SourceSession } from './contract.ts';

/** What is the same for every account of a source, each asked at most once in an operation. */
export interface SharedReads {
  start(name: string): void;
  /** True also while its answer is awaited, and when it failed. */
  started(name: string): boolean;
  /** Rejects as the read did. Only for those that were started. */
  value(name: string): Promise<unknown>;
}

export function createSharedReads(session: SourceSession): SharedReads {
  const answers = new Map<string, Promise<unknown>>();
  return {
    start: (name) => {
      const read = session.shared.find((candidate) => candidate.name === name);
      if (read === undefined) throw new Error(`the plan names an unknown shared read: ${name}`);
      if (answers.has(name)) return;
      // Asynchronous even if the read throws at once.
      const answer = (async () => read.read())();
      // A failure concerns whoever derives from it. When nobody is left to do so it is nobody's.
      answer.catch(() => undefined);
      answers.set(name, answer);
    },
    started: (name) => answers.has(name),
    value: async (name) => answers.get(name),
  };
}
