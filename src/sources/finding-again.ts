import type { ListReader } from './contract.ts';
import { beginning, type Cursor, markCount, markOf } from './cursor.ts';
import type { Pages } from './list-pages.ts';

/** Behind a row; index -1 is before the first of the page. */
export interface Place {
  readonly page: number;
  readonly index: number;
}

/** A place, with the marks by which it will be known again. */
export type Trail = Place & Pick<Cursor, 'marks'>;

/** So many of a cursor's marks must be found: three rows may be deleted where it stands, its own among them. */
const marksNeeded = 5;

/** Between two marks of a list that is ordered by a value, this many new rows may have come to stand. */
const roomForNewRows = 10;

/** A row in sight. */
interface Row extends Place {
  readonly mark: string;
}

/** Behind the row itself, or, where it is gone, behind the nearest one before it. */
export type Found = Trail & { readonly isRowItself: boolean };

/**
 * Where the row that a trail ends with stands now. Rows move when others come and go, and are known again by standing together
 * as before: a list that was put in another order meanwhile must not be taken for the old one. Null when the place is lost.
 */
export async function findAgain(lost: Trail, pages: Pages): Promise<Found | null> {
  const { stableOrder } = pages.reader;
  const room = stableOrder ? 0 : roomForNewRows;
  let sight: readonly Row[] = [];
  let ended = false;
  let run: Run | undefined;
  for (const page of pagesAround(lost.page, pages.reader)) {
    if (page > lost.page && ended) continue;
    const { accounts, more } = await pages.read(page);
    const known = new Set(sight.map(({ mark }) => mark));
    const rows = accounts
      .map(({ id }, index) => ({ page, index, mark: markOf(id) }))
      // A row that moved over the border between two pages while they were read comes twice.
      .filter(({ mark }) => !known.has(mark));
    sight = page < lost.page ? [...rows, ...sight] : [...sight, ...rows];
    if (page === 0) sight = [...beginning.map((mark) => ({ page, index: -1, mark })), ...sight];
    if (page >= lost.page) ended = !more;
    run = longestRun(sight, lost.marks, room);
    if (run !== undefined && isEnough(run, sight, ended || stableOrder)) break;
  }
  const row = run === undefined ? undefined : sight[run.position];
  if (run === undefined || row === undefined) return null;
  const now = sight.slice(0, run.position + 1).map(({ mark }) => mark);
  return { page: row.page, index: row.index, marks: [...lost.marks, ...now].slice(-markCount), isRowItself: run.isRowItself };
}

/** Whether no page more need be read: marks for the next cursor are in sight, and the row itself is, unless it is gone. */
function isEnough({ position, isRowItself }: Run, sight: readonly Row[], nothingFollows: boolean): boolean {
  if (position + 1 < markCount) return false;
  // New rows may have pushed it off the last page in sight.
  return isRowItself || nothingFollows || position + markCount + roomForNewRows < sight.length;
}

/** The page itself, then its neighbours, nearest first: three to either side, or as many as the marks fill if pages are tiny. */
function pagesAround(page: number, { pageSize, stableOrder }: ListReader): number[] {
  const distances = Array.from({ length: searchRadius(pageSize) }, (_, distance) => distance + 1);
  // In a list that only grows at its end rows never move backward.
  const neighbours = distances.flatMap((distance) => (stableOrder ? [page - distance] : [page - distance, page + distance]));
  return [page, ...neighbours].filter((candidate) => candidate >= 0);
}

export const searchRadius = (pageSize: number): number => Math.max(3, Math.ceil((2 * markCount) / pageSize));

interface Run {
  /** Of its last row, in the rows in sight. */
  readonly position: number;
  readonly isRowItself: boolean;
}

/** The most marks that still stand in their order and near each other, if they are enough. */
function longestRun(sight: readonly Row[], marks: readonly string[], room: number): Run | undefined {
  const positions = marks.map((mark) => sight.findIndex((row) => row.mark === mark));
  const lengths: number[] = [];
  for (const [mark, position] of positions.entries()) {
    const before = lengths.filter((_, earlier) => isNear(position - (positions[earlier] ?? position), mark - earlier + room));
    lengths.push(position < 0 ? Number.NEGATIVE_INFINITY : 1 + Math.max(0, ...before));
  }
  const longest = Math.max(...lengths);
  const last = lengths.lastIndexOf(longest);
  const position = positions[last];
  if (position === undefined || longest < marksNeeded) return undefined;
  return { position, isRowItself: last === marks.length - 1 };
}

const isNear = (gap: number, most: number): boolean => gap >= 1 && gap <= most;
