import type { UpdateOpenWebUIUser } from '../../../domain/accounts/openwebui-writes.ts';
import type { Guard, WantedField } from '../../../writing/change.ts';
import { toAvatar } from './avatar.ts';
import { type Aspect, guard } from './guards.ts';
import type { EditableUser } from './wire.ts';

export type UserField = WantedField<EditableUser>;

const name: Aspect<EditableUser> = { name: 'name', facet: 'identity', current: (user) => user.name };
const email: Aspect<EditableUser> = { name: 'email', facet: 'email', current: (user) => user.email };
const role: Aspect<EditableUser> = { name: 'role', facet: 'role', current: (user) => user.role };
const avatar: Aspect<EditableUser> = {
  name: 'avatarUrl',
  facet: 'avatar',
  current: (user) => toAvatar(user.id, user.profile_image_url),
};

export const nameField = (wanted: string): UserField => ({ ...name, wanted });

/** The source keeps addresses in lower case. */
export const emailField = (wanted: string): UserField => ({
  ...email,
  wanted,
  matches: (current) => typeof current === 'string' && current.toLowerCase() === wanted.toLowerCase(),
});

/** `suffices`: other roles that will do and are left as they are. */
export const roleField = (wanted: string, suffices?: (role: string) => boolean): UserField => ({
  ...role,
  wanted,
  ...(suffices === undefined ? {} : { matches: (current) => typeof current === 'string' && suffices(current), suffices: true }),
});

export const avatarField = (wanted: string | null): UserField => ({
  ...avatar,
  wanted,
  matches: (current) => current === (wanted === '' ? null : wanted),
});

export const passwordField = (wanted: string): UserField => ({
  name: 'password',
  wanted,
  secret: true,
  // No answer tells it, not even its hash.
  current: () => undefined,
});

/** What the caller took the user for. */
export function userGuards(id: string, expected: UpdateOpenWebUIUser['ifUnchanged']): Guard<EditableUser>[] {
  const picture = expected?.avatarUrl;
  return [
    ...guard(name, expected?.name ?? undefined),
    ...guard(email, expected?.email?.toLowerCase()),
    ...guard(role, expected?.role ?? undefined),
    ...guard(avatar, picture === undefined ? undefined : toAvatar(id, picture)),
  ];
}
