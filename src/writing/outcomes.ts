import type { Attempt } from './attempts.ts';
import type { Problem, WantedField, WriteOutcome } from './change.ts';
import type { Conduct } from './conduct.ts';
import { describeSendFailure } from './failures.ts';
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

/**
 * The outcome of what failed before anything of it went out, such as for want of quota; undefined where something did. What an earlier
 * attempt under its key may have sent is no part of that.
 */
export function heldBack<State>(
  fields: readonly WantedField<State>[],
  sending: Attempt<unknown>,
  { resumed, source, wasSent }: Conduct,
  before?: State | null,
): WriteOutcome | undefined {
  if (sending.ok || resumed || wasSent()) return undefined;
  return unsent(fields, [describeSendFailure(sending.error, source)], before);
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
