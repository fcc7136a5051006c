import { InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import possibleTypes from '../../schema/possible-types.json' with { type: 'json' };

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
          users: relayStylePagination(['source', 'search', 'role', 'orderBy']),
          hordeAccounts: relayStylePagination(['source', 'orderBy']),
          mcsManagerAccounts: relayStylePagination(['source', 'userName', 'role']),
          openWebUIAccounts: relayStylePagination(['source', 'query', 'orderBy', 'direction']),
          viewer: { merge: true },
        },
      },
      ActiveGenerations: { merge: true },
      Freshness: { merge: true },
      KudosDetails: { merge: true },
      Records: { merge: true },
      ThingRecords: { merge: true },
      AmountRecords: { merge: true },
    },
  });
}
