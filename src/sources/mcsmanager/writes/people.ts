import type { Json, Role } from '../../../domain/facets.ts';
import { SourceError } from '../../../errors.ts';
import { isAdmin, toRole } from '../map.ts';
import { searchUsers } from '../names.ts';
import { forbidden } from '../panel.ts';
import { askOverview, type Users } from '../users.ts';
import { McsManagerOverviewUser, type McsManagerUser } from '../wire.ts';

/**
 * The user as the panel has them at this moment, or null. The panel's "no" to an unknown id looks like its own trouble, and here
 * a wrong "gone" would be taken for a success: so only the list of all users is believed about who is not there.
 */
export async function readUser(users: Users, id: string): Promise<McsManagerUser | null> {
  const { panel, rows } = users;
  const outcome = await panel.ask({ endpoint: 'user', query: { uuid: id } }, rows.user.shape);
  if (outcome.kind === 'thrown') {
    const all = await readEverybody(users);
    if (all.some(({ uuid }) => uuid === id)) throw new SourceError('SOURCE_FAILED', panel.source);
    return null;
  }
  // Whoever is no administrator is shown themselves, whoever was asked for.
  if (outcome.data.uuid !== id) throw forbidden(panel.source);
  return outcome.data;
}

export async function readEverybody(users: Users): Promise<readonly McsManagerOverviewUser[]> {
  const { data } = await askOverview(users);
  return data.map((row) => {
    const parsed = McsManagerOverviewUser.safeParse(row);
    if (!parsed.success) throw new SourceError('SOURCE_MALFORMED', users.panel.source);
    return parsed.data;
  });
}

/** Whether nobody but this user administers the panel. */
export async function isLastAdmin(users: Users, { uuid, permission }: McsManagerUser): Promise<boolean> {
  if (!isAdmin(permission)) return false;
  const all = await readEverybody(users);
  return !all.some((other) => other.uuid !== uuid && isAdmin(other.permission));
}

/** Only the panel's list tells. Undefined where it does not show the user, or its release knows no single sign-on. */
export async function readSsoBound(users: Users, { uuid, userName }: McsManagerUser): Promise<boolean | undefined> {
  if (typeof userName !== 'string') return undefined;
  const { accounts } = await searchUsers(users, userName, Number.POSITIVE_INFINITY);
  const signIn = accounts.find(({ id }) => id === uuid)?.record.mcsManagerSignIn;
  return signIn === undefined || signIn instanceof Error ? undefined : (signIn.ssoBound ?? undefined);
}

export const roleOf = (permission: Json): Role => toRole(permission).role;
