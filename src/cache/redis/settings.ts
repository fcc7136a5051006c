import { z } from 'zod';
import { parseRedisUrl } from './address.ts';

const urlForm =
  'redis://host:port/db or rediss://…, with user:password@ before the host where one is needed, their special characters percent-encoded';

/** The configuration's `cache.redis`: a memory that several processes share. */
export const RedisSettings = z.strictObject({
  /** `redis://user:password@host:port/db`, or `rediss://` for TLS. */
  url: z
    .string({ error: ({ input }) => `${input == null ? 'is missing; write' : 'must be'} ${urlForm}` })
    .refine((text) => parseRedisUrl(text) !== null, `must be ${urlForm}`),
  /** How the names of all its keys begin. */
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9:._-]{1,64}$/, 'must be up to 64 letters, digits, colons, dots, dashes and underscores')
    .default('rollcall'),
  /** Milliseconds that an operation waits for it before it goes on without. */
  deadlineMs: z.int().min(1).max(10_000).default(50),
});

export type RedisSettings = z.output<typeof RedisSettings>;
