import type { Scenario } from './scenario.ts';

/** Everything plain that a Horde tells about one of its users: one request upstream. */
export const oneUser: Scenario = {
  name: 'one-user',
  operation: 'one-user',
  title: 'One user whole',
  document: `query OneUser($id: ID!) {
  user(id: $id) {
    id
    username
    displayName
    kudos
    kudosDetails { accumulated gifted donated admin received recurring awarded styled }
    records {
      usage { megapixelsteps tokens }
      contribution { megapixelsteps tokens }
      fulfillment { image text interrogation }
      request { image text interrogation }
      style { image text interrogation }
    }
    activeGenerations { text image }
    horde {
      id
      createdAt
      userId
      evaluatingKudos
      suspicious
      adminComment
      hasProxyPasskey
      contact
      vpn
      special
      trusted
      flagged
      moderator
      customizer
      service
      education
      deleted
      pseudonymous
      concurrency
      workerInvited
      workerCount
      accountAge
      monthlyKudos { amount lastReceived }
    }
  }
}`,
  variables: ({ horde }) => horde.slice(0, 300).map((id) => ({ id: `horde:${id}` })),
  connections: 64,
  sourceConnections: 64,
  latencyMs: 0,
};
