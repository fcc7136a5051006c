import type { WriteOutcome } from './change.ts';

/** What is remembered under one idempotency key. */
export interface RememberedAttempt {
  readonly fingerprint: string;
  /** Epoch milliseconds at which it began. */
  readonly at: number;
  /** Null: nobody knows yet what came of it, and whoever asks next must look. */
  readonly outcome: Promise<WriteOutcome> | null;
  /** What was told when it was last looked at, some of it unknown. */
  readonly former?: WriteOutcome;
}

/** Attempts by identity, for a time, and no more than a number of them. */
export interface AttemptsMemory {
  get(identity: string): RememberedAttempt | undefined;
  set(identity: string, attempt: RememberedAttempt): void;
  delete(identity: string): void;
}

export function createAttemptsMemory(limits: { readonly forMs: number; readonly atMost: number }): AttemptsMemory {
  // In the order in which they were added, which is also that of their ages.
  const attempts = new Map<string, RememberedAttempt>();
  const oldest = (): string | undefined => attempts.keys().next().value;

  return {
    get: (identity) => {
      const attempt = attempts.get(identity);
      return attempt === undefined || attempt.at < Date.now() - limits.forMs ? undefined : attempt;
    },
    set: (identity, attempt) => {
      attempts.delete(identity);
      attempts.set(identity, attempt);
      for (let first = oldest(); first !== undefined && attempts.size > limits.atMost; first = oldest()) attempts.delete(first);
    },
    delete: (identity) => void attempts.delete(identity),
  };
}
