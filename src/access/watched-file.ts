import { readFileSync, type Stats, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { expectFile } from '../config-faults.ts';

/** What a file says, as long as the process lives. */
export interface WatchedFile<Content> {
  /** What it says now, at most `checkEvery` ago. */
  current(): Promise<Content>;
}

export interface WatchedFileOptions<Content> {
  /** Throws for a text that cannot be used. */
  readonly parse: (text: string) => Content;
  readonly onChange: () => void;
  /** The file cannot be read or used any more; what it said last still holds. Told once for each change. */
  readonly onBroken: (error: unknown) => void;
}

/** Milliseconds. Looking is left to those who ask, so that an idle server sleeps and no kind of file system is too strange. */
const checkEvery = 1_000;

/** Reads the file at once, and throws when that fails. */
export function watchFile<Content>(
  path: string,
  { parse, onChange, onBroken }: WatchedFileOptions<Content>,
): WatchedFile<Content> {
  let seen = signatureOf(statSync(path));
  let content = parse(readFileSync(path, 'utf8'));
  let checkedAt = performance.now();
  let checking: Promise<void> | undefined;
  let complainedOf: string | undefined;

  async function check(): Promise<void> {
    let signature = 'missing';
    try {
      // Taken before reading: what is written meanwhile has another signature and is read next time.
      signature = signatureOf(await stat(path));
      if (signature !== seen) {
        content = parse(await readFile(path, 'utf8'));
        seen = signature;
        onChange();
      }
      complainedOf = undefined;
    } catch (error) {
      // It is tried again each time, since what failed may have been the reading: a key that was revoked must not stay for that.
      if (signature !== complainedOf) onBroken(error);
      complainedOf = signature;
    }
  }

  return {
    current: async () => {
      if (checking === undefined && performance.now() - checkedAt >= checkEvery) {
        checking = check().finally(() => {
          checkedAt = performance.now();
          checking = undefined;
        });
      }
      await checking;
      return content;
    },
  };
}

/** Asked before reading, which would wait for a pipe and never come to the end of a device. */
function signatureOf(stats: Stats): string {
  expectFile(stats);
  const { ino, size, mtimeMs, ctimeMs } = stats;
  return [ino, size, mtimeMs, ctimeMs].join(' ');
}
