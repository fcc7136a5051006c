import type { Logger } from 'pino';
import { type Cache, createCache } from './cache/cache.ts';
import type { FingerprintedSource } from './cache/redis/fingerprints.ts';
import { openRedisLevel } from './cache/redis/level.ts';
import type { SecondLevel } from './cache/second-level.ts';
import type { Config } from './config.ts';

export interface CacheMeans {
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A clock that only goes forward, in milliseconds. */
  readonly steady: () => number;
  /** What several processes share, if it is not the Redis that is configured. */
  readonly second: SecondLevel | undefined;
  /** Told of the source whenever another process has dropped something of it. */
  readonly onHeard: (source: string) => void;
}

/** What is kept between operations, in this process and where the configuration says so in Redis. */
export function openCache({ cache, sources }: Config, { log, now, steady, second, onHeard }: CacheMeans): Cache {
  const { enabled, redis } = cache;
  const shared = enabled && redis ? { ...redis, sources: sources.map(asShared), log } : undefined;
  return createCache({ ...cache, now, steady, onHeard, second: second ?? (shared && openRedisLevel(shared)) });
}

/** What of a source decides who may read what others keep of it. */
const asShared = ({ id, kind, settings }: Config['sources'][number]): FingerprintedSource => ({
  ...{ id, kind: kind.kind, settings },
  url: kind.address(settings).url,
});
