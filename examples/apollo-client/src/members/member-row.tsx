import type { JSX } from 'react';
import { Amount } from '../amount.tsx';
import { Avatar } from '../avatar.tsx';
import { graphql } from '../generated/gql.ts';
import type { MemberRow_UserFragment } from '../generated/graphql.ts';
import { memberHref } from '../routing.ts';

graphql(/* GraphQL */ `
  fragment MemberRow_user on User {
    id
    username
    displayName
    kudos
    accounts {
      id
      source {
        id
        kindName
      }
    }
  }
`);

interface MemberRowProps {
  readonly member: MemberRow_UserFragment;
  readonly onOpen: (href: string) => void;
}

export function MemberRow({ member, onOpen }: MemberRowProps): JSX.Element {
  // A source that does not answer leaves the id.
  const name = member.displayName ?? member.username ?? member.id;
  const href = memberHref(member.id);
  return (
    <li className="row">
      <a href={href} onClick={() => onOpen(href)}>
        <Avatar name={name} size="small" />
        <span className="who">
          <span className="name">{name}</span>
          {member.username !== null && member.username !== name && <span className="quiet">{member.username}</span>}
        </span>
        <span className="where">
          {member.accounts.map((account) => account !== null && <span key={account.id}>{account.source.kindName}</span>)}
        </span>
        <span className="kudos">{member.kudos !== null && <Amount value={member.kudos} unit={['kudos', 'kudos']} />}</span>
      </a>
    </li>
  );
}
