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
  /** What is under way is not forgotten, however many there are: it must not be sent beside itself. */
  set(identity: string, attempt: RememberedAttempt, isUnderWay?: boolean): void;
  delete(identity: string): void;
}

export function createAttemptsMemory(limits: { readonly forMs: number; readonly atMost: number }): AttemptsMemory {
  // In the order in which they were added.
  const attempts = new Map<string, RememberedAttempt>();
  const underWay = new Set<string>();
  const oldest = (): string | undefined => {
    for (const identity of attempts.keys()) if (!underWay.has(identity)) return identity;
    return undefined;
  };

  return {
    get: (identity) => {
      const attempt = attempts.get(identity);
      const isOld = attempt !== undefined && attempt.at < Date.now() - limits.forMs;
      return isOld && !underWay.has(identity) ? undefined : attempt;
    },
    set: (identity, attempt, isUnderWay = false) => {
      attempts.delete(identity);
      attempts.set(identity, attempt);
      if (isUnderWay) underWay.add(identity);
      else underWay.delete(identity);
      for (let first = oldest(); first !== undefined && attempts.size > limits.atMost; first = oldest()) attempts.delete(first);
    },
    delete: (identity) => {
      attempts.delete(identity);
      underWay.delete(identity);
    },
  };
}
