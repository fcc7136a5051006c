import type { Credential } from '../access/credential.ts';
import { type SourceAges, usualAges } from '../cache/ages.ts';
import { createHttpClient } from '../http/client.ts';
import type { ConfiguredSource, Source } from './contract.ts';

/** A connected source and the credential with which it is asked on nobody's particular behalf. */
export interface ConnectedSource {
  readonly source: Source;
  readonly service: Credential;
  readonly ages: SourceAges;
}

/** Opens no connection yet: that happens with the first request, so the server starts whatever the sources do. */
export function connectSource({ id, kind, settings, http, ages }: ConfiguredSource): ConnectedSource {
  const client = createHttpClient(id, { ...http, ...kind.address(settings) });
  const key = kind.serviceKey(settings);
  return {
    source: kind.connect(id, settings, client),
    service: key === undefined ? { class: 'none' } : { class: 'service', key },
    ages: ages ?? kind.ages ?? usualAges,
  };
}
