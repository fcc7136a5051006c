import {
  coerceInputValue,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type GraphQLType,
  getNullableType,
  getOperationAST,
  isInputObjectType,
  isInputType,
  isListType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

/** As many as graphql itself tells. */
const most = 50;

type Path = readonly (string | number)[];

/**
 * What is wrong with the variables of an operation: where, and what is expected there. GraphQL's own sentences repeat the whole value
 * with whatever password is in it.
 */
export function findVariableFaults(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  values: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  return definitions.flatMap((definition) => faultsOf(schema, definition, values)).slice(0, most);
}

function faultsOf(schema: GraphQLSchema, definition: VariableDefinitionNode, values: Readonly<Record<string, unknown>>) {
  const name = definition.variable.name.value;
  const value = values[name];
  // Graphql finds the type of any type in a document; an input's is one here, or the document would not be valid.
  const type = typeFromAST(schema, definition.type as Parameters<typeof typeFromAST>[1]);
  const faults: GraphQLError[] = [];
  if (value == null || !isInputType(type)) return faults;
  coerceInputValue(value, type, (path, _value, { message }) => {
    if (faults.length >= most) return;
    const place = path.length === 0 ? '' : ` at "${name}${printPath(path)}"`;
    const fault = isAboutNames(message) ? message : `Expected type "${typeAt(type, path)}".`;
    faults.push(new GraphQLError(`Variable "$${name}" got an invalid value${place}; ${fault}`, { nodes: definition }));
  });
  return faults;
}

/** Of fields that are missing or unknown: these sentences name the field and its type, and repeat no value. */
export const isAboutNames = (message: string): boolean => /^Field "[\w.]+" (?:is not defined by|of required) type/.test(message);

function typeAt(type: GraphQLType, path: Path): string {
  return String(path.reduce<GraphQLType | undefined>(below, type) ?? type);
}

/** A single item does for a list of one, without a number in the path. */
function below(type: GraphQLType | undefined, key: string | number): GraphQLType | undefined {
  const inner = getNullableType(type);
  if (isListType(inner)) return typeof key === 'number' ? inner.ofType : below(inner.ofType, key);
  return isInputObjectType(inner) ? inner.getFields()[key]?.type : undefined;
}

const printPath = (path: Path): string => path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
