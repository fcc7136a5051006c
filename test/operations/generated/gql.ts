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
    "query Member($id: ID!) {\n  user(id: $id) {\n    username\n    horde {\n      kudos\n    }\n    openWebUI {\n      email\n      groups {\n        name\n      }\n    }\n    mcsManager {\n      instances {\n        nickname\n        status\n      }\n    }\n    permissions {\n      role\n      account {\n        source {\n          id\n        }\n      }\n    }\n  }\n}": typeof types.MemberDocument,
    "query ThreeFacets($id: ID!) {\n  user(id: $id) {\n    kudos\n    kudosDetails {\n      accumulated\n    }\n    records {\n      usage {\n        tokens\n      }\n    }\n  }\n}": typeof types.ThreeFacetsDocument,
};
const documents: Documents = {
    "query Member($id: ID!) {\n  user(id: $id) {\n    username\n    horde {\n      kudos\n    }\n    openWebUI {\n      email\n      groups {\n        name\n      }\n    }\n    mcsManager {\n      instances {\n        nickname\n        status\n      }\n    }\n    permissions {\n      role\n      account {\n        source {\n          id\n        }\n      }\n    }\n  }\n}": types.MemberDocument,
    "query ThreeFacets($id: ID!) {\n  user(id: $id) {\n    kudos\n    kudosDetails {\n      accumulated\n    }\n    records {\n      usage {\n        tokens\n      }\n    }\n  }\n}": types.ThreeFacetsDocument,
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
export function graphql(source: "query Member($id: ID!) {\n  user(id: $id) {\n    username\n    horde {\n      kudos\n    }\n    openWebUI {\n      email\n      groups {\n        name\n      }\n    }\n    mcsManager {\n      instances {\n        nickname\n        status\n      }\n    }\n    permissions {\n      role\n      account {\n        source {\n          id\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query Member($id: ID!) {\n  user(id: $id) {\n    username\n    horde {\n      kudos\n    }\n    openWebUI {\n      email\n      groups {\n        name\n      }\n    }\n    mcsManager {\n      instances {\n        nickname\n        status\n      }\n    }\n    permissions {\n      role\n      account {\n        source {\n          id\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ThreeFacets($id: ID!) {\n  user(id: $id) {\n    kudos\n    kudosDetails {\n      accumulated\n    }\n    records {\n      usage {\n        tokens\n      }\n    }\n  }\n}"): (typeof documents)["query ThreeFacets($id: ID!) {\n  user(id: $id) {\n    kudos\n    kudosDetails {\n      accumulated\n    }\n    records {\n      usage {\n        tokens\n      }\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;