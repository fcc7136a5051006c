import { z } from 'zod';
import { Unusable } from '../config-faults.ts';
import type { WriteOutcome } from './change.ts';
import { openOrSay } from './file-faults.ts';
import { takeOver } from './held-file.ts';

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
 * Reads what is there, drops what is older than `since`, and goes on writing behind the rest. One process at a time: whoever opens it
 * takes it from the one before. Throws a `ConfigError` when the file cannot be used, or holds anything else.
 */
export function openJournal(path: string, since: number): Journal {
  let entries: readonly JournalEntry[] = [];
  const file = openOrSay('writes.journal', path, () =>
    takeOver(path, (found) => {
      entries = readEntries(found).filter(({ at }) => at >= since);
      return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    }),
  );
  let queue: Promise<void> = Promise.resolve();

  return {
    entries,
    note: (entry) => {
      // A line that could not be written whole must not spoil the next one too.
      const written = queue.then(() => file.append(`\n${JSON.stringify(entry)}\n`));
      queue = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await queue;
      file.close();
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

function readEntries(found: string): JournalEntry[] {
  const entries = new Map<string, JournalEntry>();
  for (const [index, text] of found.split('\n').entries()) {
    const entry = parseLine(text, index + 1);
    if (entry !== null) entries.set(entry.identity, entry);
  }
  return [...entries.values()];
}

/** How each of our lines begins, those of earlier releases too. */
const opening = '{"identity":"';

/** Null for the half line that a crash or a full disk leaves behind: it was not on the disk, so nothing was sent after it. */
function parseLine(line: string, number: number): JournalEntry | null {
  // Some file systems fill up with zeros what they lost.
  const text = line.replaceAll('\0', '').trimEnd();
  const { success, data } = Line.safeParse(parseJson(text));
  if (success) {
    const { outcome, ...entry } = data;
    return { ...entry, ...(outcome === undefined ? {} : { outcome }) };
  }
  const isHalf = opening.startsWith(text.slice(0, opening.length)) && parseJson(text) === undefined;
  if (isHalf) return null;
  throw new Unusable(
    `is no journal, for its line ${number} is none of one; take the line out if the file is a journal that was damaged, or else name another file, which need not be there yet`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
