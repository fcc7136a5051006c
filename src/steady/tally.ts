import type { CredentialClass } from '../access/credential.ts';

/** What was asked on somebody's behalf since the start. */
export interface Counts {
  /** Sent, second attempts among them. */
  requests: number;
  /** Of them, those to which the source gave no answer, or one of a source that is ill. */
  failures: number;
  retries: number;
  /** Asked, and answered by what somebody else had sent. */
  shared: number;
  running: number;
}

export interface Tally {
  of(asker: CredentialClass): Counts;
}

/** Callers with keys of their own come and go: whoever was not seen for longest is forgotten first. */
export function createTally(): Tally {
  const counts = new Map<CredentialClass, Counts>();
  return {
    of: (asker) => {
      const known = counts.get(asker);
      if (known !== undefined) return known;
      const [oldest] = counts.keys();
      if (counts.size >= most && oldest !== undefined) counts.delete(oldest);
      const fresh: Counts = { requests: 0, failures: 0, retries: 0, shared: 0, running: 0 };
      counts.set(asker, fresh);
      return fresh;
    },
  };
}

const most = 1_000;
