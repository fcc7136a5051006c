import { gql as apolloGql } from '@apollo/client';
import { cacheExchange, createClient as createUrqlClient, fetchExchange, gql as urqlGql } from '@urql/core';
import { fetchQuery } from 'relay-runtime';
import { createClient } from '../../examples/apollo-client/client.ts';
import { createEnvironment } from '../../examples/relay/environment.ts';
import type { RelayApp } from './relay-app.ts';

/** What of a person comes from which source. */
export type PartName = 'horde' | 'mcsManager' | 'openWebUI';

/** Asks for the page as a client of its own with nothing kept; resolves when it has these parts, tells which it had, and leaves. */
export type AskUntil = (uri: string, id: string, wanted: readonly PartName[]) => Promise<readonly PartName[]>;

const page = /* GraphQL */ `
  query Page($id: ID!) {
    user(id: $id) {
      id
      ... @defer(label: "horde") { horde { id kudos } }
      ... @defer(label: "panel") { mcsManager { id loginTime } }
      ... @defer(label: "chat") { openWebUI { id email } }
    }
  }
`;

/** The same for Relay, which defers fragments by their names. */
export const relayDocuments = [
  'fragment app_kudos on User { horde { id kudos } }',
  'fragment app_panel on User { mcsManager { id loginTime } }',
  'fragment app_chat on User { openWebUI { id email } }',
  `query appPageQuery($id: ID!) {
     user(id: $id) { id ...app_kudos @defer(label: "kudos") ...app_panel @defer(label: "panel") ...app_chat @defer(label: "chat") }
   }`,
];

const names: readonly PartName[] = ['horde', 'mcsManager', 'openWebUI'];

export const inApollo: AskUntil = (uri, id, wanted) =>
  settled(wanted, (there) => {
    const query = createClient(uri).watchQuery({ query: apolloGql(page), variables: { id }, errorPolicy: 'all' });
    const subscription = query.subscribe(({ data }) => there(partsIn(data)));
    return () => subscription.unsubscribe();
  });

export const inUrql: AskUntil = (uri, id, wanted) =>
  settled(wanted, (there) => {
    const client = createUrqlClient({ url: uri, preferGetMethod: false, exchanges: [cacheExchange, fetchExchange] });
    const subscription = client.query(urqlGql(page), { id }).subscribe(({ data }) => there(partsIn(data)));
    return () => subscription.unsubscribe();
  });

/** What counts is what the store holds, where components would find it. */
export const inRelay =
  (app: RelayApp): AskUntil =>
  async (uri, id, wanted) => {
    const request = await app.request('appPageQuery');
    return settled(wanted, (there) => {
      const environment = createEnvironment(uri);
      const subscription = fetchQuery(environment, request, { id }).subscribe({});
      const records = environment.getStore().getSource();
      // The store tells nobody who reads no fragment; what is looked for costs nothing to look at.
      const looking = setInterval(() => there(names.filter((name) => keptByRelay[name](records))), 1);
      return () => {
        clearInterval(looking);
        subscription.unsubscribe();
      };
    });
  };

export const ada = {
  horde: 'horde:101',
  mcsManager: 'mcsmanager:a1d0a1d0a1d04a1d8a1d0a1d0a1d0001',
  openWebUI: 'webui:a1d00001-0000-4000-8000-000000000001',
} as const satisfies Record<PartName, string>;

type Records = Pick<ReturnType<ReturnType<ReturnType<typeof createEnvironment>['getStore']>['getSource']>, 'get'>;

const keptByRelay: Readonly<Record<PartName, (records: Records) => boolean>> = {
  horde: (records) => records.get(`HordeAccount:${ada.horde}`)?.['kudos'] !== undefined,
  mcsManager: (records) => records.get(`McsManagerAccount:${ada.mcsManager}`)?.['loginTime'] !== undefined,
  openWebUI: (records) => records.get(`OpenWebUIAccount:${ada.openWebUI}`)?.['email'] !== undefined,
};

/** Resolves at the first look that finds all that is wanted. `open` begins to look and gives the way to leave. */
function settled(
  wanted: readonly PartName[],
  open: (there: (parts: readonly PartName[]) => void) => () => void,
): Promise<readonly PartName[]> {
  return new Promise((resolve) => {
    let isOver = false;
    const leave = open((parts) => {
      if (isOver || !wanted.every((name) => parts.includes(name))) return;
      isOver = true;
      resolve(parts);
      setTimeout(() => leave());
    });
  });
}

const partsIn = (data: unknown): readonly PartName[] =>
  // As the document asks for it.
  names.filter((name) => (data as { user?: Partial<Record<PartName, unknown>> } | undefined)?.user?.[name] !== undefined);
