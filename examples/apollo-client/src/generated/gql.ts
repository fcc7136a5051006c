/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment AccountRow_account on Account {\n    id\n    username\n    displayName\n    lastActiveAt\n    permissions {\n      role\n      nativeRole\n    }\n    ... on OpenWebUIAccount {\n      avatarUrl\n      isActive\n      status {\n        emoji\n        message\n        expiresAt\n      }\n    }\n  }\n": typeof types.AccountRow_AccountFragmentDoc,
    "\n  query AccountRowAgain($id: ID!) {\n    node(id: $id) {\n      ... on Account {\n        ...AccountRow_account\n      }\n    }\n  }\n": typeof types.AccountRowAgainDocument,
    "\n  fragment Groups_user on User {\n    id\n    openWebUI {\n      id\n      groups {\n        id\n        name\n        description\n        memberCount\n      }\n    }\n  }\n": typeof types.Groups_UserFragmentDoc,
    "\n  query GroupsAgain($id: ID!) {\n    user(id: $id) {\n      ...Groups_user\n    }\n  }\n": typeof types.GroupsAgainDocument,
    "\n  fragment Kudos_user on User {\n    id\n    horde {\n      id\n      kudos\n      kudosDetails {\n        accumulated\n        received\n        recurring\n        awarded\n        styled\n        gifted\n        donated\n        admin\n      }\n    }\n  }\n": typeof types.Kudos_UserFragmentDoc,
    "\n  query KudosAgain($id: ID!) {\n    user(id: $id) {\n      ...Kudos_user\n    }\n  }\n": typeof types.KudosAgainDocument,
    "\n  query MemberPage($id: ID!) {\n    user(id: $id) {\n      id\n      accounts {\n        __typename\n        id\n        source {\n          id\n          kindName\n        }\n        ...AccountRow_account @defer\n        ...Rights_account @defer\n      }\n      ...Kudos_user @defer(label: \"kudos\")\n      ...Records_user @defer(label: \"records\")\n      ...Servers_user @defer(label: \"servers\")\n      ...Groups_user @defer(label: \"groups\")\n    }\n  }\n": typeof types.MemberPageDocument,
    "\n  fragment Records_user on User {\n    id\n    horde {\n      id\n      records {\n        contribution {\n          megapixelsteps\n          tokens\n        }\n        usage {\n          megapixelsteps\n          tokens\n        }\n        fulfillment {\n          image\n          text\n          interrogation\n        }\n        request {\n          image\n          text\n          interrogation\n        }\n        style {\n          image\n          text\n          interrogation\n        }\n      }\n    }\n  }\n": typeof types.Records_UserFragmentDoc,
    "\n  query RecordsAgain($id: ID!) {\n    user(id: $id) {\n      ...Records_user\n    }\n  }\n": typeof types.RecordsAgainDocument,
    "\n  fragment Rights_account on Account {\n    id\n    permissions {\n      bypassedByRole\n      grants {\n        section\n        key\n        allowed\n      }\n    }\n  }\n": typeof types.Rights_AccountFragmentDoc,
    "\n  query RightsAgain($id: ID!) {\n    node(id: $id) {\n      ... on Account {\n        ...Rights_account\n      }\n    }\n  }\n": typeof types.RightsAgainDocument,
    "\n  fragment Servers_user on User {\n    id\n    mcsManager {\n      id\n      instances {\n        instanceId\n        daemonId\n        daemonName\n        nickname\n        status\n        type\n        version\n        currentPlayers\n        maxPlayers\n        lastStartedAt\n      }\n    }\n  }\n": typeof types.Servers_UserFragmentDoc,
    "\n  query ServersAgain($id: ID!) {\n    user(id: $id) {\n      ...Servers_user\n    }\n  }\n": typeof types.ServersAgainDocument,
    "\n  query Everybody($source: ID, $after: String) {\n    users(source: $source, first: 25, after: $after) {\n      edges {\n        cursor\n        node {\n          ...MemberRow_user\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.EverybodyDocument,
    "\n  query Found($search: String!, $sources: [ID!]) {\n    searchUsers(query: $search, sources: $sources, first: 50) {\n      users {\n        ...MemberRow_user\n      }\n      sources {\n        source {\n          id\n          kindName\n        }\n        outcome\n        message\n        totalCount\n      }\n    }\n  }\n": typeof types.FoundDocument,
    "\n  fragment MemberRow_user on User {\n    id\n    username\n    displayName\n    kudos\n    accounts {\n      id\n      source {\n        id\n        kindName\n      }\n    }\n  }\n": typeof types.MemberRow_UserFragmentDoc,
    "\n  query Sources {\n    sources {\n      id\n      kindName\n    }\n  }\n": typeof types.SourcesDocument,
};
const documents: Documents = {
    "\n  fragment AccountRow_account on Account {\n    id\n    username\n    displayName\n    lastActiveAt\n    permissions {\n      role\n      nativeRole\n    }\n    ... on OpenWebUIAccount {\n      avatarUrl\n      isActive\n      status {\n        emoji\n        message\n        expiresAt\n      }\n    }\n  }\n": types.AccountRow_AccountFragmentDoc,
    "\n  query AccountRowAgain($id: ID!) {\n    node(id: $id) {\n      ... on Account {\n        ...AccountRow_account\n      }\n    }\n  }\n": types.AccountRowAgainDocument,
    "\n  fragment Groups_user on User {\n    id\n    openWebUI {\n      id\n      groups {\n        id\n        name\n        description\n        memberCount\n      }\n    }\n  }\n": types.Groups_UserFragmentDoc,
    "\n  query GroupsAgain($id: ID!) {\n    user(id: $id) {\n      ...Groups_user\n    }\n  }\n": types.GroupsAgainDocument,
    "\n  fragment Kudos_user on User {\n    id\n    horde {\n      id\n      kudos\n      kudosDetails {\n        accumulated\n        received\n        recurring\n        awarded\n        styled\n        gifted\n        donated\n        admin\n      }\n    }\n  }\n": types.Kudos_UserFragmentDoc,
    "\n  query KudosAgain($id: ID!) {\n    user(id: $id) {\n      ...Kudos_user\n    }\n  }\n": types.KudosAgainDocument,
    "\n  query MemberPage($id: ID!) {\n    user(id: $id) {\n      id\n      accounts {\n        __typename\n        id\n        source {\n          id\n          kindName\n        }\n        ...AccountRow_account @defer\n        ...Rights_account @defer\n      }\n      ...Kudos_user @defer(label: \"kudos\")\n      ...Records_user @defer(label: \"records\")\n      ...Servers_user @defer(label: \"servers\")\n      ...Groups_user @defer(label: \"groups\")\n    }\n  }\n": types.MemberPageDocument,
    "\n  fragment Records_user on User {\n    id\n    horde {\n      id\n      records {\n        contribution {\n          megapixelsteps\n          tokens\n        }\n        usage {\n          megapixelsteps\n          tokens\n        }\n        fulfillment {\n          image\n          text\n          interrogation\n        }\n        request {\n          image\n          text\n          interrogation\n        }\n        style {\n          image\n          text\n          interrogation\n        }\n      }\n    }\n  }\n": types.Records_UserFragmentDoc,
    "\n  query RecordsAgain($id: ID!) {\n    user(id: $id) {\n      ...Records_user\n    }\n  }\n": types.RecordsAgainDocument,
    "\n  fragment Rights_account on Account {\n    id\n    permissions {\n      bypassedByRole\n      grants {\n        section\n        key\n        allowed\n      }\n    }\n  }\n": types.Rights_AccountFragmentDoc,
    "\n  query RightsAgain($id: ID!) {\n    node(id: $id) {\n      ... on Account {\n        ...Rights_account\n      }\n    }\n  }\n": types.RightsAgainDocument,
    "\n  fragment Servers_user on User {\n    id\n    mcsManager {\n      id\n      instances {\n        instanceId\n        daemonId\n        daemonName\n        nickname\n        status\n        type\n        version\n        currentPlayers\n        maxPlayers\n        lastStartedAt\n      }\n    }\n  }\n": types.Servers_UserFragmentDoc,
    "\n  query ServersAgain($id: ID!) {\n    user(id: $id) {\n      ...Servers_user\n    }\n  }\n": types.ServersAgainDocument,
    "\n  query Everybody($source: ID, $after: String) {\n    users(source: $source, first: 25, after: $after) {\n      edges {\n        cursor\n        node {\n          ...MemberRow_user\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.EverybodyDocument,
    "\n  query Found($search: String!, $sources: [ID!]) {\n    searchUsers(query: $search, sources: $sources, first: 50) {\n      users {\n        ...MemberRow_user\n      }\n      sources {\n        source {\n          id\n          kindName\n        }\n        outcome\n        message\n        totalCount\n      }\n    }\n  }\n": types.FoundDocument,
    "\n  fragment MemberRow_user on User {\n    id\n    username\n    displayName\n    kudos\n    accounts {\n      id\n      source {\n        id\n        kindName\n      }\n    }\n  }\n": types.MemberRow_UserFragmentDoc,
    "\n  query Sources {\n    sources {\n      id\n      kindName\n    }\n  }\n": types.SourcesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AccountRow_account on Account {\n    id\n    username\n    displayName\n    lastActiveAt\n    permissions {\n      role\n      nativeRole\n    }\n    ... on OpenWebUIAccount {\n      avatarUrl\n      isActive\n      status {\n        emoji\n        message\n        expiresAt\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment AccountRow_account on Account {\n    id\n    username\n    displayName\n    lastActiveAt\n    permissions {\n      role\n      nativeRole\n    }\n    ... on OpenWebUIAccount {\n      avatarUrl\n      isActive\n      status {\n        emoji\n        message\n        expiresAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccountRowAgain($id: ID!) {\n    node(id: $id) {\n      ... on Account {\n        ...AccountRow_account\n      }\n    }\n  }\n"): (typeof documents)["\n  query AccountRowAgain($id: ID!) {\n    node(id: $id) {\n      ... on Account {\n        ...AccountRow_account\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Groups_user on User {\n    id\n    openWebUI {\n      id\n      groups {\n        id\n        name\n        description\n        memberCount\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment Groups_user on User {\n    id\n    openWebUI {\n      id\n      groups {\n        id\n        name\n        description\n        memberCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupsAgain($id: ID!) {\n    user(id: $id) {\n      ...Groups_user\n    }\n  }\n"): (typeof documents)["\n  query GroupsAgain($id: ID!) {\n    user(id: $id) {\n      ...Groups_user\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Kudos_user on User {\n    id\n    horde {\n      id\n      kudos\n      kudosDetails {\n        accumulated\n        received\n        recurring\n        awarded\n        styled\n        gifted\n        donated\n        admin\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment Kudos_user on User {\n    id\n    horde {\n      id\n      kudos\n      kudosDetails {\n        accumulated\n        received\n        recurring\n        awarded\n        styled\n        gifted\n        donated\n        admin\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query KudosAgain($id: ID!) {\n    user(id: $id) {\n      ...Kudos_user\n    }\n  }\n"): (typeof documents)["\n  query KudosAgain($id: ID!) {\n    user(id: $id) {\n      ...Kudos_user\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MemberPage($id: ID!) {\n    user(id: $id) {\n      id\n      accounts {\n        __typename\n        id\n        source {\n          id\n          kindName\n        }\n        ...AccountRow_account @defer\n        ...Rights_account @defer\n      }\n      ...Kudos_user @defer(label: \"kudos\")\n      ...Records_user @defer(label: \"records\")\n      ...Servers_user @defer(label: \"servers\")\n      ...Groups_user @defer(label: \"groups\")\n    }\n  }\n"): (typeof documents)["\n  query MemberPage($id: ID!) {\n    user(id: $id) {\n      id\n      accounts {\n        __typename\n        id\n        source {\n          id\n          kindName\n        }\n        ...AccountRow_account @defer\n        ...Rights_account @defer\n      }\n      ...Kudos_user @defer(label: \"kudos\")\n      ...Records_user @defer(label: \"records\")\n      ...Servers_user @defer(label: \"servers\")\n      ...Groups_user @defer(label: \"groups\")\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Records_user on User {\n    id\n    horde {\n      id\n      records {\n        contribution {\n          megapixelsteps\n          tokens\n        }\n        usage {\n          megapixelsteps\n          tokens\n        }\n        fulfillment {\n          image\n          text\n          interrogation\n        }\n        request {\n          image\n          text\n          interrogation\n        }\n        style {\n          image\n          text\n          interrogation\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment Records_user on User {\n    id\n    horde {\n      id\n      records {\n        contribution {\n          megapixelsteps\n          tokens\n        }\n        usage {\n          megapixelsteps\n          tokens\n        }\n        fulfillment {\n          image\n          text\n          interrogation\n        }\n        request {\n          image\n          text\n          interrogation\n        }\n        style {\n          image\n          text\n          interrogation\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RecordsAgain($id: ID!) {\n    user(id: $id) {\n      ...Records_user\n    }\n  }\n"): (typeof documents)["\n  query RecordsAgain($id: ID!) {\n    user(id: $id) {\n      ...Records_user\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Rights_account on Account {\n    id\n    permissions {\n      bypassedByRole\n      grants {\n        section\n        key\n        allowed\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment Rights_account on Account {\n    id\n    permissions {\n      bypassedByRole\n      grants {\n        section\n        key\n        allowed\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RightsAgain($id: ID!) {\n    node(id: $id) {\n      ... on Account {\n        ...Rights_account\n      }\n    }\n  }\n"): (typeof documents)["\n  query RightsAgain($id: ID!) {\n    node(id: $id) {\n      ... on Account {\n        ...Rights_account\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Servers_user on User {\n    id\n    mcsManager {\n      id\n      instances {\n        instanceId\n        daemonId\n        daemonName\n        nickname\n        status\n        type\n        version\n        currentPlayers\n        maxPlayers\n        lastStartedAt\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment Servers_user on User {\n    id\n    mcsManager {\n      id\n      instances {\n        instanceId\n        daemonId\n        daemonName\n        nickname\n        status\n        type\n        version\n        currentPlayers\n        maxPlayers\n        lastStartedAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ServersAgain($id: ID!) {\n    user(id: $id) {\n      ...Servers_user\n    }\n  }\n"): (typeof documents)["\n  query ServersAgain($id: ID!) {\n    user(id: $id) {\n      ...Servers_user\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Everybody($source: ID, $after: String) {\n    users(source: $source, first: 25, after: $after) {\n      edges {\n        cursor\n        node {\n          ...MemberRow_user\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Everybody($source: ID, $after: String) {\n    users(source: $source, first: 25, after: $after) {\n      edges {\n        cursor\n        node {\n          ...MemberRow_user\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Found($search: String!, $sources: [ID!]) {\n    searchUsers(query: $search, sources: $sources, first: 50) {\n      users {\n        ...MemberRow_user\n      }\n      sources {\n        source {\n          id\n          kindName\n        }\n        outcome\n        message\n        totalCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query Found($search: String!, $sources: [ID!]) {\n    searchUsers(query: $search, sources: $sources, first: 50) {\n      users {\n        ...MemberRow_user\n      }\n      sources {\n        source {\n          id\n          kindName\n        }\n        outcome\n        message\n        totalCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MemberRow_user on User {\n    id\n    username\n    displayName\n    kudos\n    accounts {\n      id\n      source {\n        id\n        kindName\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment MemberRow_user on User {\n    id\n    username\n    displayName\n    kudos\n    accounts {\n      id\n      source {\n        id\n        kindName\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Sources {\n    sources {\n      id\n      kindName\n    }\n  }\n"): (typeof documents)["\n  query Sources {\n    sources {\n      id\n      kindName\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;