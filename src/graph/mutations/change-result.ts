import type { Problem, WriteOutcome } from '../../writing/change.ts';
import type { AccountNode, OpenSource } from '../context.ts';
import type { ShownField } from './field-outcome.ts';
import { maySee } from './seeing.ts';

/** What a mutation's payload is made of. */
export interface ChangeResult {
  readonly dryRun: boolean;
  readonly outcome: WriteOutcome;
  /** The source it was about. */
  readonly open: OpenSource;
  /** The account it was about; null where it is gone, was none, or is not there. */
  readonly account: AccountNode | null;
}

/** The fields without what this caller may not read. */
export function shownFields({ outcome, open }: ChangeResult): ShownField[] {
  return outcome.fields.map((field) => {
    const { before = null, after = null, name, requested, verdict, secret = false } = field;
    const shown = maySee(open, field) ? { before, after } : { before: null, after: null };
    return { name, requested, verdict, secret, ...shown };
  });
}

export function shownProblems({ outcome, open }: ChangeResult): Problem[] {
  return outcome.problems.map((problem) => {
    if (problem.kind !== 'CONFLICT') return problem;
    const fields = problem.fields.map((field) => (maySee(open, field) ? field : { ...field, actual: null }));
    return { ...problem, fields };
  });
}
