import { classOf } from '../access/credential.ts';
import type { Deadlines } from '../deadlines.ts';
import { SourceError } from '../errors.ts';
import type { Breakers } from '../steady/breakers.ts';
import type { Entry, FairQueue } from '../steady/fair-queue.ts';
import type { Ledger } from '../steady/ledger.ts';
import type { Measuring } from '../steady/measuring.ts';
import { createBackoff, type RetryBudget } from '../steady/retrying.ts';
import type { Tally } from '../steady/tally.ts';
import type { Window } from '../steady/window.ts';
import { type HttpAnswer, type HttpRequest, isRead } from './exchange.ts';
import type { Line, Outcome } from './line.ts';
import type { Write } from './message.ts';
import { type Weighed, weigh, weighLeft } from './weighing.ts';

/** What every request to one source goes through. */
export interface Means {
  readonly source: string;
  /** From asking to the last byte of the last attempt, all waiting included. */
  readonly deadlines: Deadlines;
  /** Attempts after the first. */
  readonly retries: number;
  readonly write: Write;
  readonly line: Line;
  readonly queue: FairQueue;
  readonly breakers: Breakers;
  readonly ledger: Ledger;
  readonly budget: RetryBudget;
  readonly measuring: Measuring;
  readonly tally: Tally;
  /** Told of each answer, before anybody deals with it, how many bytes it has. */
  readonly onAnswer: (bytes: number) => void;
  readonly now: () => number;
}

/** Called once, unless nobody waits any longer. */
export type Settle = (error: SourceError | undefined, answer: HttpAnswer | undefined) => void;

/** As who waits for a request sees it. */
export interface Waited {
  /** Whether the source has been asked at all. */
  wasSent(): boolean;
}

/** One request under way, whatever number of attempts it takes. */
export interface Course extends Waited {
  /** When what is under way was sent; Infinity as long as it waits to be. */
  sentAt(): number;
  /** Nobody waits for it any longer: out of the queue, or down to the socket. */
  end(reason: Error): void;
  /** Somebody else waits for it too, until then. */
  extend(until: number | undefined): void;
}

/**
 * Each attempt passes, in this order: breaker, quota, a place among those running, the socket. A source that is known to be down costs neither
 * quota nor a place. Quota is taken only at the moment of sending, so that nothing is spent by waiting. A further attempt goes
 * through all of it again, because to the source it is one more request, and holds no place while it waits.
 */
