import { cacheExchange, createClient, fetchExchange, gql } from '@urql/core';
import { introspectionFromSchema } from 'graphql';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createClient as createGraphClient } from '../../examples/urql/client.ts';
import { type Served, serve, withEdge } from './served.ts';

const webui = 'webui:a1d00001-0000-4000-8000-000000000001';

let served: Served;
beforeAll(async () => {
  served = await serve({ size: 60, ...withEdge({ operationDeadlineMs: 2_000 }) });
});
afterAll(() => served[Symbol.asyncDispose]());
afterEach(() => served.rollcall.community.horde.faults.clear());

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

test('with the Horde silent, urql has what the other two defer in well under a second', async () => {
  served.rollcall.community.horde.faults.add({ fault: { kind: 'hang' } });
  const page = gql`
    query Page($id: ID!) {
      user(id: $id) {
        id
        ... @defer(label: "horde") { horde { id kudos } }
        ... @defer(label: "panel") { mcsManager { id loginTime } }
        ... @defer(label: "chat") { openWebUI { id email } }
      }
    }
  `;

  const started = performance.now();
  const early = await new Promise<Record<string, unknown>>((resolve) => {
    const { unsubscribe } = documents()
      .query(page, { id: webui })
      .subscribe(({ data }) => {
        if (data?.user?.mcsManager === undefined || data.user.openWebUI === undefined) return;
        resolve(structuredClone(data));
        setTimeout(() => unsubscribe());
      });
  });
  const ms = performance.now() - started;

  console.log(`horde silent: the other two after ${Math.round(ms)} ms in urql`);
  expect(early).toMatchObject({ user: { mcsManager: { id: expect.anything() }, openWebUI: { email: 'ada@harbour.example' } } });
  expect(early.user).not.toHaveProperty('horde');
  expect(ms).toBeLessThan(700);
});
