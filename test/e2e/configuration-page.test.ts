import { expect, test } from 'vitest';
import { z } from 'zod';
import { AccessShape } from '../../src/access/settings.ts';
import { otherAges } from '../../src/cache/ages.ts';
import { RedisSettings } from '../../src/cache/redis/settings.ts';
import { CacheSettings } from '../../src/cache/settings.ts';
import { SharingSettings } from '../../src/config.ts';
import { EdgeSettings } from '../../src/edge/settings.ts';
import { settingNames, toVariable } from '../../src/environment.ts';
import { kinds } from '../../src/sources/registry.ts';
import { AuditSettings, WriteSettings } from '../../src/writing/settings.ts';
import { documentText } from './fenced-blocks.ts';

const page = await documentText('docs/configuration.md');
const rows = page.split('\n').filter((line) => line.startsWith('|'));

test('the configuration page has a row with its default for each key of the sections', () => {
  const keys = [
    ...keysOf('edge', EdgeSettings),
    ...keysOf('access', AccessShape),
    ...keysOf('writes', WriteSettings),
    ...keysOf('audit', AuditSettings),
    ...keysOf('sharing', SharingSettings),
    ...keysOf('cache', CacheSettings),
    ...keysOf('cache.redis', RedisSettings),
  ];

  expect(keys.length).toBeGreaterThan(25);
  expect(keys.filter(({ key, byDefault }) => !isTold(`\`${key}\``, byDefault))).toEqual([]);
});

test.for([...kinds])('the configuration page has every setting of $kind, its default and its environment variable', (kind) => {
  const table = page.slice(page.indexOf(`| \`${kind.kind}\` | type`)).split('\n\n', 1)[0] ?? '';

  const settings = keysOf('', kind.settings);

  expect(settings.map(({ key }) => key)).toEqual(settingNames(kind));
  expect(settings.filter(({ key, byDefault }) => !isTold(`\`${key}\``, byDefault, table.split('\n')))).toEqual([]);
  expect(settings.filter(({ key }) => !page.includes(`\`${kind.environment.prefix}_${toVariable(key)}\``))).toEqual([]);
});

test.for([...kinds])('the configuration page has every age of $kind as it is', ({ kind, ages }) => {
  const table = page.slice(page.indexOf(`| ages on \`${kind}\``)).split('\n\n', 1)[0] ?? '';
  const all = Object.entries({ ...ages?.facets, ...Object.fromEntries(otherAges.map((name) => [name, ages?.[name]])) });

  const wanted = all.map(
    ([name, age]) => `| \`${name}\` | ${age?.fresh} | ${age?.staleWhileRevalidate} | ${age?.staleIfError} |`,
  );
  expect(wanted.filter((row) => !table.includes(row))).toEqual([]);
  expect(table).toContain(`| \`nobody\` | ${ages?.nobody} |`);
  expect(table.split('\n')).toHaveLength(2 + wanted.length + 1);
});

interface Key {
  readonly key: string;
  /** As the page writes it; undefined where there is none, or one that is no single word. */
  readonly byDefault: string | undefined;
}

const isTold = (first: string, byDefault: string | undefined, among = rows): boolean =>
  among.some((row) => row.startsWith(`| ${first} |`) && (byDefault === undefined || row.includes(byDefault)));

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly default?: unknown;
}

/** Every key below a section with what it holds when nothing is said, read off the shape that checks it. */
function keysOf(section: string, shape: z.ZodType): Key[] {
  // What zod writes of an object is a JSON Schema, of which only the named parts are looked at.
  return walk(section, z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
}

function walk(path: string, schema: JsonSchema): Key[] {
  const below = schema.properties ?? schema.items?.properties ?? {};
  return Object.entries(below).flatMap(([name, each]) => {
    const key = path === '' ? name : `${path}.${name}`;
    const plain = ['string', 'number', 'boolean'].includes(typeof each.default);
    return [{ key, byDefault: plain ? String(each.default) : undefined }, ...walk(key, each)];
  });
}
