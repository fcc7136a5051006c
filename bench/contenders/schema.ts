/** The part of the graph that the scenarios ask for, for servers that take it as text. */
export const typeDefs = `
  type Query {
    user(id: ID!): User
    usersById(ids: [ID!]!): [User]!
    hordeAccounts(first: Int!): HordeAccountConnection
    openWebUIAccounts(first: Int!, query: String!): OpenWebUIAccountConnection
  }

  type User {
    id: ID!
    username: String
    displayName: String
    kudos: Float
    kudosDetails: KudosDetails
    records: Records
    activeGenerations: ActiveGenerations
    horde: HordeAccount
    openWebUI: OpenWebUIAccount
  }

  type HordeAccount {
    id: ID!
    username: String
    displayName: String
    createdAt: String
    userId: Int
    kudos: Float
    kudosDetails: KudosDetails
    records: Records
    activeGenerations: ActiveGenerations
    evaluatingKudos: Float
    suspicious: Int
    adminComment: String
    hasProxyPasskey: Boolean
    contact: String
    vpn: Boolean
    special: Boolean
    trusted: Boolean
    flagged: Boolean
    moderator: Boolean
    customizer: Boolean
    service: Boolean
    education: Boolean
    deleted: Boolean
    pseudonymous: Boolean
    concurrency: Int
    workerInvited: Int
    workerCount: Int
    accountAge: Float
    monthlyKudos: MonthlyKudos
    user: User!
  }

  type OpenWebUIAccount { id: ID! name: String email: String role: String user: User! }

  type KudosDetails {
    accumulated: Float!
    gifted: Float!
    donated: Float!
    admin: Float!
    received: Float!
    recurring: Float!
    awarded: Float!
    styled: Float!
  }
  type Records {
    usage: ThingRecords!
    contribution: ThingRecords!
    fulfillment: AmountRecords!
    request: AmountRecords!
    style: AmountRecords!
  }
  type ThingRecords { megapixelsteps: Float! tokens: Float! }
  type AmountRecords { image: Float! text: Float! interrogation: Float! }
  type ActiveGenerations { text: [ID!]! image: [ID!]! }
  type MonthlyKudos { amount: Float lastReceived: String }

  type HordeAccountConnection { edges: [HordeAccountEdge!]! }
  type HordeAccountEdge { node: HordeAccount }
  type OpenWebUIAccountConnection { edges: [OpenWebUIAccountEdge!]! }
  type OpenWebUIAccountEdge { node: OpenWebUIAccount }
`;
