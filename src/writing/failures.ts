import { ForbiddenError, SourceError, type SourceErrorCode } from '../errors.ts';
import type { Problem } from './change.ts';
import { Refusal } from './refusals.ts';

/** A refusal or a source's failure, as against a bug of ours. */
export const isForeseen = (error: unknown): error is Refusal | ForbiddenError | SourceError =>
  error instanceof Refusal || error instanceof ForbiddenError || error instanceof SourceError;

/** What a refusal or a silent source means for the write. Anything else is a bug: thrown on, since nothing was sent yet. */
export function describeFailure(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  if (error instanceof ForbiddenError) return { kind: 'FORBIDDEN', source: error.source, message: error.message };
  if (!(error instanceof SourceError)) throw error;
  const { source, code, retryable, message } = error;
  if (code === 'SOURCE_FORBIDDEN' || code === 'SOURCE_UNAUTHORIZED') return { kind: 'FORBIDDEN', source, message };
  return { kind: 'SOURCE_FAILED', source, code, retryable, message };
}

/** The same once something was sent: then even a bug must not hide what is known. */
export function describeSendFailure(error: unknown, source: string): Problem {
  if (isForeseen(error)) return describeFailure(error);
  return { kind: 'SOURCE_FAILED', source, code: 'INTERNAL_SERVER_ERROR', retryable: false, message: 'Unexpected error.' };
}

/** Nothing at all took effect. `SOURCE_FORBIDDEN` is not among them: a source may come to it field by field. */
export function tookNoEffect(error: unknown): boolean {
  if (error instanceof Refusal || error instanceof ForbiddenError) return true;
  return error instanceof SourceError && refusals.has(error.code);
}

const refusals: ReadonlySet<SourceErrorCode> = new Set([
  'SOURCE_UNAUTHORIZED',
  'SOURCE_RATE_LIMITED',
  'SOURCE_OVERLOADED',
  'SOURCE_UNSUPPORTED',
]);

/** Nobody waits any more, but the source may still be at it: what does not show yet may show later. */
export function mayStillHappen(error: unknown): boolean {
  if (error instanceof Refusal || error instanceof ForbiddenError) return false;
  return !(error instanceof SourceError) || error.code === 'SOURCE_TIMEOUT';
}
