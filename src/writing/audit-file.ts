import { closeSync, constants, openSync } from 'node:fs';
import { appendFile, rename, stat } from 'node:fs/promises';
import type { AuditFile } from './audit.ts';
import { openOrSay } from './file-faults.ts';
import type { AuditSettings } from './settings.ts';

/**
 * Lines are only ever added. A file that would grow too large is put aside as `<file>.1`, the one before as `.2` and so on. Throws a
 * `ConfigError` when the file cannot be written: else that were found out when something has been changed.
 */
export function createAuditFile(path: string, { maxBytes, keep }: Pick<AuditSettings, 'maxBytes' | 'keep'>): AuditFile {
  openOrSay('audit.file', path, () => openOnce(path));
  let queue: Promise<void> = Promise.resolve();
  let size: number | undefined;

  async function write(line: string): Promise<void> {
    const text = `${line}\n`;
    const bytes = Buffer.byteLength(text);
    size ??= await sizeOf(path);
    if (size > 0 && size + bytes > maxBytes) {
      await putAside();
      size = 0;
    }
    await appendFile(path, text, { flag: adding, mode: 0o600 });
    size += bytes;
  }

  async function putAside(): Promise<void> {
    for (let nth = keep - 1; nth >= 1; nth -= 1) await renameIfThere(`${path}.${nth}`, `${path}.${nth + 1}`);
    await renameIfThere(path, `${path}.1`);
  }

  return {
    append: (line) => {
      const written = queue.then(() => write(line));
      queue = written.catch(() => {
        // What is there now may be half a line; it is measured anew.
        size = undefined;
      });
      return written;
    },
  };
}

/** Without waiting for the reader of a pipe: no write is held up for one who is gone. */
const adding = constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK | constants.O_WRONLY;

function openOnce(path: string): void {
  try {
    closeSync(openSync(path, adding, 0o600));
  } catch (error) {
    // A pipe whose reader is still to come, for whom nobody waits here.
    if (!hasCode(error, 'ENXIO')) throw error;
  }
}

/** What is no file, such as a pipe, never grows too large and is never put aside. */
async function sizeOf(path: string): Promise<number> {
  try {
    const there = await stat(path);
    return there.isFile() ? there.size : Number.NEGATIVE_INFINITY;
  } catch (error) {
    if (isAbsence(error)) return 0;
    throw error;
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!isAbsence(error)) throw error;
  }
}

const isAbsence = (error: unknown): boolean => hasCode(error, 'ENOENT');

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
