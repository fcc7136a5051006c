import { type FieldNode, type GraphQLError, locatedError, responsePathAsArray } from 'graphql';
import type { Path } from './run.ts';

/** The errors of one execution, and where in the answer they left a null; undefined is the whole answer. */
export interface Failures {
  readonly errors: GraphQLError[];
  readonly nulled: Set<Path | undefined>;
}

/** Where something may fail. */
interface Place {
  readonly nodes: readonly FieldNode[];
  readonly isNonNull: boolean;
}

/** Null where there may be one. Where not, the error goes on to whatever holds this place. */
export function fail(failures: Failures, thrown: unknown, { nodes, isNonNull }: Place, path: Path): null {
  const error = locatedError(thrown, nodes, responsePathAsArray(path));
  if (isNonNull) throw error;
  note(failures, error, path);
  return null;
}

/** Not what failed below a place that is null already: it is no part of the answer any more. */
export function note({ errors, nulled }: Failures, error: GraphQLError, path: Path | undefined): void {
  if (nulled.size > 0 && isBelowNull(nulled, path)) return;
  nulled.add(path);
  errors.push(error);
}

function isBelowNull(nulled: ReadonlySet<Path | undefined>, path: Path | undefined): boolean {
  for (let above = path; above !== undefined; above = above.prev) if (nulled.has(above)) return true;
  return nulled.has(undefined);
}
