import type { Community } from '../../src/twins/community.ts';
import { primaryAdminId } from '../../src/twins/openwebui/seeded-world.ts';

/** What an Open WebUI keeps of the holder of the service's key, by the names that the payloads give to fields. */
export function ownTruth({ openWebUI: { world } }: Community, field: string): unknown {
  const user = world.users.get(primaryAdminId);
  if (user === undefined) return undefined;
  const [place, key = ''] = field.split('.');
  const inside = (tree: unknown): unknown => Object.entries(tree ?? {}).find(([name]) => name === key)?.[1] ?? null;
  if (place === 'ui') return inside(user.settings?.['ui']);
  if (place === 'info') return inside(user.info);
  const { name, bio, gender, timezone } = user;
  const values: Readonly<Record<string, unknown>> = {
    ...{ name, bio, gender, timezone },
    dateOfBirth: user.date_of_birth,
    emoji: user.status_emoji || null,
    message: user.status_message || null,
  };
  return values[field];
}
