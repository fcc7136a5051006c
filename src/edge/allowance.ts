import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

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
   * nothing. How they stand is told of the first who was refused, else of the first.
   */
  take(callers: readonly [string, ...string[]], points: number): Promise<Standing>;
  /** For the `RateLimit-Policy` header. */
  readonly policy: string;
}

export function createAllowance({ points, burst }: AllowanceSettings): Allowance {
  const purses: Purse[] = [
    { name: 'minute', size: points, seconds: 60 },
    { name: 'burst', size: burst, seconds: 600 },
  ]
    .filter(({ size }) => size > 0)
    .map((purse) => ({ ...purse, limiter: new RateLimiterMemory({ points: purse.size, duration: purse.seconds }) }));
  const largest = Math.max(...purses.map(({ size }) => size));

  /** `just` is what a purse has told of itself a moment ago. */
  async function leftOf(caller: string, just?: Spent): Promise<Standing['left']> {
    const left: Standing['left'][number][] = [];
    for (const purse of purses) {
      const told = purse === just?.purse ? just.told : await purse.limiter.get(caller);
      left.push(describe(purse, told));
    }
    return left;
  }

  return {
    policy: purses.map(({ name, size, seconds }) => `"${name}";q=${size};w=${seconds}`).join(', '),
    take: async (callers, wanted) => {
      const points = Math.min(wanted, largest);
      const spent: (Spent & { readonly caller: string })[] = [];
      for (const caller of callers) {
        const spending = await spend(caller, points);
        if ('retryAfter' in spending) {
          for (const other of spent) await other.purse.limiter.reward(other.caller, points);
          return { granted: false, left: await leftOf(caller), retryAfter: spending.retryAfter };
        }
        spent.push({ ...spending, caller });
      }
      return { granted: true, left: await leftOf(callers[0], spent[0]), retryAfter: 0 };
    },
  };

  /** From one purse, the next where it does not hold as much; or from none. */
  async function spend(caller: string, wanted: number): Promise<Spent | { readonly retryAfter: number }> {
    let retryAfter = Number.POSITIVE_INFINITY;
    for (const purse of purses) {
      const { limiter, size } = purse;
      try {
        return { purse, told: await limiter.consume(caller, wanted) };
      } catch (reason) {
        const refused = asRefusal(reason);
        // A refusal counts as spent there, though nothing was had for it.
        await limiter.reward(caller, wanted);
        if (wanted <= size) retryAfter = Math.min(retryAfter, secondsOf(refused.msBeforeNext));
      }
    }
    return { retryAfter };
  }
}

interface Purse {
  readonly name: string;
  readonly size: number;
  readonly seconds: number;
  readonly limiter: RateLimiterMemory;
}

interface Spent {
  readonly purse: Purse;
  readonly told: RateLimiterRes;
}

/** Null: nothing has been spent, so all is there, and stays so. */
function describe({ name, size, seconds }: Purse, told: RateLimiterRes | null): Standing['left'][number] {
  if (told === null) return { policy: name, points: size, seconds };
  return { policy: name, points: Math.max(0, size - told.consumedPoints), seconds: secondsOf(told.msBeforeNext) };
}

const secondsOf = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1_000));

function asRefusal(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason;
  throw reason;
}
