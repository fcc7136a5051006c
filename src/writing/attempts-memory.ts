import type { WriteOutcome } from './change.ts';

/** What is remembered under one idempotency key. */
export interface RememberedAttempt {
  /** Whose it is, by whatever tells callers apart. */
  readonly caller: string;
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
  /** What is under way is neither forgotten nor counted: it must not be sent beside itself. */
  set(identity: string, attempt: RememberedAttempt, isUnderWay?: boolean): void;
  delete(identity: string): void;
}

/** Where there are too many, the caller with the most loses the oldest of theirs, so that nobody’s keys push out a quieter one’s. */
export function createAttemptsMemory(limits: { readonly forMs: number; readonly atMost: number }): AttemptsMemory {
  const attempts = new Map<string, RememberedAttempt>();
  // The identities of what has ended, by caller, the oldest first; no caller has none.
  const ended = new Map<string, Set<string>>();
  let count = 0;

  function remove(identity: string): void {
    const caller = attempts.get(identity)?.caller ?? '';
    const theirs = ended.get(caller);
    if (theirs?.delete(identity) === true) count -= 1;
    if (theirs?.size === 0) ended.delete(caller);
    attempts.delete(identity);
  }

  function addEnded(identity: string, caller: string): void {
    const theirs = ended.get(caller) ?? new Set();
    ended.set(caller, theirs.add(identity));
    count += 1;
    if (count > limits.atMost) remove(oldestOfMost());
  }

  function oldestOfMost(): string {
    let most: ReadonlySet<string> = new Set();
    for (const theirs of ended.values()) if (theirs.size > most.size) most = theirs;
    const [oldest = ''] = most;
    return oldest;
  }

  return {
    get: (identity) => {
      const attempt = attempts.get(identity);
      const isOld = attempt !== undefined && attempt.at < Date.now() - limits.forMs;
      return isOld && ended.get(attempt.caller)?.has(identity) === true ? undefined : attempt;
    },
    set: (identity, attempt, isUnderWay = false) => {
      remove(identity);
      attempts.set(identity, attempt);
      if (!isUnderWay) addEnded(identity, attempt.caller);
    },
    delete: remove,
  };
}
