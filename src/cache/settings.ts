import { z } from 'zod';
import { type Age, ageOf, never, otherAges, type SourceAges } from './ages.ts';
import { RedisSettings } from './redis/settings.ts';

/** The `cache` section. */
export const CacheSettings = z.strictObject({
  enabled: z.boolean().default(true),
  /** About how much is kept in this process's memory. */
  maxMegabytes: z.number().min(1).max(100_000).default(64),
  /** A memory that several processes share. */
  redis: RedisSettings.optional(),
});

export type CacheSettings = z.infer<typeof CacheSettings>;

/** A month: what is older than that is no answer to anything. */
const longest = 2_592_000;

const Seconds = z.number().min(0).max(longest);

/** What the configuration says of an age; what it does not say stays. `false`: not kept at all. */
const AgeSettings = z.union([
  z.literal(false),
  z.strictObject({
    fresh: Seconds.optional(),
    staleWhileRevalidate: Seconds.optional(),
    staleIfError: Seconds.optional(),
  }),
]);

type AgeSettings = z.infer<typeof AgeSettings>;

/** The kind's ages with what the configuration says instead. Tells what is wrong by the key, in sentences. */
export function resolveAges(input: unknown, ages: SourceAges): { ages: SourceAges; faults: readonly string[] } {
  const shape = z.record(z.string(), z.unknown()).safeParse(input ?? {});
  if (!shape.success) return { ages, faults: [': must hold ages by facet'] };
  const faults: string[] = [];
  const facets: Record<string, Age> = { ...ages.facets };
  const others: Record<string, Age> = {};
  let { nobody } = ages;
  for (const [name, value] of Object.entries(shape.data)) {
    if (name === 'nobody') {
      const seconds = Seconds.safeParse(value);
      if (seconds.success) nobody = seconds.data;
      else faults.push(`.nobody: must be a number of seconds from 0 to ${longest}`);
      continue;
    }
    const isOther = otherAges.some((other) => other === name);
    if (!isOther && !Object.hasOwn(ages.facets, name)) {
      const known = [...Object.keys(ages.facets), ...otherAges, 'nobody'].join(', ');
      faults.push(`: unknown ${JSON.stringify(name)}; this kind of source has ${known}`);
      continue;
    }
    const given = AgeSettings.safeParse(value);
    if (!given.success) {
      faults.push(
        `.${name}: must be false, or hold fresh, staleWhileRevalidate or staleIfError, each a number of seconds from 0 to ${longest}`,
      );
      continue;
    }
    if (isOther && given.data !== false && given.data.staleWhileRevalidate) {
      faults.push(
        `.${name}.staleWhileRevalidate: must be 0, as it is not read anew behind an answer; fresh and staleIfError may be longer`,
      );
      continue;
    }
    if (isOther) others[name] = laidOver(ages[name as (typeof otherAges)[number]], given.data);
    else facets[name] = laidOver(ageOf(name, ages), given.data);
  }
  // Only names of the three go in.
  return { ages: { ...ages, ...(others as Partial<SourceAges>), facets, nobody }, faults };
}

function laidOver(age: Age, given: AgeSettings): Age {
  if (given === false) return never;
  const { fresh = age.fresh, staleWhileRevalidate = age.staleWhileRevalidate, staleIfError = age.staleIfError } = given;
  return { fresh, staleWhileRevalidate, staleIfError };
}
