import type { ListPage, ListReader } from './contract.ts';

/** A list's pages, each read once. */
export interface Pages {
  readonly reader: ListReader;
  read(index: number): Promise<ListPage>;
  /** Whether their totals do: then the list has changed while they were read. */
  differ(): boolean;
}

export function createPages(reader: ListReader): Pages {
  const made = new Map<number, Promise<ListPage>>();
  const totals = new Set<number>();
  const make = async (index: number): Promise<ListPage> => {
    const page = await reader.page(index);
    if (page.total !== null) totals.add(page.total);
    return page;
  };
  return {
    reader,
    read: (index) => {
      const reading = made.get(index) ?? make(index);
      made.set(index, reading);
      return reading;
    },
    differ: () => totals.size > 1,
  };
}
