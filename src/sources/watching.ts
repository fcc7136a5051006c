import type { Permit } from '../access/asking.ts';
import type { Comparison } from './comparing.ts';

/** Whoever wants to know what an operation asks of a source, and why. Is told no ids. */
export interface PlanWatch {
  chose(comparison: Comparison): void;
  made(read: ReadMade): void;
}

/** Somebody for each source, for one operation; undefined where nobody may know, or wants to. */
export type Watching = (source: string, permit: Pick<Permit, 'credential'>) => PlanWatch | undefined;

export interface ReadMade {
  readonly read: string;
  /** For how many it was made; null where it is the same for all. */
  readonly accounts: number | null;
  /** Those that were made for it: none where the answer was at hand or under way already. */
  readonly requests: number;
  readonly bytes: number;
  readonly ms: number;
  /** A code; null when it ended well. */
  readonly failed: string | null;
}
