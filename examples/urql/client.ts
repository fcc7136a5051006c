import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import type { IntrospectionQuery } from 'graphql';

const pages = relayPagination();

/** Keeps people and accounts by type and id, and puts pages of a list together. */
export function createClient(url: string, schema: IntrospectionQuery): Client {
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        schema,
        resolvers: { Query: { users: pages, hordeAccounts: pages, mcsManagerAccounts: pages, openWebUIAccounts: pages } },
      }),
      fetchExchange,
    ],
  });
}
