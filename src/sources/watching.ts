import type { Comparison } from './comparing.ts';

/** Whoever wants to know what an operation asks of a source, and why. Is told no ids. */
export interface PlanWatch {
  chose(comparison: Comparison): void;
  made(read: ReadMade): void;
}

export interface ReadMade {
  readonly read: string;
  /** For how many it was made; null where it is the same for all. */
  readonly accounts: number | null;
  /** Of those that were made for it; none where another operation's were waited for. */
  readonly requests: number;
  readonly bytes: number;
  readonly ms: number;
  /** A code; null when it ended well. */
  readonly failed: string | null;
}
