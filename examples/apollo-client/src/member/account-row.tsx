import type { JSX } from 'react';
import { graphql } from '../generated/gql.ts';
import type { AccountRow_AccountFragment } from '../generated/graphql.ts';
import { PartView } from '../part-view.tsx';
import { usePart } from '../use-part.ts';
import { When } from '../when.tsx';
import { RoleChip } from './role-chip.tsx';

export const accountRow = graphql(/* GraphQL */ `
  fragment AccountRow_account on Account {
    id
    username
    displayName
    lastActiveAt
    permissions {
      role
      nativeRole
    }
    ... on OpenWebUIAccount {
      avatarUrl
      isActive
      status {
        emoji
        message
        expiresAt
      }
    }
  }
`);

const again = graphql(/* GraphQL */ `
  query AccountRowAgain($id: ID!) {
    node(id: $id) {
      ... on Account {
        ...AccountRow_account
      }
    }
  }
`);

/** As much of an account as the page’s answer begins with. */
// A type and not an interface: only then does the cache take it for an object of its own.
export type AccountPlace = {
  readonly __typename: string;
  readonly id: string;
  readonly source: { readonly id: string; readonly kindName: string };
};

export function AccountRow({ account, index }: { readonly account: AccountPlace; readonly index: number }): JSX.Element {
  const path = ['user', 'accounts', index];
  const part = usePart({ fragment: accountRow, name: 'AccountRow_account', of: account, path, again });
  return (
    <li className="account">
      <h3>{account.source.kindName}</h3>
      <PartView part={part} what={`the account on ${account.source.kindName}`} lines={1}>
        {(data) => {
          const name = data.displayName ?? data.username;
          // Nothing of them is known: what went wrong says it all.
          if (name === null && part.faults.length > 0) return null;
          return (
            <div className="line">
              <span className="name">{name ?? account.id}</span>
              {data.permissions?.role != null && <RoleChip role={data.permissions.role} native={data.permissions.nativeRole} />}
              <Presence account={data} />
            </div>
          );
        }}
      </PartView>
    </li>
  );
}

function Presence({ account }: { readonly account: AccountRow_AccountFragment }): JSX.Element {
  const isActive = 'isActive' in account && account.isActive === true;
  const status = 'status' in account ? account.status : null;
  const isOver = status?.expiresAt != null && Date.parse(status.expiresAt) < Date.now();
  return (
    <span className="presence quiet">
      {isActive && <span className="dot running">Active now</span>}
      {!isActive && account.lastActiveAt !== null && (
        <>
          Last seen <When time={account.lastActiveAt} />
        </>
      )}
      {!isActive && account.lastActiveAt === null && 'Does not tell when they were last seen'}
      {status !== null && !isOver && (status.message ?? '') !== '' && (
        <span className="status">
          {' · '}
          {status.emoji} {status.message}
        </span>
      )}
    </span>
  );
}
