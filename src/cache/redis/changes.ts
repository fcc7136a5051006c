/** How often something of a source was invalidated, as far as this process has heard. */
export interface Changes {
  note(source: string): void;
  /** Whether nothing of the source was invalidated since this was called. */
  watch(): (source: string) => boolean;
}

export function createChanges(): Changes {
  const last = new Map<string, number>();
  let count = 0;
  return {
    note: (source) => {
      count += 1;
      last.set(source, count);
    },
    watch: () => {
      const begun = count;
      return (source) => (last.get(source) ?? 0) <= begun;
    },
  };
}
