import type { Community } from '../../src/twins/community.ts';
import { newSharedKey } from '../../src/twins/horde/new-records.ts';
import { primaryAdminId } from '../../src/twins/openwebui/seeded-world.ts';
import { type AimedMutation, castIds, serviceId } from './aiming.ts';
import { ownPasswords } from './random-further-mutations.ts';
import { truthOf } from './twin-truth.ts';

/** What there must be for all mutations to have something to do. */
export function furnish({ horde, mcsManager, openWebUI }: Community): void {
  openWebUI.world.passwords.set(primaryAdminId, ownPasswords[0]);
  for (const id of castIds.openWebUI) openWebUI.keys.of(id.slice('webui:'.length));
  const marked = horde.world.users.get(108);
  if (marked !== undefined) marked.deleted = true;
  const fumiko = mcsManager.world.users.get('f0f0f0f0f0f04f0f8f0f0f0f0f0f0006');
  if (fumiko !== undefined) fumiko.permission = -1;
  for (const id of ['5a1eca11-0000-4000-8000-000000000001', '5a1eca11-0000-4000-8000-000000000002'])
    horde.world.sharedKeys.set(id, newSharedKey({ id, ownerId: serviceId }));
}

/** What was drawn is hardly ever so; half of those who expect something are right. */
export function expecting(community: Community, mutation: AimedMutation, pick: number): AimedMutation {
  const drawn = Object.keys(mutation.input['ifUnchanged'] ?? {});
  const truth = truthOf(community, mutation);
  if (drawn.length === 0 || pick % 2 === 0 || drawn.some((name) => truth(name) === undefined)) return mutation;
  const ifUnchanged = Object.fromEntries(drawn.map((name) => [name, truth(name)]));
  return { ...mutation, input: { ...mutation.input, ifUnchanged } };
}
