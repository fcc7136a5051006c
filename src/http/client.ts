import { type Credential, classOf } from '../access/credential.ts';
import { createDeadlines } from '../deadlines.ts';
import { SourceError } from '../errors.ts';
import type { BreakerState } from '../steady/breaker.ts';
import { createBreakers, noBreakers } from '../steady/breakers.ts';
import { createFairQueue } from '../steady/fair-queue.ts';
import { createLedger, type QuotaState } from '../steady/ledger.ts';
import { noQuota, type QuotaSettings, type RouteLimits } from '../steady/limits.ts';
import { createMeasuring, type Measured } from '../steady/measuring.ts';
import { createRetryBudget } from '../steady/retrying.ts';
import { createTally } from '../steady/tally.ts';
import { begin, type Means, type Waited } from './attempts.ts';
import type { HttpAnswer, HttpRequest } from './exchange.ts';
import { openLine } from './line.ts';
import { createWriter } from './message.ts';
import { createSharing } from './sharing.ts';

/** How one source is reached. All times in milliseconds. */
export interface HttpSettings {
  /** The configured address, path included; requests add to it. */
  readonly url: string;
  /** From asking to the last byte, waiting for a turn and further attempts included. */
  readonly deadlineMs: number;
  readonly connectMs: number;
  /** From sending to the first byte of an answer, after which a read is tried again; absent: as long as the deadline lets it. */
  readonly headersMs?: number | undefined;
  /** An answer's largest body, in bytes. */
  readonly maxBytes: number;
  /** Requests under way at once, and so connections. */
  readonly concurrency: number;
  /** Requests that may wait for their turn; absent: 2,048. */
  readonly waiting?: number;
  /** Further attempts of a read; absent: none. */
  readonly retries?: number;
  /** Whether a source that fails is left alone for a while; absent: it is. */
  readonly breaker?: boolean;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpOptions {
  /** What the source is known to allow. */
  readonly limits?: RouteLimits;
  readonly quota?: QuotaSettings;
  /** Whether equal reads under way are sent once. */
  readonly sharing?: boolean;
  /** Told in the turn of whoever asks what they wait for. */
  readonly onWait?: (course: Waited) => void;
  /** Told in the turn of whoever asks, and gets the answer to what somebody else had asked. */
  readonly onJoin?: () => void;
  /** Told once of each change. */
  readonly onChange?: (change: TrafficChange) => void;
  /** Told of each answer, before anybody deals with it, how many bytes it has. */
  readonly onAnswer?: (bytes: number) => void;
  /** A clock that only goes forward, in milliseconds. */
  readonly now?: () => number;
}

export interface HttpClient {
  /** Rejects with a `SourceError` when no whole answer came, with the abort reason when the caller's signal ended it. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Nobody joins a read any more that is under way now. A write does this by itself, when it is sent and when it is over. */
  forget(): void;
  readonly traffic: Traffic;
  close(): Promise<void>;
}

/** How asking the source goes. Nothing in it tells what was asked, or anything of other callers with keys of their own. */
export interface Traffic {
  /** `isServedUnnamed`: some of what this asker wants is sent without any key, and so stands before that breaker, too. */
  stateFor(asker: Credential, isServedUnnamed?: boolean): TrafficState;
  /**
   * Milliseconds until so many requests may be made of this route; 0: now. `*` is all routes together. Only routes that are counted
   * as a whole are looked at, and the breaker is not.
   */
  waitFor(asker: Credential, route: string, count: number): number;
  /** What this route took lately; undefined as long as nothing is known. */
  measured(route: string): Measured | undefined;
}

export interface TrafficState {
  readonly breaker: BreakerState;
  readonly running: number;
  readonly waiting: number;
  /** Sent since the start, further attempts among them. */
  readonly requests: number;
  readonly failures: number;
  readonly retries: number;
  /** Asked, and answered by a request of somebody else's that was under way. */
  readonly shared: number;
  /** Median of the last answers to anybody, in milliseconds. */
  readonly latency: number | null;
  readonly quota: readonly QuotaState[];
}

export type TrafficChange =
  /** `whose` is null for the breaker that counts connections, which stands before everybody. */
  | { readonly what: 'breaker'; readonly state: BreakerState; readonly whose: Credential['class'] | null }
  | { readonly what: 'quota'; readonly route: string; readonly isSpent: boolean };

/** The way to one source. */
export function createHttpClient(source: string, settings: HttpSettings, options: HttpOptions = {}): HttpClient {
  const { limits = {}, quota = noQuota, sharing = true, onChange = () => {}, onAnswer = () => {} } = options;
  const { now = () => performance.now() } = options;
  const address = new URL(settings.url);
  const measuring = createMeasuring();
  const tally = createTally();
  const queue = createFairQueue({
    running: settings.concurrency,
    waiting: settings.waiting ?? 2_048,
    overflow: (waiting) => {
      const seconds = ((waiting / settings.concurrency) * (measuring.median() ?? 1_000)) / 1_000;
      return new SourceError('SOURCE_OVERLOADED', source, { retryAfter: Math.max(1, Math.ceil(seconds)) });
    },
    now,
  });
  const breakers =
    settings.breaker === false
      ? noBreakers
      : createBreakers(now, (state, credential) => onChange({ what: 'breaker', state, whose: kindOf(credential) }));
  const ledger = createLedger(limits, quota, now, (route, isSpent) => onChange({ what: 'quota', route, isSpent }));
  const line = openLine(source, address.origin, {
    connections: settings.concurrency,
    connectMs: settings.connectMs,
    headersMs: settings.headersMs ?? 0,
    maxBytes: settings.maxBytes,
  });
  const means: Means = {
    source,
    deadlines: createDeadlines(settings.deadlineMs),
    retries: settings.retries ?? 0,
    write: createWriter(address.pathname.replace(/\/+$/, ''), settings.headers),
    line,
    queue,
    breakers,
    ledger,
    budget: createRetryBudget(),
    measuring,
    tally,
    onAnswer,
    now,
  };
  const { send, forget } = createSharing(source, sharing, (request, settle) => begin(means, request, settle), {
    onWait: options.onWait ?? (() => {}),
    onJoin: ({ asker, credential }) => {
      tally.of(classOf(asker ?? credential)).shared += 1;
      options.onJoin?.();
    },
    now,
  });

  return {
    send,
    forget,
    traffic: {
      stateFor: (asker, isServedUnnamed = false) => {
        const own = classOf(asker);
        const { requests, failures, retries, shared, running } = tally.look(own);
        return {
          breaker: breakers.stateFor(own, ...(isServedUnnamed ? [withoutKey] : [])),
          running,
          waiting: queue.waitingOf(own),
          requests,
          failures,
          retries,
          shared,
          latency: measuring.median(),
          quota: ledger.report(own),
        };
      },
      waitFor: (asker, route, count) => ledger.waitFor(route, classOf(asker), count),
      measured: measuring.of,
    },
    close: async () => {
      queue.close(new SourceError('SOURCE_UNREACHABLE', source));
      await line.close();
    },
  };
}

const withoutKey = classOf({ class: 'none' });

/** Which sort of asker it is, without telling which one. */
function kindOf(credential: string | undefined): Credential['class'] | null {
  if (credential === undefined) return null;
  return credential === 'none' || credential === 'service' ? credential : 'caller';
}
