import { z } from 'zod';
import type { Invalidation } from '../second-level.ts';
import type { Connection } from './connection.ts';
import type { SourceFingerprint } from './fingerprints.ts';
import type { Names } from './names.ts';

const Message = z.object({ by: z.string(), upstream: z.string(), account: z.string().nullable() });

export interface Invalidating {
  readonly connection: Connection;
  readonly names: Names;
  readonly channel: string;
  readonly sources: ReadonlyMap<string, SourceFingerprint>;
  /** This process, which does not have to hear of it. */
  readonly by: string;
}

/** For all credential classes at once. Removes and writes nothing, which Redis does even when it is full. Rejects when it did not. */
export async function invalidateAll(invalidations: readonly Invalidation[], invalidating: Invalidating): Promise<void> {
  const { connection, names, channel, sources, by } = invalidating;
  const pipeline = connection.commands.pipeline();
  for (const { source: id, account } of invalidations) {
    const source = sources.get(id);
    if (source === undefined) continue;
    const { upstream } = source;
    pipeline.unlink(
      names.generation(upstream),
      account === null ? names.epoch(upstream) : names.entry(upstream, 'account', account),
    );
    pipeline.publish(channel, JSON.stringify({ by, upstream, account } satisfies z.infer<typeof Message>));
  }
  if (pipeline.length === 0) return;
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
}

/** What another process invalidated; undefined when it was this one, when the source is none of ours, or when it makes no sense. */
export function readMessage(text: string, { by, sources }: Pick<Invalidating, 'by' | 'sources'>): Invalidation | undefined {
  const message = Message.safeParse(parseJson(text)).data;
  if (message === undefined || message.by === by) return undefined;
  const source = [...sources].find(([, { upstream }]) => upstream === message.upstream)?.[0];
  return source === undefined ? undefined : { source, account: message.account };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
