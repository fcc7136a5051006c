/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What an instance is doing. */
export type InstanceStatus =
  /** Being installed, updated or moved. */
  | 'BUSY'
  /** Up. */
  | 'RUNNING'
  /** Coming up. */
  | 'STARTING'
  /** Down. */
  | 'STOPPED'
  /** Going down. */
  | 'STOPPING'
  /** A state that is not known here; read `nativeStatus`. */
  | 'UNKNOWN';

/** What somebody is on a source, in one set of words for all kinds. `nativeRole` has the source’s own. */
export type Role =
  /** May do everything. */
  | 'ADMIN'
  /** Shut out, or stopped from taking part. */
  | 'BANNED'
  /** May look and little more. */
  | 'GUEST'
  /** Changes other members. */
  | 'MODERATOR'
  /** Signed up and waiting to be let in. */
  | 'PENDING'
  /** The source’s word for the role is none that is known here; read `nativeRole`. */
  | 'UNKNOWN'
  /** An ordinary member. */
  | 'USER';

export type MemberQueryVariables = Exact<{
  id: string;
}>;


export type MemberQuery = { user: { username: string | null, horde: { kudos: number | null } | null, openWebUI: { email: string | null, groups: Array<{ name: string }> | null } | null, mcsManager: { instances: Array<{ nickname: string | null, status: InstanceStatus | null }> | null } | null, permissions: Array<{ role: Role | null, account:
        | { source: { id: string } }
        | { source: { id: string } }
        | { source: { id: string } }
        | { source: { id: string } }
       } | null> } | null };

export type ThreeFacetsQueryVariables = Exact<{
  id: string;
}>;


export type ThreeFacetsQuery = { user: { kudos: number | null, kudosDetails: { accumulated: number } | null, records: { usage: { tokens: number } } | null } | null };


export const MemberDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Member"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"horde"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kudos"}}]}},{"kind":"Field","name":{"kind":"Name","value":"openWebUI"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"mcsManager"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"instances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nickname"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<MemberQuery, MemberQueryVariables>;
export const ThreeFacetsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ThreeFacets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kudos"}},{"kind":"Field","name":{"kind":"Name","value":"kudosDetails"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accumulated"}}]}},{"kind":"Field","name":{"kind":"Name","value":"records"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tokens"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ThreeFacetsQuery, ThreeFacetsQueryVariables>;