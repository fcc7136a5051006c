import type { Credential } from '../access/credential.ts';
import { meterInUse, traced } from '../cache/since.ts';
import { whyLeft } from '../http/why-left.ts';
import { createPassing } from '../passing.ts';
import type { AccountRecord, SourceSession } from './contract.ts';

declare const checked: unique symbol;

/** Who may share a sweep, and which. Only `sweepKey` makes one, and it asks with which credential the source is asked. */
export type SweepKey = string & { readonly [checked]: true };

export function sweepKey(credential: Credential, read: string, partition: string): SweepKey {
  const holder = credential.class === 'caller' ? credential.holder : '';
  // The brand exists for the compiler only.
  return JSON.stringify([credential.class, holder, read, partition]) as SweepKey;
}

export type Swept = ReadonlyMap<string, AccountRecord>;

/** Sweeps of one source that are under way, for all operations that may be told what they bring, unless they began too long ago. */
export interface JoinedSweeps {
  underway(key: SweepKey, maxAgeMs: number): boolean;
  /**
   * Waits for the sweep under way, or starts it in a session that belongs to all who wait, and not to the first of them. It ends
   * early only when every one of them has left.
   */
  join(key: SweepKey, sweep: Sweeping, signal: AbortSignal | undefined, maxAgeMs: number): Promise<Joined>;
  /** After a write: nobody new joins what was begun before. */
  forget(): void;
}

export interface Joined {
  readonly brought: Swept;
  /** Of others who did not come nothing is known. */
  readonly wanted: ReadonlySet<string>;
  /** When the first of what it tells was asked, by `performance.now()`. */
  readonly begunAt: number;
}

export interface Sweeping {
  readonly source: string;
  readonly wanted: ReadonlySet<string>;
  open(signal: AbortSignal): SourceSession;
  read(session: SourceSession): Promise<Swept>;
}

interface Shared {
  readonly answer: Promise<Joined>;
  readonly begunAt: number;
  readonly ending: AbortController;
  wasSent(): boolean;
  waiting: number;
  isOver: boolean;
}

export function createJoinedSweeps(): JoinedSweeps {
  const underway = createPassing<SweepKey, Shared>();

  function start(key: SweepKey, { wanted, open, read }: Sweeping): Shared {
    const ending = new AbortController();
    const begunAt = performance.now();
    // It is that of who begins it, also when they have left.
    const meter = meterInUse();
    const wasSent = (): boolean => meter?.waited?.wasSent() === true;
    // It may itself join what was asked before. Asynchronous even if opening throws.
    const answer = traced(async () => read(open(ending.signal))).then(({ result, earlierMs }) => ({
      brought: result,
      wanted,
      begunAt: begunAt - earlierMs,
    }));
    const shared = { answer, begunAt, ending, wasSent, waiting: 0, isOver: false };
    underway.set(key, shared);
    const end = () => {
      shared.isOver = true;
      underway.drop(key, shared);
    };
    answer.then(end, end);
    return shared;
  }

  function find(key: SweepKey, maxAgeMs: number): Shared | undefined {
    const shared = underway.get(key);
    return shared !== undefined && performance.now() - shared.begunAt < maxAgeMs ? shared : undefined;
  }

  return {
    underway: (key, maxAgeMs) => find(key, maxAgeMs) !== undefined,
    join: async (key, sweep, signal, maxAgeMs) => {
      if (signal?.aborted) throw whyLeft(signal, sweep.source, false);
      const shared = find(key, maxAgeMs) ?? start(key, sweep);
      shared.waiting += 1;
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(signal && whyLeft(signal, sweep.source, shared.wasSent()));
      signal?.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([shared.answer, left.promise]);
      } finally {
        signal?.removeEventListener('abort', leave);
        shared.waiting -= 1;
        if (shared.waiting === 0 && !shared.isOver) {
          // Whoever comes now must not wait for what is being called off.
          underway.drop(key, shared);
          shared.ending.abort(signal?.reason);
        }
      }
    },
    forget: () => underway.clear(),
  };
}
