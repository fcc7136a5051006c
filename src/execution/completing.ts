import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { fail } from './failures.ts';
import { type Complete, executeFields, type Selection } from './fields.ts';
import { isPromise, type Run, type Site } from './run.ts';
import { runtimeType } from './runtime-type.ts';

/** What is asked of an object at the place in hand. */
export type Select = (run: Run, type: GraphQLObjectType) => Selection;

/** How values of a type are told. Messages are graphql's. */
export function completing(type: GraphQLOutputType, site: Site, select: Select): Complete {
  if (isNonNullType(type)) return neverNull(completing(type.ofType, site, select), site);
  const complete = ofNullable(type, site, select);
  return (run, value, path, info) => {
    if (value instanceof Error) throw value;
    return value === null || value === undefined ? null : complete(run, value, path, info);
  };
}

function ofNullable(type: ReturnType<typeof getNullableType<GraphQLOutputType>>, site: Site, select: Select): Complete {
  if (isListType(type)) return ofList(type, site, select);
  if (isLeafType(type)) return ofLeaf(type);
  const object = ofObject(site, select);
  if (isAbstractType(type)) return ofAbstract(type, site, object);
  return (run, value, path, info) => object(type, run, value, path, info);
}

const neverNull =
  (complete: Complete, { parentType, definition }: Site): Complete =>
  (run, value, path, info) => {
    const completed = complete(run, value, path, info);
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${definition.name}.`);
    return completed;
  };

const ofLeaf =
  (type: GraphQLLeafType): Complete =>
  (_run, value) => {
    const serialized: unknown = type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
    const call = `\`${inspect(type)}.serialize(${inspect(value)})\``;
    throw new Error(`Expected ${call} to return non-nullable value, returned: ${inspect(serialized)}`);
  };

function ofList({ ofType }: GraphQLList<GraphQLOutputType>, site: Site, select: Select): Complete {
  const complete = completing(ofType, site, select);
  const place = { nodes: site.nodes, isNonNull: isNonNullType(ofType) };
  const wantsPath = !isLeafType(getNullableType(ofType));
  return (run, value, prev, info) => {
    if (!isIterable(value)) {
      const field = `"${site.parentType.name}.${site.definition.name}"`;
      throw new GraphQLError(`Expected Iterable, but did not find one for field ${field}.`);
    }
    const items: unknown[] = [];
    let waits = false;
    const add = (item: unknown): unknown => {
      const key = items.length;
      const path = wantsPath ? { prev, key, typename: undefined } : undefined;
      const failed = (thrown: unknown): null => fail(run.failures, thrown, place, path ?? { prev, key, typename: undefined });
      try {
        const completed = isPromise(item)
          ? item.then((resolved) => complete(run, resolved, path, info))
          : complete(run, item, path, info);
        if (!isPromise(completed)) return completed;
        waits = true;
        return completed.then(undefined, failed);
      } catch (thrown) {
        return failed(thrown);
      }
    };
    try {
      for (const item of value) items.push(add(item));
    } catch (thrown) {
      // Nobody waits for the others any more, and one that fails would end the process.
      if (waits) void Promise.allSettled(items);
      throw thrown;
    }
    return waits ? Promise.all(items) : items;
  };
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';

type CompleteAs = (type: GraphQLObjectType, ...given: Parameters<Complete>) => unknown;

function ofAbstract(type: GraphQLAbstractType, site: Site, complete: CompleteAs): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  return (run, value, path, info) => {
    const name: unknown = resolveType(value, run.contextValue, told(info), type);
    const as = (known: unknown): unknown => complete(runtimeType(known, type, value, site, run.schema), run, value, path, info);
    return isPromise(name) ? name.then(as) : as(name);
  };
}

function ofObject({ nodes }: Site, select: Select): CompleteAs {
  return (type, run, value, path, info) => {
    const selection = select(run, type);
    if (!type.isTypeOf) return executeFields(run, selection, value, path);
    const isOne = type.isTypeOf(value, run.contextValue, told(info));
    const execute = (is: boolean): unknown => {
      if (is) return executeFields(run, selection, value, path);
      throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes });
    };
    return isPromise(isOne) ? isOne.then(execute) : execute(isOne);
  };
}

/** `Field.wantsInfo` is true wherever a type is going to ask for it. */
const told = (info: GraphQLResolveInfo | undefined): GraphQLResolveInfo => info as GraphQLResolveInfo;
