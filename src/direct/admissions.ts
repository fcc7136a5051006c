import { createPassing } from '../passing.ts';

/** Of those who ask alike one is about to be admitted. The others wait for that, in the order in which they came. */
export interface Admissions<Key, Thing> {
  /** What comes of it. Undefined: nothing, and who is told so is the next, and has to begin at once. */
  wait(key: Key): Promise<Thing | undefined> | undefined;
  /** Call the returned function with what came of it, or with nothing; what is called after that does nothing. */
  begin(key: Key): (thing?: Thing) => void;
}

interface Row<Thing> {
  isBegun: boolean;
  readonly waiting: ((thing: Thing | undefined) => void)[];
}

/**
 * Where nothing comes of one, only the next is told. If all were, they would begin side by side; or look again, each a thousand times
 * where a thousand before them are refused.
 */
export function createAdmissions<Key, Thing>(): Admissions<Key, Thing> {
  const rows = createPassing<Key, Row<Thing>>();

  function pass(key: Key, row: Row<Thing>): void {
    row.isBegun = false;
    const next = row.waiting.shift();
    if (row.waiting.length === 0) rows.drop(key, row);
    next?.(undefined);
  }

  function tellAll(key: Key, row: Row<Thing>, thing: Thing): void {
    rows.drop(key, row);
    for (const tell of row.waiting) tell(thing);
  }

  return {
    wait: (key) => {
      const row = rows.get(key);
      return row && new Promise((resolve) => row.waiting.push(resolve));
    },
    begin: (key) => {
      const row = rows.get(key) ?? { isBegun: false, waiting: [] };
      // Whoever has waited for another in vain begins beside those who wait for each other.
      if (row.isBegun) return nothing;
      row.isBegun = true;
      rows.set(key, row);
      let isOver = false;
      return (thing) => {
        if (isOver) return;
        isOver = true;
        if (thing === undefined) pass(key, row);
        else tellAll(key, row, thing);
      };
    },
  };
}

const nothing = (): void => undefined;
