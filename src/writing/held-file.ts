import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expectFile } from '../config-faults.ts';
import { realPathOf } from './file-faults.ts';

/** A file to which one process adds lines, as long as its path names it. */
export interface HeldFile {
  /** Resolves when the text is on the disk, where whoever opens the path next finds it; else it rejects. */
  append(text: string): Promise<void>;
  close(): void;
}

const [appendTo, toDisk] = [promisify(fs.appendFile), promisify(fs.fdatasync)];

/**
 * Puts a new file where the path leads, with what is to be kept of the one that is there; `keep` may throw, and then all stays as it was.
 * A process that holds the former one sees that it has lost it before it relies on anything that was not read here.
 */
export function takeOver(named: string, keep: (found: string) => string): HeldFile {
  const path = makeIfMissing(named);
  let held = putNew(path, keep);
  let open = true;
  let { ino, dev, size: least } = fs.fstatSync(held, { bigint: true });

  /** A removed file is put back with all that stood in it. In the place of another process's nothing is put. */
  async function seeThatItStands(): Promise<void> {
    const there = await statIfThere(path);
    if (there === null) {
      const again = put(path, contentOf(held), fs.linkSync);
      fs.closeSync(held);
      held = again;
      ({ ino, dev, size: least } = fs.fstatSync(held, { bigint: true }));
    } else if (there.ino !== ino || there.dev !== dev)
      throw new Error('another file, such as that of a second process, has taken its place');
    else if (there.size < least) throw new Error('it has become shorter than what was written');
    else least = there.size;
  }

  return {
    append: async (text) => {
      // Its number may be another file's by now.
      if (!open) throw new Error('it is closed');
      await seeThatItStands();
      await appendTo(held, text);
      await toDisk(held);
      // Who took the place before now may not have read this; who does so from now on has it.
      await seeThatItStands();
    },
    close: () => {
      if (open) fs.closeSync(held);
      open = false;
    },
  };
}

/** Where the path leads. Whoever makes the file at the same moment makes the same one, from which it is then taken. */
function makeIfMissing(named: string): string {
  const there = fs.statSync(named, { throwIfNoEntry: false });
  if (there === undefined) fs.closeSync(fs.openSync(named, 'a', 0o600));
  if (there !== undefined) expectFile(there);
  return realPathOf(named);
}

function putNew(path: string, keep: (found: string) => string): number {
  const former = fs.openSync(path, 'r');
  try {
    const found = contentOf(former);
    const held = put(path, keep(found.toString()), fs.renameSync);
    // Until then another process may have written there.
    const later = contentOf(former);
    if (later.length === found.length) return held;
    fs.closeSync(held);
    return put(path, keep(later.toString()), fs.renameSync);
  } finally {
    fs.closeSync(former);
  }
}

/** All at once, so that nobody finds half of it. */
function put(path: string, content: string | Buffer, place: (from: string, to: string) => void): number {
  const fresh = `${path}.${randomUUID()}.new`;
  const file = fs.openSync(fresh, 'ax+', 0o600);
  try {
    fs.writeFileSync(file, content);
    fs.fsyncSync(file);
    place(fresh, path);
    return file;
  } catch (error) {
    fs.closeSync(file);
    throw error;
  } finally {
    fs.rmSync(fresh, { force: true });
  }
}

function contentOf(file: number): Buffer {
  const content = Buffer.alloc(fs.fstatSync(file).size);
  return content.subarray(0, fs.readSync(file, content, 0, content.length, 0));
}

async function statIfThere(path: string): Promise<fs.BigIntStats | null> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
