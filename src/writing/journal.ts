import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import type { WriteOutcome } from './change.ts';
import { openOrSay } from './file-faults.ts';

/** One attempt as the journal has it. Without an outcome: it was about to be sent when the process ended. */
export interface JournalEntry {
  readonly identity: string;
  readonly caller: string;
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly operation: string;
  readonly target: string;
  readonly outcome?: WriteOutcome;
}

export interface Journal {
  /** What earlier processes left, the oldest first. */
  readonly entries: readonly JournalEntry[];
  /** Resolves when the line is on the disk. */
  note(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads what is there, drops what is older than `since`, and goes on writing behind the rest. One process at a time. Throws a
 * `ConfigError` when the file cannot be used.
 */
export function openJournal(path: string, since: number): Journal {
  const entries = openOrSay('writes.journal', path, () => {
    const young = readEntries(path).filter(({ at }) => at >= since);
    rewrite(path, young);
    return young;
  });
  let file: FileHandle | undefined;
  let queue: Promise<void> = Promise.resolve();

  async function write(line: string): Promise<void> {
    file ??= await open(path, 'a', 0o600);
    // A line that could not be written whole must not spoil the next one too.
    await file.appendFile(`\n${line}\n`);
    await file.datasync();
  }

  return {
    entries,
    note: (entry) => {
      const written = queue.then(() => write(JSON.stringify(entry)));
      queue = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await queue;
      await file?.close();
    },
  };
}

const Line = z.object({
  identity: z.string(),
  // Lines of earlier releases name nobody.
  caller: z.string().default(''),
  fingerprint: z.string(),
  at: z.number(),
  operation: z.string(),
  target: z.string(),
  // Our own lines, kept whole.
  outcome: z.custom<WriteOutcome>((value) => typeof value === 'object' && value !== null).optional(),
});

function readEntries(path: string): JournalEntry[] {
  if (!existsSync(path)) return [];
  const entries = new Map<string, JournalEntry>();
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    const entry = parseLine(text);
    if (entry !== null) entries.set(entry.identity, entry);
  }
  return [...entries.values()];
}

/** Null for the half line that a crash leaves behind: it was not on the disk, so nothing was sent after it. */
function parseLine(text: string): JournalEntry | null {
  try {
    const { outcome, ...entry } = Line.parse(JSON.parse(text));
    return { ...entry, ...(outcome === undefined ? {} : { outcome }) };
  } catch {
    return null;
  }
}

function rewrite(path: string, entries: readonly JournalEntry[]): void {
  const fresh = `${path}.new`;
  const file = openSync(fresh, 'w', 0o600);
  writeSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  fsyncSync(file);
  closeSync(file);
  renameSync(fresh, path);
}
