import { lexicographicSortSchema, printSchema as print } from 'graphql';
import { buildSchema } from '../graph/schema.ts';
import { subgraphSdl } from '../subgraph/sdl.ts';
import type { CommandOptions } from './commands.ts';

/** The graph in SDL, sorted, as it stands in `schema/schema.graphql`. */
export const sdl = (): string => `${print(lexicographicSortSchema(buildSchema()))}\n`;

/** `rollcall schema`, also in the form of `schema/subgraph.graphql`. Needs no configuration: every deployment serves the same graph. */
export async function printSchema({
  subgraph = false,
  scopes = false,
}: Pick<CommandOptions, 'subgraph' | 'scopes'>): Promise<number> {
  process.stdout.write(subgraph ? subgraphSdl(buildSchema(), { scopes }) : sdl());
  return 0;
}
