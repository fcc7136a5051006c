import { Environment, fetchQuery, RecordSource, Store } from 'relay-runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEnvironment } from '../../examples/relay/environment.ts';
import { compileRelayApp, type RelayApp } from './relay-app.ts';
import { type Served, serve } from './served.ts';

const documents = [
  'query appMemberQuery($id: ID!) { user(id: $id) { id ...app_member displayName permissions { role } horde { id displayName permissions { nativeRole } } } }',
  'fragment app_member on User @refetchable(queryName: "appMemberRefetchQuery") { username kudos }',
  'fragment app_account on HordeAccount @refetchable(queryName: "appAccountRefetchQuery") { username contact }',
  'query appListQuery { ...app_list }',
  `fragment app_list on Query @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, after: { type: "String" })
     @refetchable(queryName: "appListPageQuery") {
     openWebUIAccounts(first: $count, after: $after) @connection(key: "app_list_openWebUIAccounts") { edges { node { id name } } }
   }`,
];

let served: Served;
let app: RelayApp;
beforeAll(async () => {
  served = await serve({ size: 30 });
  app = await compileRelayApp(documents);
}, 60_000);
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await served[Symbol.asyncDispose]();
});

test('relay-compiler takes the schema, a connection and fragments that are fetched again through node', () => {
  expect(app.report).toContain('Compilation completed');
  expect(app.report).not.toMatch(/error|warn/i);
});

test('a person and an account, fetched again through node by the same id, are each what the fragment is about', async () => {
  const environment = createEnvironment(served.uri);

  const user = await fetchQuery(environment, await app.request('appMemberRefetchQuery'), { id: 'horde:101' }).toPromise();
  const account = await fetchQuery(environment, await app.request('appAccountRefetchQuery'), { id: 'horde:101' }).toPromise();

  expect([user, account]).toMatchObject([{ node: { __id: 'User:horde:101' } }, { node: { __id: 'HordeAccount:horde:101' } }]);
  const records = environment.getStore().getSource();
  expect(records.get('User:horde:101')).toMatchObject({ username: 'ada#101', kudos: 912_440 });
  expect(records.get('HordeAccount:horde:101')).toMatchObject({ username: 'ada#101', contact: 'ada@harbour.example' });
});

test('pages of a connection are put together in the store', async () => {
  const environment = createEnvironment(served.uri);
  const connection = () => recordsOf(environment).find(([id]) => id.endsWith('__app_list_openWebUIAccounts_connection'))?.[1];
  await fetchQuery(environment, await app.request('appListQuery'), {}).toPromise();
  const first = connection();
  const page = environment
    .getStore()
    .getSource()
    .get(first?.pageInfo?.__ref ?? '');

  await fetchQuery(environment, await app.request('appListPageQuery'), { count: 10, after: page?.endCursor }).toPromise();

  expect(first?.edges?.__refs).toHaveLength(10);
  expect(connection()?.edges?.__refs).toHaveLength(20);
});

test('by id alone Relay takes a person and their primary account for one record; with the type before it they are two', async () => {
  const request = await app.request('appMemberQuery');
  const apart = createEnvironment(served.uri);
  const together = new Environment({ network: apart.getNetwork(), store: new Store(new RecordSource()) });
  const ask = (environment: Environment) => fetchQuery(environment, request, { id: 'horde:101' }).toPromise();

  // The person has a list of permissions, the account an object: one record cannot hold both.
  await expect(ask(together)).rejects.toThrow('Expected `horde:101.permissions` to be a linked ID');
  await ask(apart);

  const kept = apart.getStore().getSource();
  expect(kept.get('User:horde:101')).toMatchObject({ __typename: 'User', permissions: { __refs: expect.any(Array) } });
  expect(kept.get('HordeAccount:horde:101')).toMatchObject({
    __typename: 'HordeAccount',
    permissions: { __ref: expect.any(String) },
  });
});

const recordsOf = (environment: Environment): [string, Stored][] =>
  // The store’s own form, which it gives away in this way only.
  Object.entries(environment.getStore().getSource().toJSON() as Record<string, Stored>);

interface Stored {
  readonly [field: string]: { readonly __ref?: string; readonly __refs?: readonly string[] } | undefined;
}
