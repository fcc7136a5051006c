import type { Scenario } from './scenario.ts';
import { searches } from './searches.ts';

/** A page of an Open WebUI's users, and each of them on the Horde, which can be asked for one at a time only: 26 requests. */
export const join: Scenario = {
  name: 'join',
  operation: 'join',
  title: '25 users joined with a second source',
  document: `query Join($query: String!) {
  openWebUIAccounts(first: 25, query: $query) {
    edges {
      node {
        id
        name
        email
        role
        user {
          id
          horde {
            id
            username
            kudos
            trusted
            records { request { image text interrogation } }
          }
        }
      }
    }
  }
}`,
  variables: ({ webui }) => searches(webui, 25).map((query) => ({ query })),
  connections: 64,
  sourceConnections: 64,
  latencyMs: 0,
};

/** The other way round: an Open WebUI can be asked for all its users at once, so that two requests are enough. */
export const joinPlanned: Scenario = {
  name: 'join-planned',
  operation: 'join-planned',
  title: '25 users joined with a source that lists everybody',
  document: `query JoinPlanned($first: Int!) {
  hordeAccounts(first: $first) {
    edges {
      node {
        id
        username
        kudos
        user { id openWebUI { id name email role } }
      }
    }
  }
}`,
  variables: () => [{ first: 25 }],
  connections: 64,
  sourceConnections: 64,
  latencyMs: 0,
};
