import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  lexicographicSortSchema,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  printSchema,
  visit,
} from 'graphql';
import { directivesOfField, directivesOfType, imported, specification } from './directives.ts';
import { withoutNodeQueries } from './queries.ts';

export interface SdlOptions {
  /** With `@requiresScopes`, for routers that know it. Those that do not refuse a schema with it altogether. */
  readonly scopes: boolean;
}

/** The subgraph in SDL, sorted, with the directives of the federation: what composers read and `_service` answers. */
export function subgraphSdl(graph: GraphQLSchema, options: SdlOptions): string {
  const form = lexicographicSortSchema(withoutNodeQueries(graph));
  const document = visit(parse(printSchema(form)), {
    ObjectTypeDefinition: (node) => {
      const type = form.getType(node.name.value);
      return isObjectType(type) ? withDirectives(node, type, form, options) : undefined;
    },
  });
  const names = imported(options)
    .map((name) => JSON.stringify(`@${name}`))
    .join(', ');
  return `extend schema @link(url: "${specification}", import: [${names}])\n\n${print(document)}\n`;
}

function withDirectives(
  node: ObjectTypeDefinitionNode,
  type: GraphQLObjectType,
  form: GraphQLSchema,
  options: SdlOptions,
): ObjectTypeDefinitionNode {
  const fields = type.getFields();
  const added = (field: FieldDefinitionNode): readonly ConstDirectiveNode[] => {
    const definition = fields[field.name.value];
    return definition === undefined ? [] : directivesOfField(definition, type, form, options);
  };
  return {
    ...node,
    directives: [...(node.directives ?? []), ...directivesOfType(type, form)],
    fields: (node.fields ?? []).map((field) => ({ ...field, directives: [...(field.directives ?? []), ...added(field)] })),
  };
}
