const FLOAT = Symbol('float');

/** A number that Python holds as a float, and therefore writes as `25.0` where an integer would be `25`. */
export interface Float {
  readonly [FLOAT]: number;
}

export type Json = null | boolean | number | string | Float | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export const float = (value: number): Float => ({ [FLOAT]: value });

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(FLOAT in value);
}

/** JSON as the Horde writes it: a space after commas and colons, ASCII only, floats with a point. */
export function encode(value: Json): string {
  if (typeof value === 'string') return encodeText(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(encode).join(', ')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${encodeText(key)}: ${encode(item)}`);
    return `{${entries.join(', ')}}`;
  }
  // Neither text, list nor object is left but the float.
  return encodeFloat((value as Float)[FLOAT]);
}

function encodeText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function encodeFloat(value: number): string {
  if (Math.abs(value) >= 1e16) return value.toExponential();
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
