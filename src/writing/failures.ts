import { ForbiddenError, SourceError, sourceErrors } from '../errors.ts';
import type { Attempt } from './attempts.ts';
import type { Problem } from './change.ts';
import type { Conduct } from './conduct.ts';
import { PartRefusal, Refusal } from './refusals.ts';

/** A refusal or a source's failure, as against a bug of ours. */
export const isForeseen = (error: unknown): error is Refusal | PartRefusal | ForbiddenError | SourceError =>
  error instanceof Refusal || error instanceof PartRefusal || error instanceof ForbiddenError || error instanceof SourceError;

/** What a refusal or a silent source means for the write. Anything else is a bug: thrown on, since nothing was sent yet. */
export function describeFailure(error: unknown): Problem {
  if (error instanceof Refusal || error instanceof PartRefusal) return error.problem;
  if (error instanceof ForbiddenError) return { kind: 'FORBIDDEN', source: error.source, message: error.message };
  if (!(error instanceof SourceError)) throw error;
  const { source, code, retryable, retryAfter, message } = error;
  if (code === 'SOURCE_UNAUTHORIZED') return { kind: 'FORBIDDEN', source, message };
  if (code === 'SOURCE_FORBIDDEN')
    return { kind: 'FORBIDDEN', source, message: message.replace(sourceErrors[code].message, notAllowed) };
  return { kind: 'SOURCE_FAILED', source, code, retryable, retryAfter, message };
}

/** Said of a read, the error speaks of showing. */
const notAllowed = 'The source does not allow this to the credential it was asked with.';

/** The same once something was sent: then even a bug must not hide what is known. */
export function describeSendFailure(error: unknown, source: string): Problem {
  if (isForeseen(error)) return describeFailure(error);
  return { kind: 'SOURCE_FAILED', source, code: 'INTERNAL_SERVER_ERROR', retryable: false, message: 'Unexpected error.' };
}

/**
 * Nothing at all took effect, for certain. A status alone is no such word: a gateway says 401 or 429 to an answer that it would not
 * pass on as well as to a request, so a source that knows the no for its own throws a `Refusal`. Nor is
 * our own holding back: of several requests others may have gone out before.
 */
export function wasRefused(error: unknown): boolean {
  return error instanceof Refusal || error instanceof ForbiddenError;
}

/**
 * The same of what was sent under a key before. A no to the repetition says that nothing was done now; what was done then may stand in
 * its way, as the receiver of a payment who was flagged since.
 */
export const wasRefusedBefore = (error: unknown): boolean => error instanceof Refusal && error.knowsRepetitions;

/** The source itself says that there is no such thing. */
export const saysGone = (error: unknown): boolean => error instanceof Refusal && error.problem.kind === 'NOT_FOUND';

/** Why sending failed. */
export interface Failure {
  readonly error: unknown;
  /** Nobody waits any more, but the source may still be at it: what does not show yet may show later. */
  readonly mayStillHappen: boolean;
}

export const failureOf = (sending: Attempt<unknown>, { status }: Conduct): Failure | undefined =>
  sending.ok ? undefined : { error: sending.error, mayStillHappen: isUnanswered(sending.error, status()) };

/** It went out, and the source itself has said nothing to it, neither yes nor no. */
function isUnanswered(error: unknown, status: number | null): boolean {
  if (error instanceof Refusal || error instanceof PartRefusal || error instanceof ForbiddenError) return false;
  if (!(error instanceof SourceError) || isGateways(status)) return true;
  // A connection that never came about is told as what was not sent.
  return error.code === 'SOURCE_TIMEOUT' || error.code === 'SOURCE_UNREACHABLE';
}

/** Said by what stands before a source and has waited for it in vain; of their own, sources fail with 500 alone. */
const isGateways = (status: number | null): boolean => status === 408 || status === 499 || (status !== null && status > 500);
