import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';

/** A name in the schema, with what is said about it. */
interface Entry {
  readonly path: string;
  readonly name: string;
  readonly description: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
  readonly form: RegExp;
}

const pascal = /^[A-Z][A-Za-z0-9]*$/;
const camel = /^[a-z][A-Za-z0-9]*$/;
const upper = /^[A-Z][A-Z0-9_]*$/;

/** What is wrong with the names and descriptions of a schema, a sentence for each fault. */
export function faultsIn(schema: GraphQLSchema): string[] {
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !(isScalarType(type) && isSpecifiedScalarType(type)),
  );
  return own.flatMap((type) => [...entriesOf(type).flatMap(faultsOf), ...faultsOfKind(type)]);
}

function faultsOf({ path, name, description, deprecationReason, form }: Entry): string[] {
  const said = description?.trim() ?? '';
  return [
    ...(form.test(name) ? [] : [`${path} is not written as its like are`]),
    ...(said === '' ? [`${path} has no description`] : []),
    ...(said === '' || /[.:`)?]$/.test(said) ? [] : [`${path} has a description that does not end`]),
    ...(deprecationReason == null || /`|Nothing takes its place/.test(deprecationReason)
      ? []
      : [`${path} is deprecated without naming what takes its place`]),
  ];
}

/** Names that clients and tools read something from. */
function faultsOfKind(type: GraphQLNamedType): string[] {
  return isInputObjectType(type) && !/(Input|Expectation)$/.test(type.name)
    ? [`${type.name} is an input and not called one`]
    : [];
}

function entriesOf(type: GraphQLNamedType): Entry[] {
  const self: Entry = { path: type.name, name: type.name, description: type.description, form: pascal };
  if (isEnumType(type)) {
    return [self, ...type.getValues().map((value) => ({ ...value, path: `${type.name}.${value.name}`, form: upper }))];
  }
  if (isInputObjectType(type)) {
    return [
      self,
      ...Object.values(type.getFields()).map((field) => ({ ...field, path: `${type.name}.${field.name}`, form: camel })),
    ];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [self];
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const path = `${type.name}.${field.name}`;
    return [{ ...field, path, form: camel }, ...field.args.map((arg) => ({ ...arg, path: `${path}.${arg.name}`, form: camel }))];
  });
  return [self, ...fields];
}
