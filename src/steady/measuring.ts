/** What asking for something lately took. */
export interface Measured {
  /** Milliseconds, the median of the last answers. */
  readonly ms: number;
  /** Of an answer, the mean of the last ones. */
  readonly bytes: number;
}

export interface Measuring {
  note(route: string, ms: number, bytes: number): void;
  /** Undefined as long as nothing was measured. */
  of(route: string): Measured | undefined;
  /** Of all routes together, in milliseconds. */
  median(): number | null;
}

/** For each route and for all of them. Tells nothing about who asked for what. */
export function createMeasuring(): Measuring {
  const routes = new Map<string, { readonly times: Times; bytes: number }>();
  const all = createTimes(64);
  return {
    note: (route, ms, bytes) => {
      all.add(ms);
      const known = routes.get(route);
      if (known === undefined) {
        const times = createTimes(32);
        times.add(ms);
        routes.set(route, { times, bytes });
      } else {
        known.times.add(ms);
        known.bytes += (bytes - known.bytes) / 8;
      }
    },
    of: (route) => {
      const known = routes.get(route);
      const ms = known?.times.median();
      return known === undefined || ms == null ? undefined : { ms, bytes: known.bytes };
    },
    median: () => all.median(),
  };
}

interface Times {
  add(ms: number): void;
  median(): number | null;
}

function createTimes(most: number): Times {
  const times = new Float64Array(most);
  let count = 0;
  return {
    add: (ms) => {
      times[count % most] = ms;
      count += 1;
    },
    median: () => {
      const sorted = times.slice(0, Math.min(count, most)).sort();
      return sorted[sorted.length >> 1] ?? null;
    },
  };
}
