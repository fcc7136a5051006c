import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  getArgumentValues,
} from 'graphql';
import { fail } from './failures.ts';
import { isPromise, type Path, type Run, type Site, toInfo } from './run.ts';

/** What is asked of the objects of one type, at one place of an operation. */
export interface Selection {
  /** The answer's object before its fields have run: all its names in their order, and what is the same for every object. */
  readonly blank: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
}

export interface Field extends Site {
  readonly node: FieldNode;
  readonly isNonNull: boolean;
  /** Null for graphql's own, which reads the property of that name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | null;
  /** Null where the variables have a say. */
  readonly args: Readonly<Record<string, unknown>> | null;
  readonly wantsInfo: boolean;
  /** Whether something below, or the info, stands on the path. For all others it is made when something fails. */
  readonly wantsPath: boolean;
  readonly complete: Complete;
}

/** What a resolver returned, as it is told to the client. Throws what is wrong with it. */
export type Complete = (run: Run, value: unknown, path: Path | undefined, info: GraphQLResolveInfo | undefined) => unknown;

/**
 * The object, or a promise of it if one of the fields is one. Promises are chained as graphql chains them, since it hangs on that which
 * of two errors comes first.
 */
export function executeFields(run: Run, { blank, fields }: Selection, source: unknown, path: Path | undefined): unknown {
  // A copy keeps its shape, unlike one that is put together name by name: that is quicker to read for whoever writes it as JSON.
  const result = { ...blank };
  // Made for the first: most objects are there at once.
  let promised: Promised | undefined;
  try {
    for (const field of fields) {
      const value = executeField(run, field, source, path);
      if (!isPromise(value)) result[field.key] = value;
      else {
        promised ??= { keys: [], promises: [] };
        promised.keys.push(field.key);
        promised.promises.push(value);
      }
    }
  } catch (error) {
    if (promised === undefined) throw error;
    return throwAfter(promised, error);
  }
  return promised === undefined ? result : fillIn(result, promised);
}

interface Promised {
  readonly keys: string[];
  readonly promises: PromiseLike<unknown>[];
}

// What follows has functions of its own, so that nothing is made for them where there is no promise.

const fillIn = (result: Record<string, unknown>, { keys, promises }: Promised): Promise<unknown> =>
  whenAll(promises, (values) => {
    for (const [at, key] of keys.entries()) result[key] = values[at];
    return result;
  });

const throwAfter = ({ promises }: Promised, error: unknown): Promise<unknown> =>
  whenAll(promises, () => undefined).finally(() => {
    throw error;
  });

/** For a single one without what `Promise.all` makes, and in as many turns. */
function whenAll<Result>(promises: readonly PromiseLike<unknown>[], then: (values: unknown[]) => Result): Promise<Result> {
  const [first] = promises;
  if (first === undefined || promises.length > 1) return Promise.all(promises).then(then);
  return Promise.resolve(first).then(asOnly).then(then);
}

const asOnly = (value: unknown): unknown[] => [value];

function executeField(run: Run, field: Field, source: unknown, parent: Path | undefined): unknown {
  const { complete, wantsPath } = field;
  const path = wantsPath ? pathOf(field, parent) : undefined;
  try {
    const info = field.wantsInfo ? toInfo(run, field, path ?? pathOf(field, parent)) : undefined;
    const value = resolveField(run, field, source, info, parent);
    const completed = isPromise(value) ? completeLater(value, run, field, path, info) : complete(run, value, path, info);
    return isPromise(completed) ? failLater(completed, run, field, path, parent) : completed;
  } catch (thrown) {
    return fail(run.failures, thrown, field, path ?? pathOf(field, parent));
  }
}

const completeLater = (
  value: PromiseLike<unknown>,
  run: Run,
  { complete }: Field,
  path: Path | undefined,
  info: GraphQLResolveInfo | undefined,
): PromiseLike<unknown> => value.then((resolved) => complete(run, resolved, path, info));

const failLater = (
  completed: PromiseLike<unknown>,
  run: Run,
  field: Field,
  path: Path | undefined,
  parent: Path | undefined,
): PromiseLike<unknown> =>
  completed.then(undefined, (thrown: unknown) => fail(run.failures, thrown, field, path ?? pathOf(field, parent)));

function resolveField(
  run: Run,
  field: Field,
  source: unknown,
  // Made only for who takes it.
  info: GraphQLResolveInfo | undefined,
  parent: Path | undefined,
): unknown {
  const { resolve, definition } = field;
  const args = field.args ?? getArgumentValues(definition, field.node, run.variableValues);
  // Who takes no fourth parameter is not told that there is none.
  if (resolve !== null) return resolve(source, args, run.contextValue, info as GraphQLResolveInfo);
  const value = readProperty(source, definition.name);
  if (typeof value !== 'function') return value;
  return defaultFieldResolver(source, args, run.contextValue, info ?? toInfo(run, field, pathOf(field, parent)));
}

/** What a field without a resolver shows. */
const readProperty = (source: unknown, name: string): unknown =>
  (typeof source === 'object' && source !== null) || typeof source === 'function'
    ? // Whatever it is, it can be asked for a property.
      (source as Readonly<Record<string, unknown>>)[name]
    : undefined;

const pathOf = ({ key, parentType }: Site, prev: Path | undefined): Path => ({ prev, key, typename: parentType.name });
