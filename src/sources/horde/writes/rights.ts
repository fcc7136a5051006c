import type { Problem } from '../../../writing/change.ts';
import { askSelf } from '../self.ts';
import type { Parts } from './parts.ts';
import type { UserField } from './user-fields.ts';
import type { UserState } from './user-state.ts';

/**
 * What the Horde would refuse in the middle of its work, told before any of it is done. Who is an admin cannot be read, but what
 * admins may change comes first, so that such a refusal leaves nothing half done.
 */
export async function foreseeRights(parts: Parts, before: UserState, fields: readonly UserField[]): Promise<readonly Problem[]> {
  if (before.privilege < 2) {
    const barred = fields.filter(({ who }) => who === 'moderator' || (who === 'self' && !before.own)).map(({ name }) => name);
    if (barred.length > 0) return [forbid(parts, `This key is no moderator’s, and so may not change: ${barred.join(', ')}.`)];
  }
  const wantsPasskey = fields.some(({ name }) => name === 'generateProxyPasskey');
  if (wantsPasskey && !(await isServiceKey(parts, before))) {
    return [forbid(parts, 'Only the key of a service account makes proxy passkeys.')];
  }
  return [];
}

const forbid = ({ source }: Parts, message: string): Problem => ({ kind: 'FORBIDDEN', source, message });

/** It is the caller that must be a service account, whoever the passkey is for. */
async function isServiceKey(parts: Parts, before: UserState): Promise<boolean> {
  if (before.own) return before.user.service;
  const self = await askSelf(parts.ask, parts.source, parts.key);
  const holder = self && (await parts.readFresh(self.id, 'holder'));
  return holder?.user.service === true;
}
