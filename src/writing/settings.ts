import { z } from 'zod';

/** What the configuration says of writes. */
export const WriteSettings = z.strictObject({
  /** A file of this process alone, in which attempts with an idempotencyKey outlive a crash. Absent: they do not. */
  journal: z.string().min(1).optional(),
  /** Hours for which an idempotencyKey stands for the attempt it was first used for. */
  rememberHours: z.number().positive().max(8_760).default(24),
  /** How many attempts are remembered of all callers; beyond that whoever has the most loses the oldest of theirs early. */
  rememberAtMost: z.int().min(1).max(1_000_000).default(10_000),
});
export type WriteSettings = z.output<typeof WriteSettings>;

/** What the configuration says of the record of writes. It always goes to the log; to a file only where one is named. */
export const AuditSettings = z.strictObject({
  file: z.string().min(1).optional(),
  /** The file is put aside when it would grow beyond this. */
  maxBytes: z.int().min(1_000).max(10_000_000_000).default(10_000_000),
  /** How many files put aside are kept: `<file>.1` is the newest. */
  keep: z.int().min(1).max(1_000).default(10),
});
export type AuditSettings = z.output<typeof AuditSettings>;
