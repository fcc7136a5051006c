import { cacheExchange, createClient, fetchExchange, gql } from '@urql/core';
import { introspectionFromSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient as createGraphClient } from '../../examples/urql/client.ts';
import { type Served, serve } from './served.ts';

let served: Served;
beforeAll(async () => {
  served = await serve({ size: 60 });
});
afterAll(() => served[Symbol.asyncDispose]());

const documents = () => createClient({ url: served.uri, preferGetMethod: false, exchanges: [cacheExchange, fetchExchange] });
const entities = () => createGraphClient(served.uri, introspectionFromSchema(served.rollcall.app.schema));

test('urql’s document cache asks for an operation once', async () => {
  const client = documents();
  const member = gql('{ user(id: "horde:101") { id username horde { id kudos } } }');
  const { data } = await client.query(member, {});
  served.rollcall.calls();

  const again = await client.query(member, {});

  expect(data).toMatchObject({ user: { username: 'ada#101', horde: { kudos: 912_440 } } });
  expect(again.data).toEqual(data);
  expect(served.rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});

test('urql’s graph cache puts the pages of a list together and gives them again without asking', async () => {
  const client = entities();
  const page = gql(
    'query ($after: String) { openWebUIAccounts(first: 10, after: $after) { edges { node { id name } } pageInfo { hasNextPage endCursor } } }',
  );
  const first = await client.query(page, {});
  const second = await client.query(page, { after: first.data?.openWebUIAccounts.pageInfo.endCursor });
  served.rollcall.calls();

  expect(first.data?.openWebUIAccounts.edges).toHaveLength(10);
  expect(second.data?.openWebUIAccounts.edges).toHaveLength(20);
  const known = client.readQuery(page, {});
  expect(known?.data?.openWebUIAccounts.edges).toHaveLength(20);
  expect(served.rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});
