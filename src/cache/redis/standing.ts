import type { Logger } from 'pino';
import { reasonOf } from './reasons.ts';

/** Tells the log how things stand with Redis: once when that changes, and never more of an error than a reason of ours. */
export interface Standing {
  away(trouble: unknown): void;
  present(): void;
  /** It is there and refuses something. */
  refused(trouble: unknown): void;
}

export function createStanding(log: Logger): Standing {
  let told: 'nothing' | 'away' | 'present' = 'nothing';
  const complaints = new Set<string>();
  return {
    away: (trouble) => {
      if (told === 'away') return;
      told = 'away';
      log.warn({ reason: reasonOf(trouble) }, 'the shared cache is away, going on without it');
    },
    present: () => {
      if (told === 'present') return;
      log.info(told === 'away' ? 'the shared cache is back' : 'the shared cache is in use');
      told = 'present';
      complaints.clear();
    },
    refused: (trouble) => {
      // The others mean that the connection has ended, and are told as that.
      if (!(trouble instanceof Error) || trouble.name !== 'ReplyError') return;
      const reason = reasonOf(trouble);
      if (complaints.has(reason)) return;
      complaints.add(reason);
      log.warn({ reason }, 'the shared cache refuses what it is asked for');
    },
  };
}
