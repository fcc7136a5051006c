import type { HordeUserExpectation } from '../../../domain/accounts/horde-writes.ts';
import type { FacetName } from '../../../domain/facets.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import type { Guard } from '../../../writing/change.ts';
import { aliasOf } from '../ids.ts';
import type { UserState } from './user-state.ts';

/** What must be as the caller took it to be, whether it is to change or not. */
export function userGuards(expectation: HordeUserExpectation): readonly Guard<UserState>[] {
  return expectable.flatMap(({ name, facet, current }) => {
    const expected = expectation[name];
    return expected === undefined ? [] : [{ name, expected, current, ...(facet === undefined ? {} : { facet }) }];
  });
}

/** What a user may be without, and is seen to be. */
export const mayBeAbsent: readonly (keyof HordeUserExpectation)[] = ['adminComment', 'contact'];

interface Expectable {
  readonly name: keyof HordeUserExpectation;
  readonly facet?: FacetName;
  current(state: UserState): FieldValue | undefined;
}

const expectable: readonly Expectable[] = [
  { name: 'kudos', facet: 'kudos', current: ({ user }) => user.kudos },
  ...(['moderator', 'trusted', 'flagged', 'customizer', 'service', 'education', 'concurrency', 'deleted'] as const).map(
    (name): Expectable => ({ name, facet: 'hordeStanding', current: ({ user }) => user[name] }),
  ),
  { name: 'workerInvited', facet: 'hordeStanding', current: ({ user }) => user.worker_invited },
  { name: 'vpn', facet: 'hordePrivate', current: ({ user }) => user.vpn ?? undefined },
  { name: 'special', facet: 'hordePrivate', current: ({ user }) => user.special ?? undefined },
  {
    name: 'adminComment',
    facet: 'hordePrivileged',
    current: ({ user, privilege }) => (privilege < 2 ? undefined : (user.admin_comment ?? null)),
  },
  { name: 'publicWorkers', current: ({ publicWorkers }) => publicWorkers },
  { name: 'username', facet: 'identity', current: ({ user }) => aliasOf(user.username) },
  { name: 'contact', facet: 'hordePrivate', current: ({ contact }) => contact },
];
