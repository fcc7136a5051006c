import type { HordeSharedKeyRef } from '../../../domain/accounts/horde-writes.ts';
import type { Deletion } from '../../../writing/change.ts';
import { saysGone } from '../../../writing/failures.ts';
import { findOwnKey, foreseeOwner, type Ownership, readOwnKeys, tellUnknown } from './own-keys.ts';
import type { Parts } from './parts.ts';
import { refusalOf } from './refusals.ts';
import { askSharedKey, nameSharedKey, sharedKeyIdOf } from './shared-key.ts';

/** Deletes a shared key of whoever asks. For up to a minute a GET may still show it, so that is not what is looked at. */
export function deleteSharedKey(parts: Parts, operation: string, input: HordeSharedKeyRef): Deletion {
  const id = sharedKeyIdOf(input);
  let before: Ownership | null = null;
  let sent = false;
  let unknown = false;

  async function isGone(): Promise<boolean> {
    if (unknown) return true;
    const { ids } = await readOwnKeys(parts);
    // A list that never had it says nothing by lacking it.
    if (before?.listed === true && !ids.has(id)) return true;
    return (await askSharedKey(parts, id)) === null;
  }
  return {
    sort: 'deletion',
    operation,
    target: nameSharedKey(id),
    // The owner's list is half a minute old at most, and after a failure nothing renews it.
    lateBy: 30,
    exists: async () => {
      if (sent) return !(await isGone());
      before = await findOwnKey(parts, id);
      return before !== null;
    },
    foresee: async () => (before === null ? [] : foreseeOwner(parts.source, before)),
    send: async () => {
      sent = true;
      const reply = await parts.send({ method: 'DELETE', path: `/v2/sharedkeys/${id}` });
      if (reply.kind !== 'refused') return;
      if (reply.status !== 401) throw refusalOf(parts.source, reply);
      // One that stood in the list is gone now, as was wanted: somebody else was faster.
      if (before?.listed === true) return;
      const reason = await tellUnknown(parts);
      unknown = saysGone(reason);
      throw reason;
    },
  };
}
