import type { HordeUserRef } from '../../../domain/accounts/horde-writes.ts';
import { formatAccountId } from '../../../domain/user.ts';
import type { Change, Deletion, Problem } from '../../../writing/change.ts';
import { askSelf } from '../self.ts';
import type { FreshUser } from './fresh-user.ts';
import type { Parts } from './parts.ts';
import { refusalOf } from './refusals.ts';
import { userIdOf } from './user-input.ts';

/** Marks a user for deletion, which can be undone. One who is marked already is let be: a second request might wipe them. */
export function markDeleted(parts: Parts, operation: string, input: HordeUserRef): Change<FreshUser> {
  const id = userIdOf(input);
  return {
    sort: 'change',
    absenceSuits: true,
    operation,
    target: targetOf(parts, id),
    touches: [id],
    // Not `deleted`: the account is still there, and is shown.
    fields: [{ name: 'markedForDeletion', wanted: true, facet: 'hordeStanding', current: ({ user }) => user.deleted }],
    read: () => parts.readFresh(id, 'holder'),
    foresee: (before) => foreseeDeletion(parts, id, before),
    send: () => sendDeletion(parts, id),
  };
}

/** Removes for good a user who was marked before; the Horde does so only to those who were idle for 30 days. */
export function wipe(parts: Parts, operation: string, input: HordeUserRef): Deletion {
  const id = userIdOf(input);
  let before: FreshUser | null = null;
  return {
    sort: 'deletion',
    absenceSuits: true,
    operation,
    target: targetOf(parts, id),
    exists: async () => {
      const found = await parts.readFresh(id, 'holder');
      before ??= found;
      return found !== null;
    },
    foresee: async () => {
      if (before === null) return [];
      if (!before.user.deleted) return [{ kind: 'CONFLICT', fields: [], message: unmarked }];
      return foreseeDeletion(parts, id, before);
    },
    send: () => sendDeletion(parts, id),
  };
}

const unmarked = 'Only who is marked for deletion can be wiped: delete without `wipe` first.';

const targetOf = ({ source }: Parts, nativeId: string): string => formatAccountId({ source, nativeId });

/** The second request of a marked user's, and the first of anybody else's, are one and the same to the Horde. */
async function sendDeletion(parts: Parts, id: string): Promise<void> {
  parts.written.note(id);
  const reply = await parts.send({ method: 'DELETE', path: `/v2/users/${id}` });
  if (reply.kind === 'refused') throw refusalOf(parts.source, reply);
}

async function foreseeDeletion(parts: Parts, id: string, before: FreshUser): Promise<readonly Problem[]> {
  const forbid = (message: string): readonly Problem[] => [{ kind: 'FORBIDDEN', source: parts.source, message }];
  if (before.user.moderator) return forbid('A moderator cannot be deleted; an admin must take the role away first.');
  if (before.privilege === 2) return [];
  const self = await askSelf(parts.ask, parts.source, parts.key);
  if (self?.id !== id) return forbid('Only a moderator or the user may delete the account.');
  return id === '0' ? forbid('The anonymous key cannot do this.') : [];
}
