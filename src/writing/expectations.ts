import type { Fault } from './refusals.ts';

/**
 * Null in what a caller expects means that there is none, and nothing else. The faults of an expectation that names as null what is
 * never absent, or cannot be seen to be: it could mean anything, so it is refused rather than passed over.
 */
export function nullFaults(
  expected: object | null | undefined,
  nullable: readonly string[] = [],
  prefix = 'ifUnchanged',
): Fault[] {
  return Object.entries(expected ?? {})
    .filter(([name, value]) => value === null && !nullable.includes(name))
    .map(([name]) => neverAbsent(prefix === '' ? name : `${prefix}.${name}`));
}

const neverAbsent = (field: string): Fault => ({
  field,
  message: 'There is always one, so null cannot be expected. Leave it out where it may be anything.',
});
