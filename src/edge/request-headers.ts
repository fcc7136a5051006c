import type { IncomingHttpHeaders } from 'node:http';

/** As much of WHATWG's `Headers` as telling callers apart takes. Names are in lower case. */
export interface RequestHeaders {
  get(name: string): string | null;
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** A Node request's headers looked at in place: nothing is copied. */
export function headersOf(incoming: IncomingHttpHeaders): RequestHeaders {
  const get = (name: string): string | null => {
    const value = incoming[name];
    return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
  };
  return {
    get,
    has: (name) => incoming[name] !== undefined,
    keys: () => Object.keys(incoming),
  };
}
