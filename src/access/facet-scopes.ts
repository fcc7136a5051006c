import type { FacetName } from '../domain/facets.ts';
import type { Scope } from './scopes.ts';

/** The scope under which each facet is shown. The type holds a new facet up until somebody has decided about it. */
const facetScopes: Readonly<Record<FacetName, Scope>> = {
  identity: 'read',
  avatar: 'read',
  role: 'read',
  registration: 'read',
  presence: 'read',
  kudos: 'read',
  kudosDetails: 'read',
  records: 'read',
  permissions: 'read',
  email: 'read:private',
  activeGenerations: 'read:private',
  settings: 'read:private',
  monthlyKudos: 'read:privileged',
  hordeStanding: 'read',
  hordeStyleRefs: 'read',
  hordeStyle: 'read',
  hordeWorkerIds: 'read:private',
  hordeWorker: 'read:private',
  hordePrivate: 'read:private',
  hordeSharedKey: 'read:private',
  hordePrivileged: 'read:privileged',
  instanceRefs: 'read:private',
  instance: 'read:private',
  daemon: 'read:private',
  mcsManagerSecurity: 'read:private',
  mcsManagerSignIn: 'read:private',
  bio: 'read',
  userStatus: 'read',
  groupIds: 'read',
  groups: 'read',
  openWebUIGroup: 'read',
  openWebUIGroupList: 'read',
  openWebUIDefaultPermissions: 'read',
  channelMembers: 'read:private',
  openWebUIDetails: 'read:private',
  info: 'read:private',
  oauth: 'read:private',
};

/** A facet that only an added kind knows is shown under the strictest scope. */
export const scopeOf = (facet: FacetName): Scope => facetScopes[facet] ?? 'read:privileged';

/** Ids of shared keys, which are the keys. */
const holdCredentials: ReadonlySet<FacetName> = new Set<FacetName>(['hordePrivate', 'hordeSharedKey']);

/** What is not to lie in any cache on the way to the client, not even in the browser of whoever may see it. */
export const isConfidential = (facet: FacetName): boolean => scopeOf(facet) === 'read:privileged' || holdCredentials.has(facet);
