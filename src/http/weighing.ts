import type { SourceError, SourceErrorCode } from '../errors.ts';
import type { Came } from '../steady/breakers.ts';
import { healthOf, passesSoon } from '../steady/judging.ts';
import { readRate, type ToldRate } from '../steady/rate-headers.ts';
import type { HttpAnswer, HttpRequest } from './exchange.ts';
import type { Outcome } from './line.ts';
import { secondsToWait } from './retry-after.ts';

/** What an attempt came to, and what follows from it. */
export interface Weighed {
  readonly came: Came;
  readonly error: SourceError | undefined;
  readonly answer: HttpAnswer | undefined;
  /** Whether the same again could go better. */
  readonly mayRepeat: boolean;
  /** What the source asks for before it is asked again. */
  readonly waitMs: number;
  /** The same for all that go into the same count, where it was asked too often. */
  readonly heldMs: number | undefined;
  readonly rate: ToldRate | undefined;
}

export function weigh(outcome: Outcome, judge: HttpRequest['judge']): Weighed {
  if (outcome.is === 'answer') return weighAnswer(outcome.answer, judge ?? byStatus);
  const { is, error } = outcome;
  const nothing = { answer: undefined, waitMs: 0, heldMs: undefined, rate: undefined };
  // What is too large is so for what was asked, and will be again.
  if (is === 'too large' || is === 'unsent') return { ...nothing, came: 'abandoned', error, mayRepeat: false };
  return { ...nothing, came: is === 'unreached' ? 'unreached' : 'failed', error, mayRepeat: true };
}

/**
 * What is to be said of a source by those who left it after so long. Twice as long as it usually takes is evidence enough: of a
 * source that is as it always was, most would have had an answer by then.
 */
export function weighLeft(outcome: Outcome, waitedMs: number, usualMs: number): Came {
  if (outcome.is === 'unreached') return 'unreached';
  const isEvidence = outcome.is === 'broken' && outcome.isSilent && waitedMs >= Math.max(shortestEvidence, 2 * usualMs);
  return isEvidence ? 'failed' : 'abandoned';
}

/** Milliseconds. Whoever leaves sooner says more about themselves. */
const shortestEvidence = 1_000;

function weighAnswer(answer: HttpAnswer, judge: NonNullable<HttpRequest['judge']>): Weighed {
  const health = healthOf(answer.status, judged(answer, judge));
  const rate = readRate(answer.header, () => answer.date);
  const told = secondsToWait(answer);
  const isBusy = health === 'busy';
  return {
    came: health === 'ill' ? 'failed' : 'answered',
    error: undefined,
    answer,
    mayRepeat: isBusy || passesSoon(answer.status),
    waitMs: told === undefined ? 0 : told * 1000,
    // Whoever does not say for how long is left alone for a second.
    heldMs: isBusy ? 1_000 * (told ?? 1) : undefined,
    rate,
  };
}

/** What the kind cannot read is not what it expects. */
function judged(answer: HttpAnswer, judge: NonNullable<HttpRequest['judge']>): SourceErrorCode | null {
  try {
    return judge(answer);
  } catch {
    return 'SOURCE_MALFORMED';
  }
}

const byStatus = ({ status }: HttpAnswer): SourceErrorCode | null => (status >= 500 ? 'SOURCE_FAILED' : null);
