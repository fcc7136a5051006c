import type { Invalidation } from '../second-level.ts';

/** Beyond that they are put together to everything of their source. */
const most = 1_000;

/** Invalidations that Redis has not confirmed. They are made good before it is read again. */
export interface Debts {
  /** What is returned is to be settled. */
  owe(invalidation: Invalidation): Invalidation;
  settle(debts: readonly Invalidation[]): void;
  all(): readonly Invalidation[];
}

export function createDebts(): Debts {
  const open = new Map<string, Invalidation>();
  const nameOf = ({ source, account }: Invalidation): string => JSON.stringify([source, account]);

  function owe({ source, account }: Invalidation): Invalidation {
    const debt = { source, account };
    open.set(nameOf(debt), debt);
    if (open.size > most) putTogether();
    return debt;
  }

  function putTogether(): void {
    const sources = new Set([...open.values()].map(({ source }) => source));
    open.clear();
    for (const source of sources) owe({ source, account: null });
  }

  return {
    owe,
    // One that was owed again since then is another.
    settle: (debts) => {
      for (const debt of debts) if (open.get(nameOf(debt)) === debt) open.delete(nameOf(debt));
    },
    all: () => [...open.values()],
  };
}
