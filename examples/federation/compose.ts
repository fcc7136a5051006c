import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** One of the graphs that are put together: where it is asked, and what it can be asked. */
export interface Part {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** The supergraph that a router is given. Throws with everything that does not fit together. */
export function composeSupergraph(parts: readonly Part[]): string {
  const { errors = [], supergraphSdl } = composeServices(
    parts.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
