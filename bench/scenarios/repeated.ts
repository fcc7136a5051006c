import type { Scenario } from './scenario.ts';

/** Fifty ids, of which ten are different: ten requests upstream. */
export const repeated: Scenario = {
  name: 'repeated',
  operation: 'repeated',
  title: '50 ids, 10 of them distinct',
  document: `query Repeated($ids: [ID!]!) {
  usersById(ids: $ids) { id username kudos }
}`,
  variables: ({ horde }) =>
    Array.from({ length: 30 }, (_, group) => ({
      ids: Array.from({ length: 50 }, (_, at) => `horde:${horde[group * 10 + (at % 10)]}`),
    })),
  connections: 64,
  sourceConnections: 64,
  latencyMs: 0,
};
