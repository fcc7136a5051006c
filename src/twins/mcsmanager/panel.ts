import type { Random } from '../random.ts';
import type { DateWriter } from './dates.ts';
import type { Hashing } from './hashing.ts';
import { type SentenceKey, sentence } from './sentences.ts';
import type { Sessions } from './sessions.ts';
import { plainUuid } from './uuid.ts';
import type { PanelWorld } from './world.ts';

/** A running panel: its world, and what it keeps for as long as it runs. */
export interface Panel {
  readonly world: PanelWorld;
  readonly now: () => number;
  readonly writeDate: DateWriter;
  readonly random: Random;
  readonly hashing: Hashing;
  readonly rateLimits: boolean;
  /** How long the panel waits for a daemon that hangs. */
  readonly hangMs: number;
  /** Part of every key this panel makes. */
  readonly canary: string;
  /** Forgotten at a restart. */
  run: PanelRun;
}

export interface PanelRun {
  readonly sessions: Sessions;
  readonly startedAt: number;
  readonly failedLogins: Map<string, FailedLogins>;
  readonly counts: { logined: number; illegalAccess: number; loginFailed: number };
}

export interface FailedLogins {
  count: number;
  /** Epoch milliseconds; undefined: not banned. */
  bannedUntil: number | undefined;
}

export function say(panel: Panel, key: SentenceKey, values?: Readonly<Record<string, string>>): string {
  return sentence(panel.world.settings.language, key, values);
}

export function newUuid(panel: Panel): string {
  return plainUuid(panel.random);
}

export function newKey(panel: Panel): string {
  return panel.canary + newUuid(panel);
}
