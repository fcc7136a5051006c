import { randomUUID } from 'node:crypto';
import type { CacheKey } from '../key.ts';
import type { Kept, Ticket } from '../second-level.ts';
import type { Connection } from './connection.ts';
import { readEntry } from './entry.ts';
import type { SourceFingerprint } from './fingerprints.ts';
import { fieldOf, type Names } from './names.ts';
import { stampFor, type TicketContent, writeTicket } from './ticket.ts';

export interface Fetched {
  readonly kept: Kept | undefined;
  readonly ticket: Ticket;
}

export const nothing: Fetched = { kept: undefined, ticket: '' };

/** Milliseconds after which generations and epochs are made anew, which costs what was kept under the old ones. */
const renewal = 7 * 86_400_000;

export interface Fetching {
  readonly connection: Connection;
  readonly names: Names;
  readonly sources: ReadonlyMap<string, SourceFingerprint>;
  readonly now: number;
  /** Told of an error that Redis answered with. */
  readonly refused: (error: unknown) => void;
}

/**
 * Everything in one round trip. A source's generation is read before its entries: an invalidation between the two then leaves a ticket
 * that is too old, and not an entry that is.
 */
export async function fetchAll(keys: readonly CacheKey[], fetching: Fetching): Promise<Fetched[]> {
  const { connection, names, sources, now, refused } = fetching;
  const pipeline = connection.commands.pipeline();
  const asked = [...new Set(keys.map(({ source }) => source))].flatMap((id) => {
    const source = sources.get(id);
    return source === undefined ? [] : [{ id, source }];
  });
  for (const { source } of asked) {
    const [generation, epoch] = [names.generation(source.upstream), names.epoch(source.upstream)];
    pipeline
      .set(generation, randomUUID(), 'PX', renewal, 'NX')
      .set(epoch, randomUUID(), 'PX', renewal, 'NX')
      .mget(generation, epoch);
  }
  for (const { source: id, what, id: which, credential } of keys) {
    const source = sources.get(id);
    if (source !== undefined) pipeline.hget(names.entry(source.upstream, what, which), fieldOf(credential, source));
  }
  const answers = ((await pipeline.exec()) ?? []).map(([error, answer]) => {
    if (error !== null) refused(error);
    return error === null ? answer : undefined;
  });

  const tickets = new Map<string, TicketContent>();
  for (const { id } of asked) {
    const [, , state] = answers.splice(0, 3);
    const [generation, epoch] = Array.isArray(state) ? state : [];
    if (typeof generation === 'string' && typeof epoch === 'string') tickets.set(id, { generation, epoch });
  }
  return keys.map((key) => {
    const answer = sources.has(key.source) ? answers.shift() : undefined;
    const ticket = tickets.get(key.source);
    if (ticket === undefined) return nothing;
    return { kept: readEntry(answer, stampFor(key.what, ticket), now), ticket: writeTicket(ticket) };
  });
}
