/** Ends what takes too long. All have the same time, so the oldest is always the next, and one timer is enough. */
export interface Deadlines {
  readonly milliseconds: number;
  /** Calls back once the time is up, unless the returned function was called before. */
  begin(expire: () => void): () => void;
}

/** Aborted once the time is up, for those who cannot tell when they end. */
export function timeUp(deadlines: Deadlines): AbortSignal {
  const controller = new AbortController();
  deadlines.begin(() => controller.abort(outOfTime()));
  return controller.signal;
}

/** By its name the client of a source knows that it was the operation's time. */
export const outOfTime = (): DOMException => new DOMException('The operation was aborted due to timeout', 'TimeoutError');

export function createDeadlines(milliseconds: number): Deadlines {
  const running = new Set<{ readonly at: number; expire: () => void }>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    timer = undefined;
    const now = performance.now();
    // A process that was busy comes here before it has read what came meanwhile, which it deals with at the end of that turn
    // (`end-of-turn.ts`): an answer that is there is not late.
    setImmediate(() => setImmediate(expireUntil, now));
    for (const { at } of running) {
      if (at <= now) continue;
      arm(at - now);
      return;
    }
  }

  function expireUntil(now: number): void {
    for (const each of running) {
      if (each.at > now) return;
      running.delete(each);
      each.expire();
    }
  }

  function arm(wait: number): void {
    // Rounded up: a timer that is early by a fraction would be set again for it.
    timer = setTimeout(look, Math.ceil(wait)).unref();
  }

  return {
    milliseconds,
    begin: (expire) => {
      const each = { at: performance.now() + milliseconds, expire };
      running.add(each);
      if (timer === undefined) arm(milliseconds);
      return () => {
        running.delete(each);
        // A set that grows is copied, and what it was then stays among V8's old objects for seconds, with all that its members lead to.
        each.expire = nothing;
      };
    },
  };
}

const nothing = (): void => undefined;
