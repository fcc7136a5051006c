/** What can go wrong with a source, each with the one sentence a client may read and whether asking again could help. */
export const sourceErrors = {
  SOURCE_TIMEOUT: { message: 'The source did not answer in time.', retryable: true },
  SOURCE_UNREACHABLE: { message: 'The source could not be reached.', retryable: true },
  SOURCE_UNAUTHORIZED: { message: 'The source does not accept the credential it was asked with.', retryable: false },
  SOURCE_FORBIDDEN: { message: 'The source does not show this to the credential it was asked with.', retryable: false },
  SOURCE_RATE_LIMITED: { message: 'The source has been asked too often for now.', retryable: true },
  SOURCE_OVERLOADED: { message: 'The source is not asked for now, so that it can recover.', retryable: true },
  SOURCE_NOT_ASKED: { message: 'The time for the whole operation was up before the source could be asked.', retryable: true },
  SOURCE_MALFORMED: { message: 'The source gave an answer that could not be understood.', retryable: true },
  SOURCE_FAILED: { message: 'The source failed to answer.', retryable: true },
  SOURCE_UNSUPPORTED: { message: 'The source cannot do this.', retryable: false },
} as const satisfies Record<string, { message: string; retryable: boolean }>;

export type SourceErrorCode = keyof typeof sourceErrors;

/**
 * Said where we ask for nothing, be it for our own sake, for time's or because the source wants to be left alone: whether it can be
 * reached nobody has found out by that.
 */
export const saysNothingOfReach: ReadonlySet<SourceErrorCode> = new Set([
  'SOURCE_OVERLOADED',
  'SOURCE_RATE_LIMITED',
  'SOURCE_NOT_ASKED',
]);

export interface SourceErrorDetails {
  /** A sentence of ours that names the alternative; it must hold no address, key or text from upstream. */
  readonly hint?: string;
  /** Seconds to wait, where the source said so. */
  readonly retryAfter?: number;
  /** For the log's redacted eyes only; never sent to a client. */
  readonly cause?: unknown;
}

/** A source that cannot answer. Its message is fit for a stranger. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;
  readonly source: string;
  readonly retryable: boolean;
  readonly retryAfter: number | undefined;

  constructor(code: SourceErrorCode, source: string, details: SourceErrorDetails = {}) {
    const { message, retryable } = sourceErrors[code];
    const { stackTraceLimit } = Error;
    // Nobody reads where it was made, and answers are full of facets that were not shown: each would note its whole stack.
    Error.stackTraceLimit = 0;
    super(details.hint === undefined ? message : `${message} ${details.hint}`, { cause: details.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.source = source;
    this.retryable = retryable;
    this.retryAfter = details.retryAfter;
  }
}

/** The client asked for something that cannot be asked. The message says what is wrong and how to ask instead. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The caller may not have this. Decided by us, before anything is asked. */
export class ForbiddenError extends Error {
  override readonly name = 'ForbiddenError';
  readonly source: string;
  readonly scope: string;

  constructor(source: string, scope: string) {
    super(`This needs the scope ${scope} on ${source}.`);
    this.source = source;
    this.scope = scope;
  }
}
