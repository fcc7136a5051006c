import { isDeepStrictEqual } from 'node:util';
import { formatAccountId } from '../../../domain/user.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import type { Change, Guard, Problem } from '../../../writing/change.ts';
import { fromAvatar, toAvatar } from './avatar.ts';
import { updateUser } from './endpoints.ts';
import type { Means } from './means.ts';
import { emailTaken } from './refused.ts';
import type { ReleaseNumbers } from './release.ts';
import { foreseeAdministrator, foreseeLosingRights } from './standing.ts';
import type { UserField } from './user-fields.ts';
import { findByEmail, readUser } from './users.ts';
import { type EditableUser, sameThing } from './wire.ts';

/** Since then what is not sent is left alone; before, all but the password had to come along. */
const partialUpdates: ReleaseNumbers = [0, 9, 0];

const harmless: ReadonlySet<string> = new Set(['name', 'email', 'avatarUrl']);

/**
 * The lane of what sends an account's record back whole, or changes what others send back whole. Whose account a key is only the source
 * knows, so writes that name an account and writes of the key's holder could be about the same one, and so could those of two keys.
 */
export const wholeRecords = 'whole records';

/** A change of one user by an administrator. */
export const changeUser = (
  means: Means,
  operation: string,
  id: string,
  fields: readonly UserField[],
  guards: readonly Guard<EditableUser>[] = [],
): Change<EditableUser> => ({
  sort: 'change',
  operation,
  target: formatAccountId({ source: means.source, nativeId: id }),
  lane: wholeRecords,
  // A role or a password decides what its holder is shown, which may be of everybody.
  ...(fields.every(({ name }) => harmless.has(name)) ? { touches: [id] } : {}),
  fields,
  guards,
  read: () => readUser(means.asker, id),
  foresee: async (before, differing) => {
    // Asked here, so that nothing but the change itself can fail once it is being sent.
    await means.release.isAtLeast(partialUpdates);
    const rights = differing.some(({ name, wanted }) => name === 'role' && wanted !== 'admin')
      ? await foreseeLosingRights(means, id)
      : await foreseeAdministrator(means);
    return [...rights, ...(await foreseeAddress(means, fields, before))];
  },
  along: async () =>
    (await means.release.isAtLeast(partialUpdates)) ? null : { facet: 'email', parts: (user) => others(user, fields) },
  send: async (wanted, before) => {
    const changes = Object.fromEntries(wanted.map((field) => toWire(field)));
    const isPartial = await means.release.isAtLeast(partialUpdates);
    await means.sender.post(updateUser(id), isPartial ? changes : { ...wholeOf(before), ...changes }, sameThing(id));
  },
});

async function foreseeAddress({ asker }: Means, fields: readonly UserField[], before: EditableUser): Promise<Problem[]> {
  const wanted = fields.find(({ name }) => name === 'email')?.wanted;
  if (typeof wanted !== 'string' || isDeepStrictEqual(wanted.toLowerCase(), before.email.toLowerCase())) return [];
  const holder = await findByEmail(asker, wanted);
  return holder === null || holder === before.id ? [] : [emailTaken];
}

/** All that an administrator can set, but for what is to change. */
function others(user: EditableUser, fields: readonly UserField[]): Record<string, string | null> {
  const { name, email, role } = user;
  const all = { name, email, role, avatarUrl: toAvatar(user.id, user.profile_image_url) };
  return Object.fromEntries(Object.entries(all).filter(([part]) => !fields.some((field) => field.name === part)));
}

const wholeOf = (user: EditableUser): Record<string, string> => ({
  role: user.role,
  name: user.name,
  email: user.email,
  profile_image_url: fromAvatar(toAvatar(user.id, user.profile_image_url)),
});

/** The names differ in one only. */
const toWire = ({ name, wanted }: UserField): [string, FieldValue] =>
  name === 'avatarUrl' ? ['profile_image_url', wanted ?? ''] : [name, wanted];
