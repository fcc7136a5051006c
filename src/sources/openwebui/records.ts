import type { FacetName } from '../../domain/facets.ts';
import { SourceError } from '../../errors.ts';
import type { AccountRecord } from '../contract.ts';
import { withBypass } from './bypass.ts';
import { toDate, toDetails, toIdentity, toMaskedJson, toOAuth, toPresence, toRole, toSettings, toUserStatus } from './map.ts';
import { grantsOf } from './permissions.ts';
import type {
  OpenWebUIActiveUser,
  OpenWebUIListedUser,
  OpenWebUISession,
  OpenWebUISlimUser,
  OpenWebUIUser,
  OpenWebUIUserInfo,
} from './wire.ts';

// A record for each sort of answer, and beside it the facets that are always in it.

export const slimFacets = ['identity', 'email', 'role', 'userStatus'] as const satisfies readonly FacetName[];
/** What a key that is no administrator's is not shown of another user. */
const withheldFacets = [
  'avatar',
  'registration',
  'openWebUIDetails',
  'info',
  'oauth',
  'settings',
] as const satisfies readonly FacetName[];
export const listedFacets = [
  ...slimFacets,
  ...withheldFacets,
  'presence',
  'bio',
  'groupIds',
] as const satisfies readonly FacetName[];
export const wholeFacets = [...listedFacets, 'groups'] as const satisfies readonly FacetName[];

/** `bio` came to these rows with 0.8.0: where it is missing it is unknown, not empty. */
export const toSlimRecord = (user: OpenWebUISlimUser): AccountRecord => ({
  identity: toIdentity(user),
  email: user.email,
  role: toRole(user.role),
  userStatus: toUserStatus(user),
  ...(user.bio === undefined ? {} : { bio: user.bio }),
});

export const toListedRecord = (user: OpenWebUIListedUser, serverTime: Date): AccountRecord => ({
  ...toFullRecord(user),
  presence: toPresence(user.last_active_at, serverTime),
  groupIds: user.group_ids,
});

export const toWholeRecord = (user: OpenWebUIActiveUser): AccountRecord => ({
  ...toFullRecord(user),
  presence: { lastActiveAt: toDate(user.last_active_at), text: null, isActive: user.is_active },
  groupIds: user.groups.map((group) => group.id),
  groups: user.groups,
});

/** What everybody who signed in is told about everybody else, the rest being refused. */
export const toInfoRecord = (user: OpenWebUIUserInfo, source: string): AccountRecord => ({
  ...toSlimRecord(user),
  bio: user.bio ?? null,
  presence: { lastActiveAt: toDate(user.last_active_at), text: null, isActive: user.is_active },
  groupIds: user.groups.map((group) => group.id),
  groups: user.groups,
  ...refuse(withheldFacets, new SourceError('SOURCE_FORBIDDEN', source)),
});

export const toSelfRecord = (session: OpenWebUISession): AccountRecord => ({
  ...toSlimRecord(session),
  avatar: { url: session.profile_image_url ?? null },
  ...(session.permissions ? { permissions: { grants: withBypass(grantsOf(session.permissions), session.permissions) } } : {}),
});

export const refuse = (facets: readonly FacetName[], error: SourceError): AccountRecord =>
  Object.fromEntries(facets.map((facet) => [facet, error]));

const toFullRecord = (user: OpenWebUIUser): AccountRecord => ({
  ...toSlimRecord(user),
  identity: toIdentity(user),
  bio: user.bio ?? null,
  avatar: { url: user.profile_image_url ?? null },
  registration: { createdAt: toDate(user.created_at), text: null },
  openWebUIDetails: toDetails(user),
  info: toMaskedJson(user.info),
  oauth: toOAuth(user.oauth),
  settings: toSettings(user.settings),
});
