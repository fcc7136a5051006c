import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** What is wrong with a path of the list, in a sentence; null when the schema has it. */
export function faultIn(path: string, schema: GraphQLSchema): string | null {
  const [start = '', ...steps] = path.split('.');
  const type = schema.getType(start);
  if (type === undefined) return `there is no type ${start}`;
  if (steps.length === 0) return 'a type alone is no path to a field';
  let current: GraphQLNamedType = type;
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    if (isEnumType(current)) return isLast && current.getValue(step) ? null : `${current.name} has no value ${step}`;
    if (isInputObjectType(current)) {
      const field = current.getFields()[step];
      if (field === undefined) return `${current.name} has no field ${step}`;
      current = getNamedType(field.type);
      continue;
    }
    if (!isObjectType(current) && !isInterfaceType(current)) return `${current.name} has no fields`;
    const [, name = '', argument] = /^(\w+)(?:\((\w+):\))?$/.exec(step) ?? [];
    const field = current.getFields()[name];
    if (field === undefined) return `${current.name} has no field ${step}`;
    if (argument !== undefined && !field.args.some((arg) => arg.name === argument)) return `${name} takes no ${argument}`;
    if (argument !== undefined && !isLast) return `after an argument nothing can follow`;
    current = getNamedType(field.type);
  }
  return null;
}

/** The names of all types that a query or a mutation can reach, those of arguments too. */
export function reachableTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const reached = new Set<string>();
  const open: (GraphQLNamedType | null | undefined)[] = [schema.getQueryType(), schema.getMutationType()];
  for (const type of open) {
    if (type == null || reached.has(type.name)) continue;
    reached.add(type.name);
    if (isInterfaceType(type)) open.push(...schema.getPossibleTypes(type));
    if (isInputObjectType(type)) open.push(...Object.values(type.getFields()).map((field) => getNamedType(field.type)));
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      open.push(getNamedType(field.type), ...field.args.map((arg) => getNamedType(arg.type)));
    }
  }
  return reached;
}
