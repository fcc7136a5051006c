import { readFileSync } from 'node:fs';
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByTheGuild } from '@theguild/federation-composition';
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition';
import { type DocumentNode, parse, printSchema } from 'graphql';
import type { Part } from '../../examples/federation/compose.ts';
import { buildSchema } from '../../src/graph/schema.ts';
import { subgraphSdl } from '../../src/subgraph/sdl.ts';

export interface Composition {
  readonly errors: readonly string[];
  /** What a router is given; empty where the composer makes a form of its own. */
  readonly supergraph: string;
  /** What clients see; empty where the composer does not tell. */
  readonly api: string;
}

export const rollcallSdl = readFileSync(new URL('../../schema/subgraph.graphql', import.meta.url), 'utf8');
/** The same with the scopes that fields need. */
export const scopedSdl = subgraphSdl(buildSchema(), { scopes: true });
export const badgesSdl = readFileSync(new URL('badges.graphql', import.meta.url), 'utf8');

const parsed = (parts: readonly Part[]): { name: string; url: string; typeDefs: DocumentNode }[] =>
  parts.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));

export const composers = {
  Apollo: (parts: readonly Part[]): Composition => {
    const { errors = [], supergraphSdl = '', schema } = composeByApollo(parsed(parts));
    const api = schema === undefined ? '' : printSchema(schema.toAPISchema().toGraphQLJSSchema());
    return { errors: errors.map(String), supergraph: supergraphSdl, api };
  },
  'The Guild': (parts: readonly Part[]): Composition => {
    const { errors = [], supergraphSdl = '', publicSdl = '' } = composeByTheGuild(parsed(parts));
    return { errors: errors.map(String), supergraph: supergraphSdl, api: publicSdl };
  },
  WunderGraph: (parts: readonly Part[]): Composition => {
    const subgraphs = parsed(parts).map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs }));
    const result = federateSubgraphs({ subgraphs, version: ROUTER_COMPATIBILITY_VERSION_ONE, options: {} });
    if (!result.success) return { errors: result.errors.map(String), supergraph: '', api: '' };
    return { errors: [], supergraph: '', api: printSchema(result.federatedGraphClientSchema) };
  },
} as const;
