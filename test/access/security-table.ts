import { type GraphQLInterfaceType, type GraphQLObjectType, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { scopes } from '../../src/access/scopes.ts';
import { scopeOfField } from '../../src/graph/scope-notes.ts';
import type { FieldHints } from '../../src/graph/selection.ts';

export const begin = '<!-- Scopes and fields: written by test/access/write-security-table.ts from the schema. -->';
export const end = '<!-- End of scopes and fields. -->';

/** The page with its table made anew. */
export function withTable(page: string, schema: GraphQLSchema): string {
  const [before, rest] = split(page, begin);
  const [, after] = split(rest, end);
  return `${before}${begin}\n\n${tableOf(schema)}\n\n${end}${after}`;
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  if (index < 0) throw new Error(`docs/security.md lacks ${at}`);
  return [text.slice(0, index), text.slice(index + at.length)];
}

function tableOf(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap())
    .filter((type): type is Composite => isObjectType(type) || isInterfaceType(type))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const rows = scopes.flatMap((scope) =>
    types.flatMap((type) => {
      const fields = ownFields(type).filter((name) => scopeIn(type, name) === scope);
      return fields.length === 0
        ? []
        : [`| \`${scope}\` | \`${type.name}\` | ${fields.map((name) => `\`${name}\``).join(' ')} |`];
    }),
  );
  return ['| scope | type | fields |', '| --- | --- | --- |', ...rows].join('\n');
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** Without those that an interface of the type shows under the same scope. */
const ownFields = (type: Composite): string[] =>
  Object.keys(type.getFields())
    .toSorted()
    .filter((name) =>
      type.getInterfaces().every((above) => !(name in above.getFields()) || scopeIn(above, name) !== scopeIn(type, name)),
    );

// Extensions hold what `fromFacet` and its neighbours put there.
const scopeIn = (type: Composite, name: string) => scopeOfField((type.getFields()[name]?.extensions ?? {}) as FieldHints);
