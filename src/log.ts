import { type DestinationStream, type Logger, pino } from 'pino';
import type { Redaction } from './redaction.ts';

/** JSON lines. Every text that goes in is cleared of secrets, whoever wrote it. */
export function createLogger(level: string, redaction: Redaction, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        // The last word before a line is written: whatever a message or field holds, a secret does not pass.
        streamWrite: redaction.redact,
      },
    },
    destination ?? pino.destination(1),
  );
}
