/** About what V8 needs for each, in bytes; exact enough to keep a bound that somebody set in megabytes. */
const sizes = { object: 32, slot: 12, number: 12, text: 24, date: 56 };

/**
 * Freezes plain data through and through, so that whoever is given it cannot change what is kept, and tells about how many bytes
 * it takes. What is shared by two values counts for each of them: the estimate errs upwards.
 */
export function freezeAndWeigh(value: unknown): number {
  if (typeof value === 'string') return sizes.text + value.length;
  if (typeof value === 'number') return sizes.number;
  if (typeof value !== 'object' || value === null) return 0;
  if (value instanceof Date) return sizes.date;
  Object.freeze(value);
  let bytes = sizes.object;
  for (const part of Array.isArray(value) ? value : Object.values(value)) bytes += sizes.slot + freezeAndWeigh(part);
  return bytes;
}
