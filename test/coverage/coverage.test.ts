import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type Entry, outcomeOf } from './entry.ts';
import { pages } from './fields.ts';
import { renderPage, tally } from './page.ts';
import { faultIn, reachableTypes } from './resolve-path.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const schema = buildSchema(read('schema/schema.graphql'));

const entries: { readonly name: string; readonly entry: Entry }[] = pages.flatMap(({ title, models }) =>
  Object.entries(models).flatMap(([model, fields]) =>
    Object.entries(fields).map(([field, entry]) => ({ name: `${title}: ${model}.${field}`, entry })),
  ),
);
const paths = new Set(entries.flatMap(({ entry }) => entry.paths));

test('every field of the SDK pages has a path in the graph, or is a secret, or has no effect upstream', () => {
  const missing = entries.filter(({ entry }) => outcomeOf(entry) === 'missing').map(({ name }) => name);

  expect(missing).toEqual([]);
});

test('every path is in the schema', () => {
  const faults = [...paths].flatMap((path) => faultIn(path, schema)?.replace(/^/, `${path}: `) ?? []);

  expect(faults).toEqual([]);
});

test('every path begins at a type that a query or a mutation reaches', () => {
  const reached = reachableTypes(schema);

  const unreached = [...paths].filter((path) => !reached.has(path.split('.')[0] ?? ''));

  expect(unreached).toEqual([]);
});

test('a reason says more than a word', () => {
  const terse = entries.filter(({ entry }) =>
    [entry.secret, entry.idle].some((why) => why !== undefined && why.split(' ').length < 4),
  );

  expect(terse.map(({ name }) => name)).toEqual([]);
});

test('no entry is lost or added unnoticed', () => {
  const counted = pages.map((page) => ({ title: page.title, ...tally(page) }));

  expect(counted).toEqual([
    { title: 'AI Horde', models: 19, fields: 152, reachable: 146, secret: 2, idle: 4, missing: 0 },
    { title: 'MCSManager', models: 7, fields: 48, reachable: 41, secret: 6, idle: 1, missing: 0 },
    { title: 'Open WebUI', models: 27, fields: 301, reachable: 299, secret: 2, idle: 0, missing: 0 },
  ]);
});

test('docs/coverage.md is what write-page.ts writes', () => {
  expect(read('docs/coverage.md')).toBe(renderPage(pages));
});

describe('the check of paths', () => {
  const small = buildSchema(`
    enum Role { ADMIN }
    type User { name: String role: Role friends(first: Int): [User!]! }
    type Query { user: User }
    type Mutation { rename(input: RenameInput!): User }
    input RenameInput { id: ID! names: NamesInput }
    input NamesInput { first: String }
    type Island { name: String }
  `);

  test.each([
    ['User.name', null],
    ['Query.user.friends.friends.name', null],
    ['User.friends(first:)', null],
    ['Role.ADMIN', null],
    ['Person.name', 'there is no type Person'],
    ['User', 'a type alone is no path to a field'],
    ['User.age', 'User has no field age'],
    ['User.name.length', 'String has no fields'],
    ['User.friends(last:)', 'friends takes no last'],
    ['User.friends(first:).name', 'after an argument nothing can follow'],
    ['Role.GUEST', 'Role has no value GUEST'],
    ['RenameInput.names.first', null],
    ['RenameInput.name', 'RenameInput has no field name'],
    ['RenameInput.id.length', 'ID has no fields'],
  ])('%s → %s', (path, fault) => {
    expect(faultIn(path, small)).toBe(fault);
  });

  test('a type that nothing leads to counts as out of reach, and those of inputs do not', () => {
    expect([...reachableTypes(small)].sort()).toEqual([
      ...['ID', 'Int', 'Mutation', 'NamesInput', 'Query', 'RenameInput', 'Role', 'String', 'User'],
    ]);
  });

  test('an entry without path and reason is missing', () => {
    expect(outcomeOf({ paths: [] })).toBe('missing');
  });
});
