/**
 * Whether `text`, the JSON of this value, is that of another one, too: JSON has no word for what is larger than any number, such as
 * `1e999`, and writes null for it.
 */
export const isBlurred = (text: string, value: unknown): boolean => text.includes('null') && holdsInfinite(value);

const holdsInfinite = (value: unknown): boolean =>
  typeof value === 'number'
    ? !Number.isFinite(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(holdsInfinite);
