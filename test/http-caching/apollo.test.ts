import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Agent, cacheStores, interceptors, fetch as undiciFetch } from 'undici';
import { expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { everywhere } from '../access/people.ts';
import { listen } from '../federation/listening.ts';
import { startGetting } from './getting.ts';

const ada = everywhere('ada');
const reader = createKey();
const other = createKey();
const keys = [
  { name: 'reader', hash: reader.hash, scopes: ['read', 'read:private'] },
  { name: 'other', hash: other.hash, scopes: ['read'] },
];

const member = gql`
  query Member($id: ID!) {
    user(id: $id) {
      id
      username
      openWebUI {
        id
        name
      }
    }
  }
`;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A page that has just been loaded: the client's own cache is empty, and the browser's is not. */
const pageOf = (uri: string, fetch: typeof globalThis.fetch, key: string, persisted = false): ApolloClient => {
  const headers = { 'x-rollcall-key': key, 'apollo-require-preflight': 'true' };
  const link = new HttpLink({ uri, fetch, headers, useGETForQueries: true });
  return new ApolloClient({
    link: persisted ? ApolloLink.from([new PersistedQueryLink({ sha256, useGETForHashedQueries: true }), link]) : link,
    cache: new InMemoryCache(),
  });
};

test.for([
  ['its text', false, 1],
  // The first page asks by hash, is told that nobody knows it, and sends the text along; the second asks by hash alone.
  ['its hash', true, 2],
] as const)(
  'a query that Apollo Client sends by GET with %s is answered to later pages without Rollcall',
  async ([, persisted, pages]) => {
    await using getting = await startGetting({ size: 6, config: (input) => ({ ...input, access: { keys } }) });
    const reached: string[] = [];
    await using front = await listen((request, response) => {
      reached.push(request.method ?? '');
      getting.keeping.rollcall.app.handle(request, response);
    });
    // Somebody else's idea of a browser's cache.
    await using cleaning = new AsyncDisposableStack();
    const browser = new Agent().compose(interceptors.cache({ store: new cacheStores.MemoryCacheStore(), type: 'private' }));
    cleaning.defer(() => browser.close());
    const fetch = ((input: string, init: object) => undiciFetch(input, { ...init, dispatcher: browser })) as never;
    const ask = async (key: string) => {
      const client = pageOf(`${front.url}/graphql`, fetch, key, persisted);
      const { data } = await client.query({ query: member, variables: { id: `webui:${ada.openWebUI}` } });
      return data;
    };

    const told: unknown[] = [];
    for (let page = 0; page < pages; page += 1) told.push(await ask(reader.key));
    const asked = reached.length;
    told.push(await ask(reader.key));
    const askedBySame = reached.length;
    await ask(other.key);

    expect(told[0]).toMatchObject({ user: { openWebUI: { name: 'Ada Lindqvist' } } });
    for (const data of told) expect(data).toEqual(told[0]);
    expect([asked, askedBySame]).toEqual(persisted ? [3, 3] : [1, 1]);
    expect(reached.length).toBeGreaterThan(askedBySame);
    expect(new Set(reached)).toEqual(new Set(['GET']));
  },
);
