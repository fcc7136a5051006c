import { InputError } from '../errors.ts';
import type { Problem } from './change.ts';

/** One field of an input that cannot be sent, and how it should be instead. The message must not repeat a secret. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

/** Thrown while a write is made: nothing has been asked. The caller is told of all faults at once, each by its field. */
export class InvalidInputError extends InputError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ field, message }) => `${field}: ${message}`).join(' '));
    this.faults = faults;
  }
}

/**
 * Thrown by a write's `send` when the source has refused all of it, for certain and before any of it took effect. Where some of
 * it may have, throw the `SourceError` instead: then every field is looked at.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  /** The source first looked whether this repeats what was done under its key, and found that it does not. */
  readonly knowsRepetitions: boolean;

  constructor(problem: Problem, { knowsRepetitions = false }: { readonly knowsRepetitions?: boolean } = {}) {
    super(problem.message);
    this.problem = problem;
    this.knowsRepetitions = knowsRepetitions;
  }
}

/** Why nothing is sent where a crash would leave no trace of it. It is told like a source that could not be asked for want of time. */
export const notNoted = (source: string): Problem => ({
  kind: 'SOURCE_FAILED',
  source,
  code: 'SOURCE_NOT_ASKED',
  retryable: true,
  message:
    'The attempt could not be noted in the journal of this Rollcall, so nothing was sent. Once the journal can be written, it may be tried again under the same key.',
});

/** Thrown by a write's `send` when the source has refused, but may have done a part of it before: every field is looked at. */
export class PartRefusal extends Error {
  override readonly name = 'PartRefusal';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}