export function begin(means: Means, request: HttpRequest, settle: Settle): Course {
  const { source, queue, breakers, ledger, now } = means;
  const { milliseconds: deadlineMs } = means.deadlines;
  const { route, path, method = 'GET' } = request;
  const credential = classOf(request.credential);
  const asker = request.asker === undefined ? credential : classOf(request.asker);
  const counted = { route, method, path, credential };
  const counts = means.tally.of(asker);
  const lastMoment = now() + deadlineMs;
  const backoff = createBackoff();
  let until = request.until ?? Number.POSITIVE_INFINITY;
  let attempts = 0;
  let sentAt = Number.POSITIVE_INFINITY;
  let windows: readonly Window[] = [];
  let last: Weighed | undefined;
  let stage: 'waiting' | 'sent' | 'over' = 'waiting';
  let leftAt: number | undefined;
  /** Ends what is under way just now. */
  let stop: (reason: Error) => void = () => {};

  const entry: Entry = {
    lane: request.lane ?? asker,
    asker,
    admit: () => {
      const shut = breakers.closedFor(credential);
      if (shut > 0) return refusal('SOURCE_OVERLOADED', shut);
      // Others may have taken the operation's time; of a source that was not asked it says nothing.
      if (isTooLate())
        return until < lastMoment ? new SourceError('SOURCE_NOT_ASKED', source) : refusal('SOURCE_OVERLOADED', 1_000);
      windows = ledger.windowsOf(counted);
      const wait = ledger.waitOf(counted, windows);
      if (wait === 0) for (const window of windows) window.take();
      else if (now() + wait > latest()) return refusal(isTheirWord(windows) ? 'SOURCE_RATE_LIMITED' : 'SOURCE_OVERLOADED', wait);
      return wait;
    },
    run: send,
    // What the source itself said last tells more than why it is not asked again.
    refuse: (error) => (last === undefined ? conclude(error, undefined) : conclude(last.error, last.answer)),
  };

  const stopClock = means.deadlines.begin(() => {
    // What was never sent has not been kept waiting by the source.
    const error = stage === 'sent' ? new SourceError('SOURCE_TIMEOUT', source) : refusal('SOURCE_OVERLOADED', 1_000);
    if (stage === 'waiting') entry.refuse(error);
    else conclude(error, undefined);
    stop(error);
  });

  wait();
  return {
    wasSent: () => attempts > 0,
    sentAt: () => (stage === 'waiting' ? Number.POSITIVE_INFINITY : sentAt),
    end: (reason) => {
      leftAt = now();
      stage = 'over';
      stopClock();
      stop(reason);
    },
    extend: (other) => {
      until = Math.max(until, other ?? Number.POSITIVE_INFINITY);
    },
  };

  function wait(): void {
    stage = 'waiting';
    stop = () => queue.drop(entry);
    queue.enter(entry);
  }

  function send(): void {
    attempts += 1;
    sentAt = now();
    counts.requests += 1;
    counts.running += 1;
    if (attempts === 1) means.budget.earn();
    else counts.retries += 1;
    stage = 'sent';
    const told = breakers.enter(credential);
    const order = ledger.order();
    const done = (outcome: Outcome): void => {
      counts.running -= 1;
      const weighed = weigh(outcome, request.judge);
      // An answer may have come before it was left, and waited for the end of the turn.
      const came = leftAt === undefined || outcome.is === 'answer' ? weighed.came : weighLeft(outcome, leftAt - sentAt, usual());
      told(came);
      if (came === 'failed' || came === 'unreached') counts.failures += 1;
      const hasNews = account(outcome, weighed, order);
      // Of a breaker that opens whoever waits is told at once.
      queue.leave(hasNews || breakers.closedFor(credential) > 0);
      if (stage !== 'over') follow(weighed);
    };
    stop = means.line.send(means.write(request), done, request.onSent);
  }

  /** Whether somebody has to wait for longer or shorter because of it. */
  function account(outcome: Outcome, { came, answer, rate, heldMs }: Weighed, order: number): boolean {
    const isUnsent = outcome.is === 'unreached' || outcome.is === 'unsent';
    for (const window of windows) isUnsent ? window.giveBack() : window.settle();
    const isCorrected = ledger.correct(counted, { order, rate, heldMs });
    if (answer !== undefined) means.onAnswer(answer.bytes);
    if (answer !== undefined && came === 'answered') means.measuring.note(route, answer.elapsed, answer.bytes);
    return isUnsent || isCorrected;
  }

  function follow(weighed: Weighed): void {
    last = weighed;
    const canRepeat = weighed.mayRepeat && isRead(request) && attempts <= means.retries && breakers.closedFor(credential) === 0;
    const wanted = canRepeat ? weighed.waitMs + backoff() : 0;
    if (!canRepeat || now() + Math.max(wanted, weighed.heldMs ?? 0) > latest() || !means.budget.spend()) {
      conclude(weighed.error, weighed.answer);
      return;
    }
    stage = 'waiting';
    const pause = setTimeout(wait, wanted);
    stop = () => clearTimeout(pause);
  }

  function conclude(error: SourceError | undefined, answer: HttpAnswer | undefined): void {
    if (stage === 'over') return;
    stage = 'over';
    stopClock();
    settle(error, answer);
  }

  /** What has no time left to be answered would only be load. */
  function isTooLate(): boolean {
    const left = latest() - now();
    // Of what has not been measured it is not known that it takes longer.
    return left <= 0 || (left < deadlineMs / 20 && left < (means.measuring.of(route)?.ms ?? 0));
  }

  function usual(): number {
    return means.measuring.of(route)?.ms ?? means.measuring.median() ?? 0;
  }

  function latest(): number {
    return Math.min(lastMoment, until);
  }

  function refusal(code: 'SOURCE_OVERLOADED' | 'SOURCE_RATE_LIMITED', waitMs: number): SourceError {
    return new SourceError(code, source, { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) });
  }
}

/** Whether it is the source's refusal that has to be waited for longest, and not a count of ours. */
function isTheirWord(windows: readonly Window[]): boolean {
  const [longest] = windows.toSorted((one, other) => other.wait() - one.wait());
  return longest?.isHeld() === true;
}
