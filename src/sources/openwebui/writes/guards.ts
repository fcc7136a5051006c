import type { FacetName } from '../../../domain/facets.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import type { Guard } from '../../../writing/change.ts';

/** What something is called, how it is read off, and what shows it. */
export interface Aspect<State> {
  readonly name: string;
  readonly facet: FacetName;
  current(state: State): FieldValue | undefined;
}

/** What the caller took it to be, if they said so. */
export const guard = <State>({ name, facet, current }: Aspect<State>, expected: FieldValue | undefined): Guard<State>[] =>
  expected === undefined ? [] : [{ name, facet, current, expected }];
