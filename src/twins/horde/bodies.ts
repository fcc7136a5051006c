import type { TwinRequest } from '../server.ts';
import { headerOf } from './ask.ts';
import { invalidInput, refuse, unreadableBody } from './refusals.ts';

/** For endpoints that check their body by schema: anything but JSON is turned down. */
export function readJson(request: TwinRequest): unknown {
  const parsed = parse(request);
  if (parsed === undefined) throw unreadableBody();
  return parsed;
}

/** For the others: a body of another type, broken JSON or no object counts as empty. */
export function readFields(request: TwinRequest): Readonly<Record<string, unknown>> {
  const parsed = parse(request);
  return isFields(parsed) ? parsed : {};
}

export const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A whole number as Python's `int()` reads it: `10.9` is 10, `"12"` is 12, `"abc"` a fault. Absent and null: `fallback`. */
export function readInt<T>(fields: Readonly<Record<string, unknown>>, name: string, purpose: string, fallback: T): number | T {
  const value = fields[name];
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return intOf(value, name, purpose);
  throw invalidInput({
    [name]: `${purpose} int() argument must be a string, a bytes-like object or a real number, not '${pythonType(value)}'`,
  });
}

export function intOf(text: string, name: string, purpose: string): number {
  if (/^\s*[+-]?\d+(_\d+)*\s*$/.test(text)) return Number(text.replaceAll('_', ''));
  throw invalidInput({ [name]: `${purpose} invalid literal for int() with base 10: ${pythonRepr(text)}` });
}

/** As Python shows a value in its complaints. */
export function pythonRepr(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    return quote + value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
  }
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isFields(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${pythonRepr(key)}: ${pythonRepr(item)}`)
      .join(', ')}}`;
  }
  return String(value);
}

const pythonType = (value: unknown): string => (Array.isArray(value) ? 'list' : 'dict');

function parse(request: TwinRequest): unknown {
  const type = headerOf(request, 'content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) return undefined;
  const text = request.body.toString('utf8');
  if (/\0|\\u0000/.test(text)) throw refuse(400, 'NUL bytes are not allowed in the payload.', 'NulByteInPayload');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
