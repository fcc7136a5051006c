import { z } from 'zod';
import { usualAges } from './cache/ages.ts';
import { resolveAges } from './cache/settings.ts';
import { explain, ifMissing, wording } from './config-faults.ts';
import { sourceIdPattern } from './domain/user.ts';
import type { ConfiguredSource, SourceKind } from './sources/contract.ts';

const Http = z.strictObject({
  /** Milliseconds from asking a source to the last byte of its answer. */
  deadlineMs: z.int().min(1).max(300_000).default(10_000),
  /** Milliseconds for the connection alone. */
  connectMs: z.int().min(1).max(60_000).default(3_000),
  /** The largest answer that is taken. */
  maxBytes: z.int().min(1_000).max(1_000_000_000).default(32_000_000),
  /** Milliseconds from sending to the first byte of an answer. */
  headersMs: z.int().min(1).max(300_000).optional(),
  /** What is read of a source for one operation by sweeping it: no sweep is made that is taken to bring more. */
  maxSweepBytes: z.int().min(1_000).max(1_000_000_000).default(8_000_000),
  /** Requests under way at once. */
  concurrency: z.int().min(1).max(256).default(8),
  /** Requests that may wait for their turn. */
  waiting: z.int().min(0).max(100_000).default(2_048),
  /** Further attempts of a read. */
  retries: z.int().min(0).max(5).default(2),
  /** Whether a source that fails is left alone for a while. */
  breaker: z.boolean().default(true),
});

const Quota = z.strictObject({
  /** Whether the limits that the kind is known to have are kept. */
  enabled: z.boolean().default(true),
  /** Of the limits by address, where others ask from the same one. */
  share: z.number().min(0.01).max(1).default(1),
  /** Requests of all kinds. */
  perMinute: z.int().min(1).max(1_000_000).optional(),
});

const SourceEntry = z.looseObject({
  id: z
    .string({ error: ifMissing('a name for the source, such as horde') })
    .regex(sourceIdPattern, 'must be up to 31 lower-case letters, digits and dashes, beginning with a letter'),
  kind: z.string({ error: ifMissing('its kind; docs/configuration.md has them') }),
  http: Http.prefault({}),
  /** Ages by facet, which the kind knows. */
  cache: z.unknown().optional(),
  quota: Quota.prefault({}),
});

/** An entry of the `sources` section. What else it holds is its kind's to know. */
export type SourceEntry = z.input<typeof SourceEntry>;

/** None where the entry has faults. All that can be found are told, those of the kind's own settings too. */
export function configureSource(
  entry: unknown,
  index: number,
  kinds: readonly SourceKind[],
  faults: string[],
): ConfiguredSource[] {
  const tell = (issues: readonly z.core.$ZodIssue[] = []): void => {
    faults.push(...issues.map((issue) => explain(issue, ['sources', index])));
  };
  const common = SourceEntry.safeParse(entry, { error: wording });
  tell(common.error?.issues);
  const { id: _id, kind: name, http: _http, quota: _quota, cache, ...own } = z.looseObject({}).safeParse(entry).data ?? {};
  if (typeof name !== 'string') return [];
  const kind = kinds.find((candidate) => candidate.kind === name);
  if (kind === undefined) {
    const known = kinds.map((each) => each.kind).join(', ');
    faults.push(`sources.${index}.kind is ${JSON.stringify(name)}; it must be one of ${known}`);
    return [];
  }
  const settings = kind.settings.safeParse(own, { error: wording });
  tell(settings.error?.issues);
  const resolved = resolveAges(cache, kind.ages ?? usualAges);
  faults.push(...resolved.faults.map((fault) => `sources.${index}.cache${fault}`));
  if (!common.success || !settings.success) return [];
  const { id, http, quota } = common.data;
  return [{ id, kind, settings: settings.data, ages: resolved.ages, http, quota }];
}

/** What the entries are called, faulty ones too. */
export function idsOf(entries: readonly unknown[]): string[] {
  return entries.flatMap((entry) => z.looseObject({ id: z.string() }).safeParse(entry).data?.id ?? []);
}
