import { type FieldPolicy, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import possibleTypes from '../../schema/possible-types.json' with { type: 'json' };

/** Types without an id that stand by themselves on whoever they tell of. */
const parts = [
  'ActiveGenerations',
  'AmountRecords',
  'ChatPermissions',
  'FeaturesPermissions',
  'Freshness',
  'HordeContributionsDetails',
  'HordeUsageDetails',
  'KudosDetails',
  'MonthlyKudos',
  'OpenWebUIDefaultPermissions',
  'Permissions',
  'Records',
  'SharingPermissions',
  'SourceCapabilities',
  'SourceState',
  'ThingRecords',
  'UserInterfaceSettings',
  'UserSearch',
  'UserSettings',
  'UserStatus',
  'Viewer',
  'WorkspacePermissions',
];

/**
 * People and accounts are kept by type and id, which needs no policy. Pages of a list are put together as long as source, search and
 * order stay the same. What has no id is a part of whoever it stands on, so a later query may bring more of it.
 */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          users: pages(['source', 'search', 'role', 'orderBy']),
          hordeAccounts: pages(['source', 'orderBy']),
          mcsManagerAccounts: pages(['source', 'userName', 'role']),
          openWebUIAccounts: pages(['source', 'query', 'orderBy', 'direction']),
        },
      },
      ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
      // A panel tells instances apart by both. Without them one stands where it was found.
      Instance: {
        keyFields: ({ daemonId, instanceId }) =>
          typeof daemonId === 'string' && typeof instanceId === 'string' && `Instance:${daemonId}/${instanceId}`,
      },
    },
  });
}

/** A list that its source does not give is null. Left to itself the library makes an empty one of it, with more to come. */
function pages(keyArgs: string[]): FieldPolicy {
  const policy: FieldPolicy = relayStylePagination(keyArgs);
  const { merge } = policy;
  if (typeof merge !== 'function') return policy;
  return {
    ...policy,
    merge: (existing, incoming, options) => (existing || incoming ? merge(existing, incoming, options) : null),
  };
}
