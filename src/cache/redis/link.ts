import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, patience } from './connection.ts';
import type { Standing } from './standing.ts';
import { late, patiently } from './within.ts';

/** Milliseconds between two looks at whether it still answers. */
const beat = 1_000;

/** So many answers one after the other that came too late, and it is not waited for until it is quick again. */
const patienceForLate = 3;

/** Milliseconds before the first attempt to come back, doubled with each up to the longest. */
const backoff = { first: 50, longest: 5_000 };

/** Keeps a connection as long as it can be had, and says when asking is worth it. */
export interface Link {
  /** Undefined while waiting for an answer would be in vain. Then an operation loses no time to it. */
  quick(): Connection | undefined;
  /** Also one that is slow, or for which something is still to be made good. */
  any(): Connection | undefined;
  /** How waiting ended for an answer that was asked at this time of `performance.now()`. */
  answered(asked: number, inTime: boolean): void;
  /** Resolves when the first attempt has succeeded or failed. */
  readonly opened: Promise<void>;
  close(): Promise<void>;
}

export interface LinkOptions {
  readonly connect: (signal: AbortSignal) => Promise<Connection>;
  /** Makes good what was missed. The connection is used after that, and given up when it fails. */
  readonly makeGood: (connection: Connection) => Promise<void>;
  /** Milliseconds in which a quick one answers. */
  readonly deadlineMs: number;
  readonly standing: Standing;
}

export function keepLink({ connect, makeGood, deadlineMs, standing }: LinkOptions): Link {
  const closing = new AbortController();
  const { signal } = closing;
  const opened = Promise.withResolvers<void>();
  let connection: Connection | undefined;
  let isGood = false;
  let tooLate = 0;
  let lastLate = 0;

  async function keep(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      const trouble = await connectAndAttend(() => {
        failures = 0;
      });
      if (!signal.aborted) standing.away(trouble);
      opened.resolve();
      await pause(Math.min(backoff.first * 2 ** failures, backoff.longest) * (0.5 + Math.random() / 2));
    }
  }

  /** As long as it goes well. Resolves with what ended it. */
  async function connectAndAttend(onSuccess: () => void): Promise<unknown> {
    try {
      const made = await connect(signal);
      connection = made;
      if ((await patiently(makeGood(made), patience)) === late) throw new Error('LATE');
      onSuccess();
      [isGood, tooLate] = [true, 0];
      standing.present();
      opened.resolve();
      return await attend(made);
    } catch (error) {
      return error;
    } finally {
      const ended = connection?.end();
      [isGood, connection] = [false, undefined];
      await ended;
    }
  }

  async function attend(attended: Connection): Promise<unknown> {
    const lost = attended.lost.then((why) => ({ why }));
    for (;;) {
      const ended = await Promise.race([lost, pause(beat)]);
      if (ended !== undefined) return ended.why;
      if (signal.aborted) return undefined;
      const took = await attended.ping();
      if (took === null) return 'LATE';
      if (took <= deadlineMs && tooLate >= patienceForLate) {
        tooLate = 0;
        standing.present();
      }
    }
  }

  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  const kept = keep();

  return {
    quick: () => (isGood && tooLate < patienceForLate ? connection : undefined),
    any: () => connection,
    answered: (asked, inTime) => {
      // Many that wait at once are late at once. And what was asked before it was given up does not bring it back; `attend` does.
      if (tooLate >= patienceForLate || (!inTime && asked < lastLate)) return;
      tooLate = inTime ? 0 : tooLate + 1;
      if (!inTime) lastLate = performance.now();
      if (tooLate >= patienceForLate) standing.away('SLOW');
    },
    opened: opened.promise,
    close: async () => {
      closing.abort();
      await connection?.end();
      await kept;
    },
  };
}
