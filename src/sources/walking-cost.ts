import type { ListReader } from './contract.ts';
import { markCount } from './cursor.ts';
import { searchRadius } from './finding-again.ts';
import type { Window } from './walking.ts';

/**
 * How many pages of a list that keeps still are read for a window at most, `skipped` rows of it being left out. A list that
 * changes while it is read may be read up to three times.
 */
export function pagesAtMost({ pageSize }: Pick<ListReader, 'pageSize'>, window: Window, skipped: number): number {
  const around = 2 * searchRadius(pageSize) + 1;
  // A window begins and ends in the middle of a page, and looks one row further.
  if ('first' in window) {
    const read = Math.ceil((window.first + skipped) / pageSize) + 2;
    return window.after === null ? read : around + read;
  }
  const read = Math.ceil((window.last + skipped + markCount) / pageSize) + 2;
  // The first page tells where the end is.
  return window.before === null ? 1 + read : around + read;
}
