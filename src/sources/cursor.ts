import { hash } from 'node:crypto';
import { z } from 'zod';
import { InputError } from '../errors.ts';

/** A place in a list: behind a row, which is known again by its own mark and by those of the rows before it. */
export interface Cursor {
  readonly source: string;
  /** Tells lists apart that differ in order or filter. */
  readonly list: string;
  /** Both from 0. */
  readonly page: number;
  readonly index: number;
  /** Always `markCount` of them, the last one being the row's own. Where fewer rows come before it, marks of `beginning` fill up. */
  readonly marks: readonly string[];
}

export const markCount = 8;
const markLength = 6;

/** As if rows stood before the first one that nobody can delete. No row has such a mark. */
export const beginning: readonly string[] = Array.from({ length: markCount }, (_, row) => `beginning ${row}`);

/** Enough to know a row again among a few hundred others, and no id in clear. */
export const markOf = (id: string): string => digest(id).slice(0, markLength);

/** The part of a cursor that ties it to an order and a filter. */
export const listMark = (parts: readonly (string | undefined)[]): string =>
  digest(parts.map((part) => part ?? '').join('\0')).slice(0, 10);

const Wire = z.tuple([
  z.literal(1),
  z.string(),
  z.string(),
  z.int().min(0).max(1_000_000),
  z.int().min(0).max(1_000),
  z.string().regex(new RegExp(`^(?:[\\w-]{${markLength}}){1,${markCount}}$`)),
]);

/** Begins with a check on the rest, so that a cursor which was cut or changed is not taken for another place. */
export function formatCursor({ source, list, page, index, marks }: Cursor): string {
  const real = marks.filter((mark) => !beginning.includes(mark));
  const wire = [1, source, list, page, index, real.join('')] satisfies z.input<typeof Wire>;
  const text = Buffer.from(JSON.stringify(wire)).toString('base64url');
  return `${checkOn(text)}${text}`;
}

export function parseCursor(cursor: string): Cursor {
  const text = cursor.slice(checkLength);
  if (cursor.length > 400 || checkOn(text) !== cursor.slice(0, checkLength)) throw notOurs();
  const parsed = Wire.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success) throw notOurs();
  const [, source, list, page, index, joined] = parsed.data;
  const real = joined.match(new RegExp(`.{${markLength}}`, 'g')) ?? [];
  return { source, list, page, index, marks: [...beginning, ...real].slice(-markCount) };
}

const checkLength = 6;

const checkOn = (text: string): string => digest(text).slice(0, checkLength);

const digest = (text: string): string => hash('sha256', text, 'base64url');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const notOurs = (): InputError =>
  new InputError('This cursor was not given by this list. Pass one that an edge or a pageInfo of it had.');
