import {
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
} from 'graphql';

/** Whom an input is about, where it says so. */
export interface About {
  readonly id: string;
  readonly source: string;
}

const scalars: Readonly<Record<string, unknown>> = {
  String: 'nobody',
  Boolean: true,
  Int: 1,
  Float: 1,
  SafeInt: 1,
  DateTime: '2030-01-01T00:00:00Z',
  LocalDate: '2000-01-01',
  JSON: {},
  JSONObject: {},
};

/** The smallest value that an input type takes: what it requires and nothing more. */
export function leastValue(type: GraphQLType | undefined, about: About, name = ''): unknown {
  if (isNonNullType(type)) return leastValue(type.ofType, about, name);
  if (isListType(type)) return [leastValue(type.ofType, about, name)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(needed.map((field) => [field.name, leastValue(field.type, about, field.name)]));
  }
  const scalar = isScalarType(type) ? type.name : '';
  if (scalar === 'ID') return name === 'source' ? about.source : about.id;
  return scalars[scalar];
}
