import type { TwinRequest } from '../server.ts';

/** A parameter given twice counts as both values with a comma between. */
export type Query = ReadonlyMap<string, string>;

export function readQuery(parameters: URLSearchParams): Query {
  return new Map([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** Undefined for no body, for one that cannot be parsed, and for one of an unknown type. Plain text stays text. */
export function readBody(request: TwinRequest): unknown {
  const type = request.headers['content-type'] ?? '';
  const text = request.body.toString();
  if (/^application\/([\w.]+\+)?json\b/i.test(type)) return parseJson(text);
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return parseForm(text);
  if (/^text\//i.test(type)) return text;
  return undefined;
}

/** A field of whatever was sent; undefined where there is none. */
export function fieldOf(target: unknown, name: string): unknown {
  // Every value but null and undefined becomes an object, and reading an unknown name from one is harmless.
  return target == null ? undefined : (Object(target) as Record<string, unknown>)[name];
}

export function isAjax(request: TwinRequest): boolean {
  return String(request.headers['x-requested-with'] ?? '').toLowerCase() === 'xmlhttprequest';
}

function parseJson(text: string): unknown {
  // Only objects and arrays are taken for JSON; a bare string or number is not.
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `a=1` and `a[b]=1`. */
function parseForm(text: string): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer, inner] = /^([^[]+)\[([^\]]+)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) form[name] = value;
    else form[outer] = { ...Object(form[outer] ?? {}), [inner]: value };
  }
  return form;
}
