import type { RollcallOptions } from '../app/rollcall.ts';

type Config = NonNullable<RollcallOptions['config']>;
type Sources = Parameters<Config>[0]['sources'];

/** The configuration with something of its Open WebUI changed. */
export const withChat =
  (change: (source: Sources[number]) => object): Config =>
  (input) => ({
    ...input,
    sources: input.sources.map((source) => (source.id === 'webui' ? { ...source, ...change(source) } : source)),
  });
