// Apollo's subgraph compatibility cases, those that do not ask for its demo schema of products. docs/federation.md lists the others.
import { stripIgnoredCharacters } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { askAsRouter, entitiesOf } from './router.ts';

let rollcall: Rollcall;
let sdl: string;

beforeAll(async () => {
  rollcall = await startRollcall({ size: 20 });
  const { data } = await askAsRouter(rollcall, '{ _service { sdl } }');
  // By the specification.
  const service = data?._service as { sdl: string } | undefined;
  sdl = stripIgnoredCharacters(service?.sdl ?? '');
});
afterAll(() => rollcall[Symbol.asyncDispose]());

const typeNamed = async (name: string): Promise<unknown> => {
  const query = `query ($name: String!) { __type(name: $name) { kind possibleTypes { name } fields { name type { kind ofType { name } } } } }`;
  return (await askAsRouter(rollcall, query, { name })).data?.__type;
};

describe('the specification’s own types', () => {
  test('_Service has the SDL, which is never null', async () => {
    expect(await typeNamed('_Service')).toMatchObject({
      fields: [{ name: 'sdl', type: { kind: 'NON_NULL', ofType: { name: 'String' } } }],
    });
  });

  test('_Entity is the union of everything with a key, and _Any a scalar', async () => {
    const keyed = [...sdl.matchAll(/type (\w+) implements [\w& ]+@key\(/g)].map(([, name]) => ({ name }));

    expect(keyed).toHaveLength(5);
    expect(await typeNamed('_Entity')).toMatchObject({ kind: 'UNION', possibleTypes: keyed });
    expect(await typeNamed('_Any')).toMatchObject({ kind: 'SCALAR' });
  });
});

describe('the SDL', () => {
  test('has the queries, and none of the specification’s own fields', () => {
    expect(sdl).toContain('type Query{');
    expect(sdl).not.toMatch(/_service|_entities|_Any|_Entity/);
  });

  test('links the specification once, and imports what it has', () => {
    const links = [...sdl.matchAll(/@link\(url:"https:\/\/specs\.apollo\.dev\/federation\/v(2\.\d+)" import:\[(.+?)\]\)/g)];

    expect(links.map(([, version, names]) => [version, names?.split('"').filter((text) => text.startsWith('@'))])).toEqual([
      ['2.9', ['@cost', '@key', '@listSize', '@shareable', '@tag']],
    ]);
  });

  test('uses nothing that it does not import or define', () => {
    const bare = sdl.replaceAll(/"""[\s\S]*?"""|"(?:[^"\\]|\\.)*"/g, '""');
    const defined = [...bare.matchAll(/directive ?@(\w+)/g)].map(([, name]) => name);
    const used = new Set([...bare.matchAll(/@(\w+)/g)].map(([, name]) => name));

    expect(defined).toEqual(['maxAge']);
    expect([...used].filter((name) => name !== 'maxAge').toSorted()).toEqual([
      'cost',
      'deprecated',
      'key',
      'link',
      'listSize',
      'shareable',
      'specifiedBy',
      'tag',
    ]);
  });

  test.for([
    ['@key', /type User implements Node@key\(fields:"id"\)\{/],
    ['@shareable', /type PageInfo@shareable\{/],
    ['@tag', /contact:String@tag\(name:"read-private"\)/],
  ] as const)('applies %s', ([, applied]) => {
    expect(sdl).toMatch(applied);
  });
});

test('an entity is resolved by its key', async () => {
  const answer = await askAsRouter(rollcall, entitiesOf('... on User { id username }'), {
    representations: [{ __typename: 'User', id: 'horde:101' }],
  });

  expect(answer.data).toEqual({ _entities: [{ id: 'horde:101', username: 'ada#101' }] });
});

test('an entity’s other fields, sent along by a router, do no harm', async () => {
  const answer = await askAsRouter(rollcall, entitiesOf('... on User { username }'), {
    representations: [{ __typename: 'User', id: 'horde:101', badges: [{ id: 'founder' }], username: 'somebody else' }],
  });

  expect(answer.data).toEqual({ _entities: [{ username: 'ada#101' }] });
});
