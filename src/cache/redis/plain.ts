/** Deeper than anything that is kept. */
const deepest = 32;

/** Whether it is made of objects, lists, texts, numbers, switches, valid times and absences alone, and ends somewhere. */
export function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'symbol' && typeof value !== 'function';
  if (depth > deepest) return false;
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((each) => isPlain(each, depth + 1));
}
