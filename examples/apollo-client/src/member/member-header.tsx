import { useFragment } from '@apollo/client/react';
import { type JSX, useEffect } from 'react';
import { Avatar } from '../avatar.tsx';
import { type AccountPlace, accountRow } from './account-row.tsx';
import { RoleChip } from './role-chip.tsx';

interface MemberHeaderProps {
  readonly id: string;
  readonly accounts: readonly AccountPlace[];
}

/** The person in a line, from whatever is known of their accounts so far: of several names that of the first account. */
export function MemberHeader({ id, accounts }: MemberHeaderProps): JSX.Element {
  const { data } = useFragment({ fragment: accountRow, fragmentName: 'AccountRow_account', from: [...accounts] });
  const known = [...data].flatMap((account) => (account === null ? [] : [account]));
  const name = known.map(({ displayName, username }) => displayName ?? username).find((each) => each != null) ?? null;
  const avatar = known.map((account) => ('avatarUrl' in account ? account.avatarUrl : null)).find((url) => url != null);
  const roles = new Map(known.flatMap(({ permissions }) => (permissions?.role == null ? [] : [[permissions.role, permissions]])));
  useEffect(() => {
    document.title = `${name ?? id} – Members`;
  }, [name, id]);
  return (
    <div className="member">
      <Avatar name={name ?? '?'} url={avatar ?? null} size="large" />
      <div>
        <h1 tabIndex={-1}>{name ?? <span className="bone" role="img" aria-label="Member" />}</h1>
        <p className="line">
          <code>{id}</code>
          {[...roles].map(([role]) => (
            <RoleChip key={role} role={role} native={null} />
          ))}
        </p>
      </div>
    </div>
  );
}
