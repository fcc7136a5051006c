import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { connectSource } from '../../src/sources/connecting.ts';
import { kinds } from '../../src/sources/registry.ts';

const horde = (cache: unknown) => ({ sources: [{ id: 'horde', kind: 'AI_HORDE', cache }] });

test('answers are kept unless the configuration says otherwise', () => {
  expect(parseConfig({}, kinds).cache).toEqual({ enabled: true, maxMegabytes: 64 });
  expect(parseConfig({ cache: { enabled: false, maxMegabytes: 8 } }, kinds).cache).toEqual({ enabled: false, maxMegabytes: 8 });
});

test('ages of a source are laid over those of its kind', () => {
  const [source] = parseConfig(
    horde({ kudos: { fresh: 5 }, activeGenerations: false, list: { staleIfError: 0 }, nobody: 1 }),
    kinds,
  ).sources;
  const [kind] = kinds;

  expect(source?.ages?.facets.kudos).toEqual({ ...kind.ages?.facets.kudos, fresh: 5 });
  expect(source?.ages?.facets.activeGenerations).toEqual({ fresh: 0, staleWhileRevalidate: 0, staleIfError: 0 });
  expect(source?.ages?.list).toEqual({ ...kind.ages?.list, staleIfError: 0 });
  expect(source?.ages?.nobody).toBe(1);
  expect(source?.ages?.facets.identity).toEqual(kind.ages?.facets.identity);
});

test.each([
  [{ karma: { fresh: 5 } }, 'sources.0.cache: unknown "karma"; this kind of source has identity, '],
  [{ groups: { fresh: 5 } }, 'sources.0.cache: unknown "groups"; this kind of source has identity, '],
  [
    { kudos: { fresh: -1 } },
    'sources.0.cache.kudos: must be false, or hold fresh, staleWhileRevalidate or staleIfError, each a number of seconds from 0 to 2592000',
  ],
  [{ kudos: { age: 1 } }, 'sources.0.cache.kudos: must be false, or hold'],
  [{ kudos: 5 }, 'sources.0.cache.kudos: must be false, or hold'],
  [{ nobody: 'long' }, 'sources.0.cache.nobody: must be a number of seconds from 0 to 2592000'],
  [
    { list: { fresh: 60, staleWhileRevalidate: 30 } },
    'sources.0.cache.list.staleWhileRevalidate: must be 0, as it is not read anew behind an answer',
  ],
  [[], 'sources.0.cache: must hold ages by facet'],
  ['no', 'sources.0.cache: must hold ages by facet'],
])('%j is refused with a sentence that names it', (cache, fault) => {
  expect(() => parseConfig(horde(cache), kinds)).toThrow(fault);
});

test.each([
  [{ enabled: 'yes' }, 'cache.enabled'],
  [{ maxMegabytes: 0 }, 'cache.maxMegabytes'],
  [{ size: 1 }, 'cache: unknown "size"'],
])('cache %j is refused', (cache, fault) => {
  expect(() => parseConfig({ cache }, kinds)).toThrow(fault);
});

test.each(kinds.map((kind) => [kind.kind, kind] as const))(
  '%s says of each of its facets how long it is good for',
  async (_, kind) => {
    const settings = kind.settings.parse({ url: 'http://127.0.0.1:1' });
    const http = { deadlineMs: 1_000, connectMs: 1_000, maxBytes: 1_000, concurrency: 1 };
    const { source, ages } = connectSource({ id: 'any', kind, settings, http });
    await source.close();

    expect(Object.keys(ages.facets).toSorted()).toEqual([...source.facets].toSorted());
    expect([...ages.besides].filter((facet) => !source.facets.has(facet))).toEqual([]);
  },
);
