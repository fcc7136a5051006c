import type { SubschemaConfig } from '@graphql-tools/delegate';
import { stitchingDirectives } from '@graphql-tools/stitching-directives';
import { buildSchema, parse, print, visit } from 'graphql';

const { stitchingDirectivesTypeDefs, stitchingDirectivesTransformer } = stitchingDirectives();

/** Rollcall’s SDL for those who say in directives what to merge: people have a key, and `usersById` finds them by it. */
export function withStitchingDirectives(sdl: string): string {
  const directive = (text: string) => {
    const [definition] = parse(`type T ${text} { field: Int }`).definitions;
    return definition?.kind === 'ObjectTypeDefinition' ? (definition.directives ?? []) : [];
  };
  const document = visit(parse(sdl), {
    ObjectTypeDefinition: (type) =>
      type.name.value === 'User' ? { ...type, directives: directive('@key(selectionSet: "{ id }")') } : undefined,
    FieldDefinition: (field) =>
      field.name.value === 'usersById' ? { ...field, directives: directive('@merge(keyField: "id")') } : undefined,
  });
  return `${stitchingDirectivesTypeDefs}\n${print(document)}\n`;
}

/** The same as `merge` in `gateway.ts`, read from the SDL. */
export function subschemaOf(sdl: string, executor: NonNullable<SubschemaConfig['executor']>): SubschemaConfig {
  return stitchingDirectivesTransformer({ schema: buildSchema(withStitchingDirectives(sdl)), executor });
}
