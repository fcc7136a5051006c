import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { createCache } from './cache.ts';

/** Reads `@defer` as Rollcall sends it, and sends an operation's text only when its hash is not known there yet. */
export function createClient(uri: string): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.from([new PersistedQueryLink({ sha256 }), new HttpLink({ uri })]),
    cache: createCache(),
    incrementalHandler: new Defer20220824Handler(),
  });
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
