import { InputError } from '../errors.ts';
import type { ListedAccount, ListQuery } from '../sources/contract.ts';
import { type Cursor, listMark, parseCursor } from '../sources/cursor.ts';
import { type Walked, type Window, walk } from '../sources/walking.ts';
import { mustSeePeople, type OpenSource } from './context.ts';
import { hidesAddresses, matchingNames } from './matching-names.ts';

/** How many items a page has when nothing is said, and at most. */
export const pageLimits = { default: 25, most: 100 } as const;

export interface ConnectionArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Checks the four arguments of the Relay specification. Asks nothing upstream. */
export function toWindow(args: ConnectionArgs): Window {
  const { first, after, last, before } = args;
  if (last != null || before != null) {
    if (first != null || after != null)
      throw new InputError('Page either forward with first and after, or backward with last and before.');
    return { last: toCount('last', last), before: before == null ? null : parseCursor(before) };
  }
  return { first: toCount('first', first), after: after == null ? null : parseCursor(after) };
}

function toCount(name: string, count: number | null | undefined): number {
  if (count == null) return pageLimits.default;
  if (count < 0) throw new InputError(`${name} is ${count}; it must not be negative.`);
  if (count > pageLimits.most)
    throw new InputError(`${name} is ${count}; at most ${pageLimits.most} can be had at once. Use the cursor to go on.`);
  return count;
}

export const cursorOf = (window: Window): Cursor | null => ('first' in window ? window.after : window.before);

/** Reads a window of one source's list and remembers what came, so that no field below asks for it again. */
export async function walkSource(
  open: OpenSource,
  query: ListQuery,
  window: Window,
  shows: (account: ListedAccount) => boolean = () => true,
): Promise<Walked> {
  mustSeePeople(open);
  const mark = listMark([query.order, query.search, query.role]);
  const cursor = cursorOf(window);
  if (cursor !== null && (cursor.source !== open.source.id || cursor.list !== mark)) {
    throw new InputError(
      'This cursor belongs to a list with another source, order or filter. Pass the same arguments as when it was given.',
    );
  }
  const names = matchingNames(open, query.search);
  const walked = await walk(names.over(open.session().list(query)), window, {
    source: open.source.id,
    mark,
    shows,
  });
  for (const { account } of walked.rows) open.loader().prime(account);
  return query.search !== undefined && hidesAddresses(open) ? { ...walked, total: null } : walked;
}
