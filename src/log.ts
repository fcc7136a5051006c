import { writeSync } from 'node:fs';
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
    destination ?? inBatches(pino.destination(1), writeOut),
  );
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

/** Milliseconds between two times of writing. */
const gap = 10;

/**
 * Writes what was logged in one go: writing is dearer than what is written. A line after a quiet while is written at the end of its
 * turn of the event loop, those that follow a few milliseconds later together. What is left when the process exits is written then, and
 * the process waits until it has been taken.
 */
export function inBatches(
  destination: DestinationStream & { flushSync?(): void },
  writeAtOnce: (text: string) => void = (text) => destination.write(text),
): DestinationStream & { flushSync(): void } {
  let lines = '';
  let lastWritten = Number.NEGATIVE_INFINITY;
  const take = (): string => {
    unwritten.delete(flushSync);
    const taken = lines;
    lines = '';
    return taken;
  };
  const write = (): void => {
    const taken = take();
    if (taken === '') return;
    lastWritten = performance.now();
    destination.write(taken);
  };
  const flushSync = (): void => {
    // What came before is first in the line.
    destination.flushSync?.();
    writeAtOnce(take());
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
      if (lines === '') schedule();
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

/** To standard output, before this returns. Gives up when nobody has taken anything for a while. */
function writeOut(text: string): void {
  let left: Uint8Array = Buffer.from(text);
  let lastTaken = performance.now();
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(1, left));
      lastTaken = performance.now();
    } catch (error) {
      // Whose reader is slow has a pipe that is full.
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      if (!isFull || performance.now() - lastTaken > patience) return;
      Atomics.wait(nobody, 0, 0, 5);
    }
  }
}

/** Milliseconds. */
const patience = 5_000;
const nobody = new Int32Array(new SharedArrayBuffer(4));
