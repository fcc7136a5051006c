import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Invalidation, SecondLevel } from '../second-level.ts';
import { parseRedisUrl } from './address.ts';
import { createChanges } from './changes.ts';
import { type Connection, connect } from './connection.ts';
import { createDebts } from './debts.ts';
import { type Fetching, fetchAll, nothing } from './fetching.ts';
import { type FingerprintedSource, fingerprint } from './fingerprints.ts';
import { invalidateAll, readMessage } from './invalidating.ts';
import { keepLink } from './link.ts';
import { channelOf, namesOf } from './names.ts';
import { createPutQueue } from './put-queue.ts';
import { putAll } from './putting.ts';
import type { RedisSettings } from './settings.ts';
import { createStanding } from './standing.ts';
import { late, within } from './within.ts';

export interface RedisLevelOptions extends RedisSettings {
  /** Those that anything can be kept of. */
  readonly sources: readonly FingerprintedSource[];
  readonly log: Logger;
  readonly now?: () => number;
}

/** A memory in Redis, shared by all processes that are given the same address and prefix. */
export interface RedisLevel extends SecondLevel {
  /** Resolves when the first attempt to reach it has succeeded or failed. Nobody has to wait for that. */
  readonly opened: Promise<void>;
}

/** Begins to connect at once and goes on trying until it is closed. Throws only for an address that is none. */
export function openRedisLevel({ url, prefix, deadlineMs, log, now = Date.now, ...options }: RedisLevelOptions): RedisLevel {
  const address = parseRedisUrl(url);
  if (address === null) throw new Error('The address of the shared cache is none of a Redis.');
  const sources = new Map(options.sources.map((source) => [source.id, fingerprint(source)]));
  const by = randomUUID();
  const channel = channelOf(prefix);
  const standing = createStanding(log);
  const debts = createDebts();
  const changes = createChanges();
  const listeners = new Set<Parameters<SecondLevel['onInvalidation']>[0]>();

  const tell = (invalidation: Invalidation, isHeard: boolean): void => {
    changes.note(invalidation.source);
    for (const listener of listeners) listener(invalidation, isHeard);
  };
  const hear = (text: string): void => {
    const invalidation = readMessage(text, { by, sources });
    if (invalidation !== undefined) tell(invalidation, true);
  };
  const fetchingOver = (connection: Connection): Fetching => ({
    ...{ connection, sources, names: namesOf(prefix, connection.run), now: now() },
    refused: standing.refused,
  });
  const settle = async (connection: Connection, owed: readonly Invalidation[]): Promise<void> => {
    await invalidateAll(owed, { connection, names: namesOf(prefix, connection.run), channel, sources, by });
    debts.settle(owed);
  };
  const link = keepLink({
    connect: (signal) => connect({ address, channel, hear, signal }),
    makeGood: async (connection) => {
      await settle(connection, debts.all());
      for (const source of sources.keys()) tell({ source, account: null }, false);
    },
    deadlineMs,
    standing,
  });
  const puts = createPutQueue<Parameters<SecondLevel['put']>[0][number]>(async (items) => {
    const connection = link.quick();
    if (connection !== undefined) await putAll(items, fetchingOver(connection)).catch(() => undefined);
  });

  return {
    opened: link.opened,
    fetch: async (keys) => {
      const connection = link.quick();
      if (connection === undefined || keys.length === 0) return keys.map(() => nothing);
      const isUnchanged = changes.watch();
      const asked = performance.now();
      const fetched = await within(fetchAll(keys, fetchingOver(connection)), deadlineMs).catch(() => null);
      // A connection that ended is the link's to see.
      if (fetched !== null) link.answered(asked, fetched !== late);
      if (fetched === null || fetched === late) return keys.map(() => nothing);
      // The message of an invalidation may have been faster than an answer from before it.
      return fetched.map((each, at) => (isUnchanged(keys[at]?.source ?? '') ? each : nothing));
    },
    put: puts.add,
    invalidate: async (invalidation) => {
      if (!sources.has(invalidation.source)) return;
      changes.note(invalidation.source);
      const debt = debts.owe(invalidation);
      const connection = link.any();
      if (connection === undefined) return;
      // Without it others would go on reading what is wrong: who cannot do it is not asked for anything else either.
      const settled = settle(connection, [debt]).then(
        () => true,
        (error: unknown) => void connection.end(error),
      );
      // It comes when it comes: what is asked on this connection afterwards is answered after it.
      if (link.quick() === undefined) return;
      const asked = performance.now();
      const came = await within(settled, deadlineMs * longerForWrites);
      // One that took longer than a read may, and less than it may itself, says neither.
      if (came === late) link.answered(asked, false);
      else if (came === true && performance.now() - asked <= deadlineMs) link.answered(asked, true);
    },
    onInvalidation: (listener) => {
      listeners.add(listener);
    },
    close: link.close,
  };
}

/** A mutation takes its time anyway, and of what is given up others go on reading what was before. */
const longerForWrites = 10;
