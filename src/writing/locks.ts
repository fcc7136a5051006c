/** Lets one at a time through for each name. */
export interface Locks {
  /** Waits for all names, in the order given; two callers must name what they share in the same order. */
  hold<Value>(names: readonly string[], act: () => Promise<Value>): Promise<Value>;
}

export function createLocks(): Locks {
  const tails = new Map<string, Promise<void>>();

  async function holdOne<Value>(name: string, act: () => Promise<Value>): Promise<Value> {
    const before = tails.get(name);
    const { promise: tail, resolve: release } = Promise.withResolvers<void>();
    tails.set(name, tail);
    await before;
    try {
      return await act();
    } finally {
      if (tails.get(name) === tail) tails.delete(name);
      release();
    }
  }

  const hold: Locks['hold'] = ([first, ...others], act) =>
    first === undefined ? act() : holdOne(first, () => hold(others, act));
  return { hold };
}
