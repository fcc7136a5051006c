import type { Scenario } from './scenario.ts';

/** A page of a Horde's users: one request upstream, and the same one for everybody, as there is one first page. */
export const list: Scenario = {
  name: 'list',
  operation: 'list',
  title: 'List of 25',
  document: `query List($first: Int!) {
  hordeAccounts(first: $first) {
    edges {
      node {
        id
        username
        displayName
        createdAt
        kudos
        trusted
        flagged
        moderator
        concurrency
        workerCount
        kudosDetails { accumulated gifted received awarded }
        records { request { image text interrogation } }
      }
    }
  }
}`,
  variables: () => [{ first: 25 }],
  connections: 64,
  sourceConnections: 64,
  latencyMs: 0,
};
