/** Whoever asks after the answer to a write is told nothing from before it. Times in milliseconds since 1970. */
export interface Floors {
  /** Since `setAt` it has been what the answer, which came at `answeredAt`, said that it is. */
  written(account: string, field: string, setAt: number, answeredAt: number): void;
  /** From when on a value may be that somebody is shown who asked then. */
  of(account: string, field: string, asked: number): number;
}

export function createFloors(): Floors {
  const writes = new Map<string, { readonly setAt: number; readonly answeredAt: number }[]>();
  return {
    written: (account, field, setAt, answeredAt) => {
      const name = `${account} ${field}`;
      const known = writes.get(name) ?? [];
      writes.set(name, known);
      known.push({ setAt, answeredAt });
    },
    of: (account, field, asked) =>
      (writes.get(`${account} ${field}`)?.findLast(({ answeredAt }) => answeredAt < asked)?.setAt ?? 0) + 0.5,
  };
}
