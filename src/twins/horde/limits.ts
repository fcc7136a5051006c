/** So many requests in a fixed window, which starts with the first request in it. */
export interface Limit {
  readonly amount: number;
  readonly seconds: 1 | 60 | 3600;
  readonly countedBy: 'address' | 'path' | 'key';
}

/** Who asks for what, as limits count it. `rule` names the endpoint: its methods share one count by address. */
export interface LimitSubject {
  readonly rule: string;
  readonly method: string;
  readonly path: string;
  readonly address: string;
  /** The same, or whom a service account asks for. */
  readonly endUser: string;
  readonly key: string;
}

export interface Verdict {
  /** In the server's words: `60 per 1 minute`. */
  readonly exceeded: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Limiter {
  count(limits: readonly Limit[], subject: LimitSubject): Verdict;
}

/** From so many windows on, those that have ended are cleared away. */
const CROWDED = 10_000;

export const noLimiter: Limiter = { count: () => ({ exceeded: undefined, headers: {} }) };

export function createLimiter(now: () => number): Limiter {
  const windows = new Map<string, { endsAt: number; used: number }>();

  function hit(limit: Limit, subject: LimitSubject): { limit: Limit; used: number; endsAt: number } {
    const name = `${limit.amount}/${limit.seconds} ${countOf(limit, subject)}`;
    let window = windows.get(name);
    if (!window || window.endsAt <= now()) {
      if (windows.size >= CROWDED) for (const [old, { endsAt }] of windows) if (endsAt <= now()) windows.delete(old);
      window = { endsAt: now() + limit.seconds * 1000, used: 0 };
      windows.set(name, window);
    }
    window.used += 1;
    return { limit, ...window };
  }

  return {
    count: (limits, subject) => {
      const hits = limits.map((limit) => hit(limit, subject));
      const over = hits.find((one) => one.used > one.limit.amount);
      const told = over ?? hits.toSorted((a, b) => a.limit.seconds - b.limit.seconds)[0];
      if (!told) return { exceeded: undefined, headers: {} };
      const wait = Math.ceil((told.endsAt - now()) / 1000);
      return {
        exceeded: over && `${over.limit.amount} per 1 ${unitOf[over.limit.seconds]}`,
        headers: {
          'X-RateLimit-Limit': String(told.limit.amount),
          'X-RateLimit-Remaining': String(Math.max(0, told.limit.amount - told.used)),
          'X-RateLimit-Reset': String(Math.floor(now() / 1000) + wait),
          // On successes too: it means something only on 429.
          'Retry-After': String(wait),
        },
      };
    },
  };
}

const unitOf: Record<Limit['seconds'], string> = { 1: 'second', 60: 'minute', 3600: 'hour' };

function countOf(limit: Limit, subject: LimitSubject): string {
  if (limit.countedBy === 'address') return `${subject.rule} ${subject.address}`;
  return `${subject.method} ${subject.path} ${limit.countedBy === 'key' ? subject.key : subject.endUser}`;
}
