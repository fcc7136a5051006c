import { isWhole, notWhole } from './fields.ts';
import { Refusal, Unhandled } from './refusal.ts';

interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

/** A whole number from the query; null when it is not there. */
export function readNumber(query: URLSearchParams, name: string, { least, most }: Bounds = {}): number | null {
  const input = query.get(name);
  if (input === null) return null;
  const loc = ['query', name];
  if (!isWhole(input)) throw new Refusal(422, [notWhole(input, loc)]);
  const value = Number(input);
  if (least !== undefined && value < least) {
    const msg = `Input should be greater than or equal to ${least}`;
    throw new Refusal(422, [{ type: 'greater_than_equal', loc, msg, input, ctx: { ge: least } }]);
  }
  if (most !== undefined && value > most) {
    const msg = `Input should be less than or equal to ${most}`;
    throw new Refusal(422, [{ type: 'less_than_equal', loc, msg, input, ctx: { le: most } }]);
  }
  return value;
}

/** The page of a list, 1 when not given. A number the database cannot take brings the server down a peg. */
export function readPage(query: URLSearchParams): number {
  const page = readNumber(query, 'page') ?? 1;
  if (Math.abs(page) >= 2 ** 63) throw new Unhandled('The offset does not fit into 64 bits.');
  return page;
}

/** Null when not given. */
export function readFlag(query: URLSearchParams, name: string): boolean | null {
  const input = query.get(name);
  if (input === null) return null;
  if (['true', '1', 'yes', 'on', 't', 'y'].includes(input.toLowerCase())) return true;
  if (['false', '0', 'no', 'off', 'f', 'n'].includes(input.toLowerCase())) return false;
  const msg = 'Input should be a valid boolean, unable to interpret input';
  throw new Refusal(422, [{ type: 'bool_parsing', loc: ['query', name], msg, input }]);
}
