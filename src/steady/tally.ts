import type { CredentialClass } from '../access/credential.ts';
import { createByClass } from './by-class.ts';

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
  /** To be added to. */
  of(asker: CredentialClass): Counts;
  look(asker: CredentialClass): Readonly<Counts>;
}

export function createTally(): Tally {
  const counts = createByClass<Counts>(() => ({ ...nothing }));
  return { of: counts.of, look: (asker) => counts.look(asker) ?? nothing };
}

const nothing: Readonly<Counts> = { requests: 0, failures: 0, retries: 0, shared: 0, running: 0 };
