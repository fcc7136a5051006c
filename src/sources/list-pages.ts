import type { SourceError } from '../errors.ts';
import type { ListPage, ListReader } from './contract.ts';

/** A list's pages, each read once. */
export interface Pages {
  readonly reader: ListReader;
  read(index: number): Promise<ListPage>;
  /** Whether they do not fit together: the list has changed, or may have, between the reading of one and of another. */
  differ(): boolean;
  /** Those that were read just now and do fit together. */
  fitting(): ReadonlyMap<number, ListPage>;
  /** All that were read, as they were before. Undefined where one of them is not there any more, or they did not fit together then. */
  earlier(): Promise<ReadonlyMap<number, ListPage> | undefined>;
  /** Why one stands in from before, if one does. */
  failure(): SourceError | undefined;
}

/** Kept pages may belong to one window if they were read so close to one another, in milliseconds, as one walk reads them. */
const togetherMs = 1_000;

/** Given pages are taken as read, and all others are then read past what is kept. */
export function createPages(reader: ListReader, given?: ReadonlyMap<number, ListPage>): Pages {
  const made = new Map<number, Promise<ListPage>>();
  const read = new Map<number, ListPage>();
  const make = async (index: number): Promise<ListPage> => {
    const page = given?.get(index) ?? (await reader.page(index, given !== undefined));
    read.set(index, page);
    return page;
  };
  const failure = (): SourceError | undefined => [...read.values()].find(({ standsInFor }) => standsInFor)?.standsInFor;
  return {
    reader,
    read: (index) => {
      const reading = made.get(index) ?? make(index);
      made.set(index, reading);
      return reading;
    },
    differ: () => differ([...read.values()], reader),
    fitting: () => {
      const newest = new Map([...read].filter(([, { kept }]) => kept !== true));
      return differ([...newest.values()], reader) ? new Map() : newest;
    },
    earlier: async () => {
      const then = new Map<number, ListPage>();
      for (const [index, page] of read) {
        const before = page.kept === true ? page : await page.earlier?.();
        if (before === undefined) return undefined;
        then.set(index, before);
      }
      return differ([...then.values()], reader) ? undefined : then;
    },
    failure,
  };
}

function differ(pages: readonly ListPage[], { stableOrder }: ListReader): boolean {
  const totals = new Set(pages.flatMap(({ total }) => total ?? []));
  if (totals.size > 1) return true;
  // Where rows only ever come at the end, an older page is still a page of the same list.
  if (stableOrder || pages.every(({ kept }) => kept !== true)) return false;
  // Between an old page and a new one a row may have moved from this to that, with another come in its place: the total tells nothing.
  if (pages.some(({ kept }) => kept !== true)) return true;
  const times = pages.flatMap(({ readAt }) => readAt ?? []);
  return Math.max(...times) - Math.min(...times) > togetherMs;
}
