import {
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import { createRandom, type Random } from '../edge/random-operations.ts';

/** An object of which every field is something or other, always the same for the same seed. */
export interface Source {
  readonly typeName: string;
  readonly seed: string;
}

/**
 * Takes the resolvers from a schema and puts others in their place: they answer, fail, wait, return nothing or nonsense, as the seed of
 * what they stand on has it and nothing else. Some take info and let all of it count; some fields have no resolver.
 */
export function makeRandom(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const draw = drawn(type.name);
    if (isAbstractType(type)) {
      if (draw() < 0.3) type.resolveType = undefined;
      else type.resolveType = (value: Source) => maybeLater(typeOf(schema, value), drawn(`type ${value.seed}`));
    }
    if (!isObjectType(type)) continue;
    type.isTypeOf = draw() < 0.8 ? undefined : (value: Source) => maybeLater(value.typeName === type.name, drawn(value.seed));
    for (const field of Object.values(type.getFields())) {
      const outcome = (seed: string): unknown => outcomeOf(schema, field.type, drawn(seed), seed);
      const kind = draw();
      if (kind < 0.25) delete field.resolve;
      else if (kind < 0.6) field.resolve = withInfo(outcome);
      else field.resolve = (source: Source, args, context) => outcome(JSON.stringify([source.seed, field.name, args, context]));
    }
  }
}

const withInfo =
  (outcome: (seed: string) => unknown): GraphQLFieldResolver<Source, unknown> =>
  (source, args, context, info) =>
    outcome(JSON.stringify([source.seed, args, context, described(info)]));

const described = ({ fieldNodes, returnType, parentType, path, schema, fragments, ...rest }: GraphQLResolveInfo): unknown => [
  ...[fieldNodes.map(({ loc }) => loc?.start), String(returnType), parentType.name, responsePathAsArray(path), path.typename],
  ...[schema.getQueryType()?.name, Object.keys(fragments), rest.fieldName, rest.operation.loc?.start, rest.variableValues],
  Object.keys(rest),
];

/** For a field without a resolver: what it shows is there as a property. */
export function sourceOf(schema: GraphQLSchema, type: GraphQLObjectType, seed: string): Source {
  return new Proxy<Source>(
    { typeName: type.name, seed },
    {
      get: (source, name) => {
        if (name in source || typeof name === 'symbol') return Reflect.get(source, name);
        if (name === '__typename') return typeOf(schema, source);
        const field = type.getFields()[name];
        if (field === undefined) return undefined;
        const outcome = (more: unknown): unknown => {
          const own = JSON.stringify([seed, name, more]);
          return outcomeOf(schema, field.type, drawn(own), own);
        };
        // As with a method: it is told what any resolver is told, less the source.
        if (drawn(`${seed} ${name}`)() < 0.1)
          return (args: unknown, context: unknown, info: GraphQLResolveInfo) => outcome([args, context, described(info)]);
        return outcome(null);
      },
    },
  );
}

/** Mostly its own. */
function typeOf(schema: GraphQLSchema, { typeName, seed }: Source): string {
  const wrong = ['User', 'Node', 'Nobody', 'String', 'HordeAccount'];
  const draw = drawn(`name ${seed}`);
  if (draw() < 0.94) return typeName;
  // What else may be returned by mistake: nothing, no text, a type.
  const odd = [...wrong, undefined, null, 7, schema.getType(typeName)];
  return odd[Math.floor(draw() * odd.length)] as string;
}

function outcomeOf(schema: GraphQLSchema, type: GraphQLOutputType, draw: Random, seed: string): unknown {
  const kind = draw();
  if (kind < 0.02) throw new TypeError(`thrown ${seed.length}`);
  if (kind < 0.03) throw new GraphQLError('told', { extensions: { code: 'TOLD', n: seed.length } });
  if (kind < 0.04) throw `no error ${seed.length}`;
  if (kind < 0.05) return new RangeError('returned');
  if (kind < 0.07) return later(draw, () => Promise.reject(new Error(`rejected ${seed.length}`)));
  if (kind < 0.08) return undefined;
  if (kind < 0.09) return Number.NaN;
  if (kind < 0.1) return { not: 'this' };
  return maybeLater(anyOf(schema, type, draw, seed), draw);
}

function anyOf(schema: GraphQLSchema, type: GraphQLOutputType, draw: Random, seed: string): unknown {
  if (!isNonNullType(type) && draw() < 0.08) return null;
  const known = getNullableType(type);
  if (isListType(known)) return listOf(schema, known.ofType, draw, seed);
  if (isEnumType(known)) return known.getValues()[Math.floor(draw() * known.getValues().length)]?.value;
  if (isLeafType(known)) return leaves[known.name]?.(draw) ?? `text ${Math.floor(draw() * 9)}`;
  if (isObjectType(known)) return sourceOf(schema, known, seed);
  const possible = isAbstractType(known) ? schema.getPossibleTypes(known) : [];
  const chosen = possible[Math.floor(draw() * possible.length)];
  return chosen && sourceOf(schema, chosen, seed);
}

/**
 * Where an item may not be null, either all are promises or all are leaves: graphql forgets about the other promises when an item fails
 * at once, and those that fail too then end the process.
 */
function listOf(schema: GraphQLSchema, type: GraphQLOutputType, draw: Random, seed: string): Iterable<unknown> {
  const indices = Array.from({ length: Math.floor(draw() * 4) }, (_, at) => at);
  const allLater = isNonNullType(type) && (!isLeafType(type.ofType) || draw() < 0.5);
  const allNow = isNonNullType(type) && !allLater;
  const items = indices.map((at) => {
    const own = `${seed}/${at}`;
    if (allLater) return later(drawn(own), async () => outcomeOf(schema, type, drawn(own), own));
    if (allNow) return anyOf(schema, type, drawn(own), own);
    try {
      return outcomeOf(schema, type, drawn(own), own);
    } catch (thrown) {
      return thrown instanceof Error ? thrown : null;
    }
  });
  return draw() < 0.8 ? items : new Set(items);
}

const leaves: Readonly<Record<string, (draw: Random) => unknown>> = {
  Int: (draw) => (draw() < 0.05 ? 1.5 : Math.floor(draw() * 100)),
  Float: (draw) => draw() * 100,
  SafeInt: (draw) => Math.floor(draw() * 1e9),
  Boolean: (draw) => draw() < 0.5,
  DateTime: (draw) => (draw() < 0.1 ? 'whenever' : new Date(1.7e12 + Math.floor(draw() * 1e9))),
  LocalDate: () => '2026-01-02',
  JSON: (draw) => ({ a: [draw() < 0.5, null] }),
  JSONObject: () => ({ nothing: null }),
};

function maybeLater<Value>(value: Value, draw: Random): Value | Promise<Value> {
  return draw() < 0.3 ? later(draw, async () => value) : value;
}

/** Some turns of the queue of promises later, or of the event loop: by that the order of two errors is put to the test. */
function later<Value>(draw: Random, then: () => Promise<Value>): Promise<Value> {
  const turns = Math.floor(draw() * 6);
  const waiting = async (): Promise<Value> => {
    if (draw() < 0.1) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < turns; turn++) await null;
    return then();
  };
  const value = waiting();
  // It may fail before the list that holds it is looked at.
  value.catch(() => undefined);
  return value;
}

/** The same numbers for the same text. */
function drawn(text: string): Random {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return createRandom(hash);
}
