import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';

/** A change that may break somebody's query. */
export interface Breakage {
  /** `User.kudos`, `Query.users.first`. */
  readonly path: string;
  readonly message: string;
}

/** What the newer schema takes away from those who use the older one. Both as SDL, of the graph or of the subgraph. */
export async function breakagesBetween(older: string, newer: string): Promise<Breakage[]> {
  const changes = await diff(build(older), build(newer));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path = '', message }) => ({ path, message }));
}

/** Those that the changelog does not own up to. It must name the path, as code, in its newest section. */
export function unlisted(breakages: readonly Breakage[], changelog: string): Breakage[] {
  const [, newest = ''] = changelog.split(/^## /m);
  return breakages.filter(({ path }) => !newest.includes(`\`${path}\``));
}

// The directives of the federation are defined by the specification that the SDL links, and not in it.
const build = (sdl: string): GraphQLSchema => buildASTSchema(parse(sdl), { assumeValidSDL: true });
