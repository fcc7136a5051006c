import { type GraphQLOutputType, getNullableType, isListType, isNonNullType } from 'graphql';

type Path = readonly (string | number)[];

/** Where the null of an error belongs: at its own place or the nearest one above that may be null. Empty: the whole data. */
export function placeOfNull(path: Path, types: ReadonlyMap<string, GraphQLOutputType>): Path {
  const mayBeNull = path.map((_part, index) => !isNonNullType(typeAt(path.slice(0, index + 1), types)));
  return path.slice(0, mayBeNull.lastIndexOf(true) + 1);
}

function typeAt(path: Path, types: ReadonlyMap<string, GraphQLOutputType>): GraphQLOutputType {
  const field = path.findLastIndex((part) => typeof part === 'string');
  const name = path[field];
  const type = types.get(String(name));
  if (type === undefined) throw new Error(`no field is called ${name}`);
  return path.slice(field + 1).reduce<GraphQLOutputType>((list, index) => {
    const nullable = getNullableType(list);
    if (!isListType(nullable)) throw new Error(`${name} has no item ${index}`);
    // The item type of an output list is an output type.
    return nullable.ofType as GraphQLOutputType;
  }, type);
}

/** The first place on the path, or the data itself, where there is null; undefined where there is none. */
export function firstNull(data: unknown, path: Path): Path | undefined {
  let value = data;
  for (const [index, part] of path.entries()) {
    if (value === null) return path.slice(0, index);
    // What has a part of the path below it is a list or an object.
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return value === null ? path : undefined;
}
