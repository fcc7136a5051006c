import { existsSync, readFileSync } from 'node:fs';
import { buildSchema as buildSdl } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildSchema } from '../src/graph/schema.ts';
import { breakagesBetween, unlisted } from './schema-care/breaking.ts';
import { faultsIn } from './schema-care/rules.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const changelog = read('CHANGELOG.md');

describe.for(['schema.graphql', 'subgraph.graphql'])('schema/%s', (file) => {
  // `npm run release:schema` puts what is released there.
  const released = existsSync(new URL(`../schema/released/${file}`, import.meta.url)) ? read(`schema/released/${file}`) : null;

  test('breaks nothing of the last release that the changelog does not list', async () => {
    const breakages = released === null ? [] : await breakagesBetween(released, read(`schema/${file}`));

    expect(unlisted(breakages, changelog)).toEqual([]);
    // Before the first release there is nothing that could break, and after it the released form must be at hand.
    expect(released !== null).toBe(/^## \[\d/m.test(changelog));
  });

  test('would be noticed to lose a field, an argument, an enum value or a type', async () => {
    const sdl = read(`schema/${file}`);
    const poorer = sdl
      .replace(/^ {2}kudosDetails: /m, '  kudosInDetail: ')
      .replace(/^ {4}query: String!$/m, '    text: String!')
      .replace(/^ {2}PENDING$/m, '  WAITING')
      .replaceAll('OtherAccount', 'StrangeAccount');

    const paths = (await breakagesBetween(sdl, poorer)).map(({ path }) => path);

    expect(paths).toEqual(expect.arrayContaining(['HordeAccount.kudosDetails', 'OtherAccount', 'Role.PENDING']));
    expect(paths.some((path) => path.endsWith('.query'))).toBe(true);
  });
});

describe('a breaking change', () => {
  const older = 'type Query { user(id: ID!): String names: [String!]! }';
  const newer = 'type Query { user(id: ID!, source: ID!): String names: [String] }';
  const listed =
    '# Changelog\n\n## [Unreleased]\n\n### Changed\n\n- `Query.names` may hold null.\n\n## [0.1.0]\n\n- `Query.user.source`\n';

  test('is found, and passes when the newest section of the changelog names it', async () => {
    const breakages = await breakagesBetween(older, newer);

    expect(breakages.map(({ path }) => path).toSorted()).toEqual(['Query.names', 'Query.user.source']);
    expect(unlisted(breakages, listed).map(({ path }) => path)).toEqual(['Query.user.source']);
  });

  test('is not what only adds or deprecates', async () => {
    const more = `${older.replace('names', 'more: Int names')} type Other { id: ID }`.replace(
      'user(id: ID!)',
      'user(id: ID!, source: ID)',
    );

    expect(await breakagesBetween(older, more)).toEqual([]);
  });
});

test('every name is written as its like are, and everything has a description', () => {
  expect(faultsIn(buildSchema())).toEqual([]);
});

test('the rules see each sort of fault', () => {
  const faults = faultsIn(
    buildSdl(`
      "Asked."
      type Query {
        "No end"
        Names("Which." Which: filter): bad_Type @deprecated(reason: "Old.")
      }
      type bad_Type { "A colour." colour: Colour }
      "Colours."
      enum Colour { "Red." red BLUE }
      "Narrows."
      input filter { "A name." Name: String }
    `),
  );

  expect(faults).toMatchInlineSnapshot(`
    [
      "Query.Names is not written as its like are",
      "Query.Names has a description that does not end",
      "Query.Names is deprecated without naming what takes its place",
      "Query.Names.Which is not written as its like are",
      "bad_Type is not written as its like are",
      "bad_Type has no description",
      "Colour.red is not written as its like are",
      "Colour.BLUE has no description",
      "filter is not written as its like are",
      "filter.Name is not written as its like are",
      "filter is an input and not called one",
    ]
  `);
});
