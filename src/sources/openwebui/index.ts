import { z } from 'zod';
import { keyOf } from '../../access/credential.ts';
import type { FacetName } from '../../domain/facets.ts';
import { SourceAddress } from '../../http/address.ts';
import { SourceKey } from '../../http/header-text.ts';
import type { SourceCalls } from '../calls.ts';
import { type Capabilities, defineSource, type ListQuery } from '../contract.ts';
import { asksOneByOne } from '../one-by-one.ts';
import { ages } from './ages.ts';
import { createAsker } from './asking.ts';
import { channelMembersRead } from './channels.ts';
import { createFallback } from './fallback.ts';
import { groupReads } from './groups.ts';
import { listUsers, orders, userPages } from './listing.ts';
import { findByName, pagesSearched, searchUsers } from './lookups.ts';
import { canonicalId } from './native-id.ts';
import { userRead } from './people.ts';
import { createPopulation } from './population.ts';
import { slimFacets, wholeFacets } from './records.ts';
import { askSelf, askStatus } from './standing.ts';
import { allUsersSweep, countUsers, listedUsersSweep } from './sweeps.ts';
import { openWrites } from './writes/index.ts';

const settings = z.strictObject({
  /** Where the web page opens, without `/api`. */
  url: SourceAddress,
  /** Begins with `sk-`. An administrator's shows everything, another user's only what users see of each other. */
  apiKey: SourceKey.optional(),
});

const kind = 'OPEN_WEBUI';
const title = 'Open WebUI';

export const openWebUI = defineSource({
  kind,
  title,
  canonicalId,
  ages,
  environment: { id: 'webui', prefix: 'OPENWEBUI' },
  settings,
  address: ({ url }) => ({ url, headers: {} }),
  serviceKey: ({ apiKey }) => apiKey,
  connect: (id, _settings, http) => {
    const population = createPopulation();
    // What the service's key may do outlives a session, what a caller's may do does not.
    const serviceRights = createRights();
    const shown = { info: false };
    return {
      id,
      kind,
      title,
      facets: new Set<FacetName>([...wholeFacets, 'permissions', ...belongingFacets]),
      // Not even a name without a key.
      shownToAnybody: new Set(),
      capabilities,
      calls,
      canonicalId,
      close: http.close,
      open: (asking) => {
        const { credential } = asking;
        const asker = createAsker(id, http, asking);
        const anonymous = createAsker(id, http, { ...asking, credential: { class: 'none' } }, credential);
        const rights = credential.class === 'service' ? serviceRights : createRights();
        const hasKey = keyOf(credential) !== undefined;
        const one = userRead(asker, rights.one, shown);
        const groups = groupReads(asker);
        const list = (query: ListQuery) => listUsers(userPages(asker, rights.many), id, population, query);
        return {
          reads: [
            one,
            allUsersSweep(asker, rights.many, population, one),
            listedUsersSweep(asker, rights.many, population, one),
            ...groups.reads,
            channelMembersRead(asker),
          ],
          derivations: groups.derivations,
          shared: groups.shared,
          population: population.known,
          count: countUsers(asker, population),
          list,
          search: async (text, limit) =>
            text === '' ? { accounts: [], total: 0, more: false } : searchUsers(list({ search: text }), text, limit),
          findByUsername: (username) => findByName(asker, username),
          self: async () => (hasKey ? askSelf(asker) : null),
          status: () => askStatus(anonymous, hasKey ? asker : undefined, asksOneByOne(http, credential)),
          writes: () => openWrites(id, http, asking),
        };
      },
    };
  },
});

/** What ids other than a user's lead to. */
const belongingFacets = ['openWebUIGroup', 'openWebUIGroupList', 'openWebUIDefaultPermissions', 'channelMembers'] as const;

/** Before 0.8.0 any user was shown one user whole and nobody but administrators a list, so the two are found out apart. */
const createRights = () => ({ one: createFallback(), many: createFallback() });

const calls: SourceCalls = {
  status: 3,
  self: 1,
  // One more where the key turns out to see less.
  search: (limit) => pagesSearched(limit) + 1,
  searchBrings: slimFacets,
  lookup: 10,
  // Either list may be refused, be read three pages at once, and leave one user to be asked for in two ways.
  aside: 5,
};

const capabilities: Capabilities = {
  orders,
  search: 'CONTAINS',
  roleWords: {},
  totalCount: true,
  paging:
    'In the orders EMAIL and EMAIL_DESC nobody who stays is passed over when accounts come and go between two pages, and nobody comes twice ' +
    'unless more than ten come to stand right before the last one shown. Who is given another address may be passed over or come twice. ' +
    'In the other orders equal accounts may change places, and LAST_ACTIVE moves with every request.',
  limits: [
    'It cannot list by role: look at the role of each account.',
    'It looks for names and e-mail addresses at once, and cannot tell which of the two matched.',
    'A search that holds %, _ or a backslash tells no total.',
    'Names are not unique, so a name may find several accounts.',
    'Nothing is shown without a key. An ordinary user’s key shows no settings, pictures or times of others.',
    'A permission that is newer than what the server tells of its defaults is missing, which does not say that it is denied.',
    'The members of a channel are shown to its members only, administrators or not.',
  ],
};
