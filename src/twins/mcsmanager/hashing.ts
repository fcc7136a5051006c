/** The panel hashes passwords on its only thread: while it does, nobody gets an answer. */
export interface Hashing {
  /** Whoever comes in waits for this, and looks again, before doing anything. */
  readonly busy: Promise<void> | undefined;
  hash(): Promise<void>;
}

export function createHashing(ms: number): Hashing {
  let busy: Promise<void> | undefined;
  return {
    get busy() {
      return busy;
    },
    hash: async () => {
      if (ms <= 0) return;
      busy = new Promise((resolve) => setTimeout(resolve, ms));
      await busy;
      busy = undefined;
    },
  };
}
