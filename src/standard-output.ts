import { writeSync } from 'node:fs';

/** For text that is to hold nobody up while the process runs, and to be out when it ends. */
export interface Output {
  /** Written as far as the reader takes it; the rest follows as soon as it does. */
  write(text: string): void;
  /** Writes what is left before it returns. Gives up when nobody has taken anything for a while. */
  flushSync(): void;
}

export interface OutputOptions {
  /** Tells how many of the bytes were taken; throws when that is none. */
  readonly take: (bytes: Uint8Array) => number;
  /** Characters that may wait for a reader. */
  readonly most?: number;
  /** Told, once there is room again, how many lines had to be left out for want of it. */
  readonly onLost: (lines: number) => void;
}

/** Milliseconds between two looks whether a reader has gone on. */
const pause = 10;
/** Milliseconds for which the end of the process waits for a reader who takes nothing. */
const patience = 2_000;

/**
 * One writer, and never two writes at once: what one that is under way has written is known to nobody at the moment in which the
 * process ends, and all that came after it would be lost or torn.
 */
export function createOutput({ take, most = 16_000_000, onLost }: OutputOptions): Output {
  // What is being written, and what comes after it.
  let bytes: Uint8Array = nothing;
  let text = '';
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  let isPatient = true;

  /** False where the reader takes no more for now. */
  function writeOn(): boolean {
    while (bytes.length > 0 || text !== '') {
      if (bytes.length === 0) {
        bytes = Buffer.from(text);
        text = '';
      }
      const taken = tryTo(take, bytes);
      if (taken === null) return false;
      bytes = bytes.subarray(taken);
      isPatient = true;
    }
    bytes = nothing;
    return true;
  }

  function tellLost(): void {
    if (lost === 0) return;
    const lines = lost;
    lost = 0;
    onLost(lines);
  }

  function drain(): void {
    timer = undefined;
    if (writeOn()) tellLost();
    // The end of the process does not wait for this but for `flushSync`, which has an end itself.
    else timer = setTimeout(drain, pause).unref();
  }

  function flushSync(): void {
    let lastTaken = performance.now();
    for (let left = bytes; !writeOn(); left = bytes) {
      if (!isPatient) return;
      if (bytes !== left) lastTaken = performance.now();
      // Once is enough: whoever writes something more does not wait again for one who takes nothing.
      isPatient = performance.now() - lastTaken < patience;
      Atomics.wait(nobody, 0, 0, pause);
    }
    tellLost();
  }

  return {
    write: (added) => {
      if (bytes.length + text.length >= most) lost += added.split('\n').length - 1;
      else text += added;
      if (timer === undefined) drain();
    },
    flushSync,
  };
}

/** Null where nothing is taken now. One who has gone is taken for one who takes all. */
function tryTo(take: (bytes: Uint8Array) => number, bytes: Uint8Array): number | null {
  try {
    return take(bytes);
  } catch (error) {
    return error instanceof Error && 'code' in error && passing.has(error.code) ? null : bytes.length;
  }
}

/** A reader that is behind, and disks that are full. */
const passing: ReadonlySet<unknown> = new Set(['EAGAIN', 'ENOBUFS', 'ENOSPC', 'EDQUOT', 'EIO']);

/** What is left when the process exits is written then. */
export function openStandardOutput(onLost: OutputOptions['onLost']): Output {
  // Node makes a pipe one that does not wait for its reader as soon as somebody looks at this.
  void process.stdout;
  const output = createOutput({ take: (bytes) => writeSync(1, bytes), onLost });
  process.once('exit', output.flushSync);
  return output;
}

const nothing = new Uint8Array();
const nobody = new Int32Array(new SharedArrayBuffer(4));
