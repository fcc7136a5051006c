import { buildSchema, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Part } from '../../examples/federation/compose.ts';
import { badgesSdl, composers, rollcallSdl, scopedSdl } from './composing.ts';

const parts = (rollcall: string = rollcallSdl): Part[] => [
  { name: 'rollcall', url: 'http://rollcall.test/subgraph', sdl: rollcall },
  { name: 'badges', url: 'http://badges.test/graphql', sdl: badgesSdl },
];

const fieldsOf = (api: string, typeName: string): string[] => {
  const type = buildSchema(api, { assumeValidSDL: true }).getType(typeName);
  return isObjectType(type) ? Object.keys(type.getFields()) : [];
};

describe.for(Object.entries(composers))('under the composer of %s', ([, compose]) => {
  test('the subgraph composes with one that extends User', () => {
    const { errors, api } = compose(parts());

    expect(errors).toEqual([]);
    expect(fieldsOf(api, 'User')).toEqual(expect.arrayContaining(['id', 'username', 'kudos', 'accounts', 'badges', 'rank']));
    expect(fieldsOf(api, 'HordeAccount')).toEqual(expect.arrayContaining(['id', 'userId', 'records', 'nickname']));
    expect(fieldsOf(api, 'Query')).toEqual(expect.arrayContaining(['usersById', 'users', 'badge', 'badges']));
  });

  test('it composes alone, and with the scopes that fields need', () => {
    expect(compose(parts().slice(0, 1)).errors).toEqual([]);
    expect(compose(parts(scopedSdl)).errors).toEqual([]);
  });

  test('nobody has queries by node id, so another subgraph may', () => {
    const { errors, api } = compose([
      ...parts(),
      { name: 'nodes', url: 'http://nodes.test/graphql', sdl: 'interface Node { id: ID! } type Query { node(id: ID!): Node }' },
    ]);

    expect(errors).toEqual([]);
    expect(fieldsOf(api, 'Query')).toContain('node');
  });

  test('a field that another subgraph claims as well is refused: the gate can close', () => {
    const claimed = badgesSdl.replace('badges: [Badge!]!', 'badges: [Badge!]! username: String');

    expect(compose([...parts().slice(0, 1), { name: 'badges', url: 'http://badges.test', sdl: claimed }]).errors).toContainEqual(
      expect.stringContaining('username'),
    );
  });
});

describe('what the router is told', () => {
  const { supergraph } = composers.Apollo(parts(scopedSdl));
  const { supergraph: ofTheGuild } = composers['The Guild'](parts(scopedSdl));

  test.for([
    ['who may see private facts', '@requiresScopes(scopes: [["read:private"]])'],
    ['who may write', '@requiresScopes(scopes: [["write"]])'],
    ['which fields a contract may leave out', '@tag(name: "read-privileged")'],
    ['what a field costs beyond its objects', '@cost(weight: 20)'],
    ['how long a list is', '@listSize(assumedSize: 20)'],
  ])('%s', ([, directive = '']) => {
    expect(supergraph).toContain(directive);
    expect(ofTheGuild).toContain(directive);
  });
});

test('the entities are people and the accounts of every kind', () => {
  const keyed = rollcallSdl.split('\n').filter((line) => line.includes('@key('));

  expect(keyed).toEqual([
    'type HordeAccount implements Account & Node @key(fields: "id") {',
    'type McsManagerAccount implements Account & Node @key(fields: "id") {',
    'type OpenWebUIAccount implements Account & Node @key(fields: "id") {',
    'type OtherAccount implements Account & Node @key(fields: "id") {',
    'type User implements Node @key(fields: "id") {',
  ]);
});
