import type { Problem, WantedField, WriteOutcome } from './change.ts';
import { outcomeOf } from './judging.ts';

/** Nothing was sent, because of these problems. */
export function unsent<State>(
  fields: readonly WantedField<State>[],
  problems: readonly Problem[],
  before?: State | null,
): WriteOutcome {
  return {
    fields: fields.map((field) => outcomeOf(field, before, before, 'NOT_SENT')),
    problems,
    sent: false,
    id: null,
    receipt: {},
  };
}

/** Nothing was sent, because nothing had to be, or because it was to be told only what would be. */
export function foreseen<State>(
  fields: readonly WantedField<State>[],
  before: State | null,
  differing: readonly WantedField<State>[] = fields,
): WriteOutcome {
  return {
    fields: fields.map((field) => outcomeOf(field, before, before, differing.includes(field) ? 'WOULD_CHANGE' : 'UNCHANGED')),
    problems: [],
    sent: false,
    id: null,
    receipt: {},
  };
}
