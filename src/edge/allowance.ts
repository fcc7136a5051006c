export interface AllowanceSettings {
  /** In a minute. */
  readonly points: number;
  /** As many more, once in ten minutes. */
  readonly burst: number;
}

/** How one caller stands after asking. */
export interface Standing {
  readonly granted: boolean;
  /** Points and seconds until there are all again, by the name of the policy. */
  readonly left: readonly { readonly policy: string; readonly points: number; readonly seconds: number }[];
  /** Seconds until the same may be granted. */
  readonly retryAfter: number;
}

/** What each caller may still ask for. */
export interface Allowance {
  /**
   * Takes the points from everybody named, or from nobody. What is more than a caller ever has is granted to one who has spent
   * nothing. How they stand is told of the one refused who has to wait longest, else of the first.
   */
  take(callers: readonly [string, ...string[]], points: number): Standing;
  /** For the `RateLimit-Policy` header. */
  readonly policy: string;
}

export function createAllowance({ points, burst }: AllowanceSettings): Allowance {
  const purses = [openPurse('minute', points, 60), openPurse('burst', burst, 600)].filter(({ size }) => size > 0);
  const largest = Math.max(...purses.map(({ size }) => size));

  const standingOf = (caller: string): Standing['left'] =>
    purses.map((purse) => {
      const { points, seconds } = purse.leftTo(caller);
      return { policy: purse.name, points, seconds };
    });

  /** The first that holds as much by itself: no two pay for one operation. */
  const payingFor = (caller: string, wanted: number): Purse | undefined =>
    purses.find((purse) => purse.leftTo(caller).points >= wanted);

  const waitOf = (caller: string, wanted: number): number =>
    Math.min(...purses.filter(({ size }) => wanted <= size).map((purse) => purse.leftTo(caller).seconds));

  return {
    policy: purses.map(({ name, size, seconds }) => `"${name}";q=${size};w=${seconds}`).join(', '),
    take: (callers, wanted) => {
      const points = Math.min(wanted, largest);
      const [refusal] = callers
        .filter((caller) => payingFor(caller, points) === undefined)
        .map((caller) => ({ granted: false, left: standingOf(caller), retryAfter: waitOf(caller, points) }))
        .toSorted((left, right) => right.retryAfter - left.retryAfter);
      if (refusal !== undefined) return refusal;
      for (const caller of callers) payingFor(caller, points)?.spend(caller, points);
      return { granted: true, left: standingOf(callers[0]), retryAfter: 0 };
    },
  };
}

interface Purse {
  readonly name: string;
  readonly size: number;
  readonly seconds: number;
  /** Seconds until there are all again; where nothing is spent, as if that began now. */
  leftTo(caller: string): { readonly points: number; readonly seconds: number };
  spend(caller: string, points: number): void;
}

interface Spending {
  points: number;
  /** By `performance.now()`: whoever sets the clock back must not make anybody wait for longer. */
  readonly until: number;
}

/** As many points for each caller, all of them again so many seconds after the first were spent. */
function openPurse(name: string, size: number, seconds: number): Purse {
  const spendings = new Map<string, Spending>();

  // A busy process is late to forget.
  function spendingOf(caller: string): Spending | undefined {
    const spending = spendings.get(caller);
    return spending !== undefined && spending.until > performance.now() ? spending : undefined;
  }

  function forget(caller: string, spending: Spending): void {
    if (spendings.get(caller) === spending) spendings.delete(caller);
  }

  return {
    ...{ name, size, seconds },
    leftTo: (caller) => {
      const spending = spendingOf(caller);
      if (spending === undefined) return { points: size, seconds };
      return { points: size - spending.points, seconds: Math.max(1, Math.ceil((spending.until - performance.now()) / 1_000)) };
    },
    spend: (caller, points) => {
      const before = spendingOf(caller);
      if (before !== undefined) {
        before.points += points;
        return;
      }
      const spending = { points, until: performance.now() + seconds * 1_000 };
      spendings.set(caller, spending);
      setTimeout(forget, seconds * 1_000, caller, spending).unref();
    },
  };
}
