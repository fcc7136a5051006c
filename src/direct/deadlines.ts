/** Ends what takes too long. All have the same time, so the oldest is always the next, and one timer is enough. */
export interface Deadlines {
  /** Calls back once the time is up, unless the returned function was called before. */
  begin(expire: () => void): () => void;
}

export function createDeadlines(milliseconds: number): Deadlines {
  const running = new Set<{ readonly at: number; readonly expire: () => void }>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    timer = undefined;
    const now = performance.now();
    for (const each of running) {
      if (each.at > now) {
        arm(each.at - now);
        return;
      }
      running.delete(each);
      each.expire();
    }
  }

  function arm(wait: number): void {
    // Rounded up: a timer that is early by a fraction would be set again for it.
    timer = setTimeout(look, Math.ceil(wait)).unref();
  }

  return {
    begin: (expire) => {
      const each = { at: performance.now() + milliseconds, expire };
      running.add(each);
      if (timer === undefined) arm(milliseconds);
      return () => void running.delete(each);
    },
  };
}
