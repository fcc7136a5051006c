import { isObject, type Json } from './json.ts';
import { Refusal } from './refusals.ts';

/** Which fields of an answer were asked for, each whole or masked in turn. */
type Mask = Map<string, Mask | 'whole'>;

/** Cuts an answer down to what the `X-Fields` header names: `id,kudos` or `{id,styles{name}}`. Unknown names are passed over. */
export function applyMask(header: string | undefined, value: Json): Json {
  return header === undefined || header === '' ? value : keep(parseMask(header), value);
}

function keep(mask: Mask, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => keep(mask, item));
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [name, inner] of mask) {
    const field = value[name];
    if (field !== undefined) kept[name] = inner === 'whole' ? field : keep(inner, field);
  }
  return mask.has('*') ? { ...kept, ...without(value, kept) } : kept;
}

const without = (value: Readonly<Record<string, Json>>, taken: Readonly<Record<string, Json>>): Record<string, Json> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !(name in taken)));

function parseMask(header: string): Mask {
  const outer: Mask = new Map();
  const enclosing: Mask[] = [];
  let current = outer;
  let previous = '';
  for (const token of stripBrackets(header).match(/[{},]|[\w:*-]+/g) ?? []) {
    if (token === '{') {
      if (!current.has(previous)) throw malformed('Unexpected opening bracket');
      const inner: Mask = new Map();
      current.set(previous, inner);
      enclosing.push(current);
      current = inner;
    } else if (token === '}') {
      const parent = enclosing.pop();
      if (!parent) throw malformed('Unexpected closing bracket');
      current = parent;
    } else if (token === ',') {
      if (['', ',', '{'].includes(previous)) throw malformed('Unexpected comma');
    } else {
      current.set(token, 'whole');
    }
    previous = token;
  }
  if (enclosing.length > 0) throw malformed('Missing closing bracket');
  return outer;
}

function stripBrackets(header: string): string {
  const text = header.replaceAll('\n', '').trim();
  if (!text.startsWith('{')) return text;
  if (!text.endsWith('}')) throw malformed('Missing closing bracket');
  return text.slice(1, -1);
}

const malformed = (fault: string): Refusal => new Refusal(400, { message: `Mask parse error: ${fault}` });
