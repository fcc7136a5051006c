import type { JSX } from 'react';
import type { Role } from '../generated/graphql.ts';

const words: Readonly<Record<Role, string>> = {
  ADMIN: 'Administrator',
  MODERATOR: 'Moderator',
  USER: 'Member',
  GUEST: 'Guest',
  PENDING: 'Waiting to be let in',
  BANNED: 'Banned',
  UNKNOWN: 'Unknown role',
};

/** What somebody is on a source; the source’s own word on pointing at it. */
export function RoleChip({ role, native }: { readonly role: Role; readonly native: string | null }): JSX.Element {
  return (
    <span className={`chip role ${role.toLowerCase()}`} title={native === null ? undefined : `The source says: ${native}`}>
      {words[role]}
    </span>
  );
}
