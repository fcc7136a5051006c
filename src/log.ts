import { type DestinationStream, type Logger, pino } from 'pino';
import { clearLine } from './log-lines.ts';
import type { Redaction } from './redaction.ts';
import { type Output, openStandardOutput } from './standard-output.ts';

/** JSON lines, cleared of secrets. */
export function createLogger(level: string, redaction: Redaction, destination?: DestinationStream): Logger {
  const log = pino(
    {
      level,
      base: null,
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        // The last word before a line is written: whatever is logged, a secret does not pass.
        streamWrite: (line) => clearLine(line, redaction),
      },
    },
    destination ?? inBatches(openOutput()),
  );
  if (destination === undefined && log.isLevelEnabled('error'))
    tellLost = (lines) => log.error({ lines }, 'lines are missing from the log, whose reader did not keep up');
  return log;
}

let output: Output | undefined;
let tellLost: (lines: number) => void = () => {};

/** One for all loggers, so that none writes into another's line. */
function openOutput(): Output {
  output ??= openStandardOutput((lines) => tellLost(lines));
  return output;
}

let lastTime = { at: Number.NaN, text: '' };

/** As pino writes it, but made once for all lines of a millisecond. */
function isoTime(): string {
  const at = Date.now();
  if (at !== lastTime.at) lastTime = { at, text: `,"time":"${new Date(at).toISOString()}"` };
  return lastTime.text;
}

/** Each writes out what is left. */
const unwritten = new Set<() => void>();
let isWatching = false;
let isEnding = false;

/** Milliseconds between two times of writing. */
const gap = 10;

/**
 * Writes what was logged in one go: writing is dearer than what is written. A line after a quiet while is written at the end of its
 * turn of the event loop, those that follow a few milliseconds later together, and what is left when the process exits then.
 */
export function inBatches(destination: DestinationStream & { flushSync?(): void }): DestinationStream & { flushSync(): void } {
  let lines = '';
  let lastWritten = Number.NEGATIVE_INFINITY;
  const write = (): void => {
    unwritten.delete(flushSync);
    const taken = lines;
    lines = '';
    if (taken === '') return;
    lastWritten = performance.now();
    destination.write(taken);
  };
  const flushSync = (): void => {
    write();
    destination.flushSync?.();
  };
  const schedule = (): void => {
    watchExit();
    unwritten.add(flushSync);
    const wait = lastWritten + gap - performance.now();
    // Not let go of: a process that has nothing else to do waits for it.
    if (wait > 0) setTimeout(write, wait);
    else setImmediate(write);
  };
  return {
    write: (line) => {
      const isFirst = lines === '';
      lines += line;
      if (isEnding) flushSync();
      else if (isFirst) schedule();
    },
    // Called by pino after a fatal line.
    flushSync,
  };
}

function watchExit(): void {
  if (isWatching) return;
  isWatching = true;
  process.once('exit', () => {
    isEnding = true;
    for (const flush of unwritten) flush();
  });
}
