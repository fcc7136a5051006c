import { pino } from 'pino';
import { cacheKey } from '../../src/cache/key.ts';
import type { FingerprintedSource } from '../../src/cache/redis/fingerprints.ts';
import { openRedisLevel, type RedisLevel } from '../../src/cache/redis/level.ts';
import type { Invalidation, Kept } from '../../src/cache/second-level.ts';

export const horde: FingerprintedSource = {
  id: 'horde',
  kind: 'AI_HORDE',
  url: 'https://horde.example/api',
  settings: { apiKey: 'service-key-in-clear' },
};
export const webui: FingerprintedSource = { id: 'webui', kind: 'OPEN_WEBUI', url: 'https://chat.example', settings: {} };

export const service = { class: 'service', key: 'service-key-in-clear' } as const;
export const nobody = { class: 'none' } as const;
export const caller = (name: string) => ({ class: 'caller', key: `key-of-${name}-in-clear`, holder: `holder-${name}` }) as const;

export const account = (id: string, credential: Parameters<typeof cacheKey>[1] = service) =>
  cacheKey('horde', credential, 'account', id);
export const page = (id: string) => cacheKey('horde', service, 'page', id);

/** What one process holds of Redis. */
export interface Process extends AsyncDisposable {
  readonly level: RedisLevel;
  /** What it was told to drop, but for the time before it was connected. */
  readonly heard: Invalidation[];
  readonly logged: readonly Record<string, unknown>[];
  /** The value, or undefined. */
  look(key: ReturnType<typeof cacheKey>): Promise<unknown>;
  /** Begins to read; what is returned keeps what was read then. */
  read(
    key: ReturnType<typeof cacheKey>,
  ): Promise<(value: unknown, options?: { forMs?: number; readAt?: number }) => Promise<void>>;
  /** Both at once. */
  keep(key: ReturnType<typeof cacheKey>, value: unknown, options?: { forMs?: number; readAt?: number }): Promise<void>;
}

export type ProcessOptions = Partial<Parameters<typeof openRedisLevel>[0]>;

/** One that was opened. Patient unless told otherwise: the machine may be busy. */
export async function startProcess(url: string, options: ProcessOptions = {}): Promise<Process> {
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { base: null, formatters: { level: (level) => ({ level }) } },
    { write: (line) => logged.push(JSON.parse(line)) },
  );
  const level = openRedisLevel({ url, prefix: 'test', deadlineMs: 8_000, sources: [horde, webui], log, ...options });
  await level.opened;
  const heard: Invalidation[] = [];
  level.onInvalidation((invalidation) => heard.push(invalidation));

  const fetchOne = async (key: ReturnType<typeof cacheKey>) => {
    const [found] = await level.fetch([key]);
    if (found === undefined) throw new Error('As many answers as keys.');
    return found;
  };
  const read: Process['read'] = async (key) => {
    const { ticket } = await fetchOne(key);
    return async (value, { forMs = 60_000, readAt = Date.now() } = {}) => {
      const kept: Kept = { value, readAt };
      level.put([{ key, kept, ticket, forMs }]);
      // It goes after this turn, and what is asked on the same connection then is answered after it.
      await new Promise((resolve) => setImmediate(resolve));
      await fetchOne(key);
    };
  };
  return {
    level,
    heard,
    logged,
    look: async (key) => (await fetchOne(key)).kept?.value,
    read,
    keep: async (key, value, keeping) => (await read(key))(value, keeping),
    [Symbol.asyncDispose]: () => level.close(),
  };
}
