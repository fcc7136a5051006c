import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { Random } from './random-operations.ts';

/** What arguments and fields of inputs may be, by their name or else by their type. */
export type Pool = Readonly<Record<string, readonly unknown[]>>;

const nonsense = [
  '',
  ' ',
  'nobody',
  'a',
  '%',
  '\u0000',
  '../..',
  '"}',
  '田中',
  '💥',
  'x'.repeat(300),
  '-1',
  'NaN',
  'a\r\nb',
  '<b>',
];

const byType: Pool = {
  ID: ['horde:999999', 'webui:', ':', 'horde', 'nowhere:1', 'horde:-1', ...nonsense],
  String: nonsense,
  Int: [-1, 0, 1, 2, 3, 25, 100, 101, 2_147_483_647, -2_147_483_648],
  Float: [-1.5, 0, 1, 1e9, 1e300],
  SafeInt: [-1, 0, 1, 10, Number.MAX_SAFE_INTEGER],
  Boolean: [true, false],
  DateTime: ['1969-12-31T23:59:59Z', '2030-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'],
  LocalDate: ['2000-02-29', '1900-01-01'],
  JSON: [null, 1, 'a', [], {}, { a: [{ b: null }] }],
  JSONObject: [{}, { theme: 'dark' }, { a: { b: { c: [1, null, {}] } } }, { constructor: 2 }],
};

/** Literals and values of input types. The same draws give the same. */
export function createValues(pool: Pool, random: Random) {
  const pick = (items: readonly unknown[]): unknown => items[Math.floor(random() * items.length)];

  /** As a variable holds it. An input with a word for it is a dry run, always. */
  function value(name: string, type: GraphQLInputType): unknown {
    if (name === 'dryRun') return true;
    if (!isNonNullType(type) && random() < 0.1) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable)) return Array.from({ length: Math.floor(random() * 4) }, () => value(name, nullable.ofType));
    if (isEnumType(nullable)) return pick(nullable.getValues().map((each) => each.name));
    if (isInputObjectType(nullable)) {
      const given = Object.values(nullable.getFields()).filter(
        (field) => isRequiredInputField(field) || field.name === 'dryRun' || random() < 0.35,
      );
      return Object.fromEntries(given.map((field) => [field.name, value(field.name, field.type)]));
    }
    const usual = byType[nullable.name] ?? nonsense;
    // Names mean different things in different places: the values must be of the type's sort.
    const known = (pool[name] ?? []).filter((each) => usual.some((other) => typeof other === typeof each));
    return pick(known.length > 0 && random() < 0.8 ? known : usual);
  }

  /** As a document holds it. Objects come as variables only. */
  function literal(name: string, type: GraphQLInputType): string {
    const given = value(name, type);
    const nullable = getNullableType(type);
    if (isEnumType(nullable) || (isListType(nullable) && isEnumType(getNullableType(nullable.ofType))))
      return JSON.stringify(given).replaceAll('"', '');
    return JSON.stringify(given);
  }

  return { value, literal };
}
