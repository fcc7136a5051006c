import { type DestinationStream, type Logger, pino } from 'pino';
import type { Redaction } from './redaction.ts';

/** JSON lines. Every text that goes in is cleared of secrets, whoever wrote it. */
export function createLogger(level: string, redaction: Redaction, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        // The last word before a line is written: whatever a message or field holds, a secret does not pass.
        streamWrite: redaction.redact,
      },
    },
    destination ?? byTheTurn(pino.destination(1)),
  );
}

let lastTime = { at: Number.NaN, text: '' };

/** As pino writes it, but made once for all lines of a millisecond. */
function isoTime(): string {
  const at = Date.now();
  if (at !== lastTime.at) lastTime = { at, text: `,"time":"${new Date(at).toISOString()}"` };
  return lastTime.text;
}

/** Those who still have something to write. */
const unwritten = new Set<() => void>();
let isWatching = false;

/**
 * Writes what was logged in one turn of the event loop at its end, in one go: writing is dearer than what is written. Nothing waits
 * longer than that, and what is left when the process exits is written then.
 */
export function byTheTurn(destination: DestinationStream): DestinationStream & { flushSync(): void } {
  let lines = '';
  const flushSync = (): void => {
    unwritten.delete(flushSync);
    const written = lines;
    lines = '';
    if (written !== '') destination.write(written);
  };
  return {
    write: (line) => {
      if (lines === '') {
        watchExit();
        unwritten.add(flushSync);
        setImmediate(flushSync);
      }
      lines += line;
    },
    // Called by pino after a fatal line.
    flushSync,
  };
}

function watchExit(): void {
  if (isWatching) return;
  isWatching = true;
  process.once('exit', () => {
    for (const flush of unwritten) flush();
  });
}
