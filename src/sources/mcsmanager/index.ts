import { keyOf } from '../../access/credential.ts';
import type { SourceCalls } from '../calls.ts';
import { type Capabilities, defineSource, type Source } from '../contract.ts';
import { asksOneByOne } from '../one-by-one.ts';
import { tellStatus, watchStatus } from '../watched-writes.ts';
import { ages } from './ages.ts';
import { createAsk } from './asking.ts';
import { createAskDaemons, daemonSweep } from './daemons.ts';
import { createDateReader } from './dates.ts';
import { instanceRead } from './instance-reads.ts';
import { instanceSweep } from './instance-sweep.ts';
import { listUsers, orders } from './listing.ts';
import { findByUsername, searchUsers } from './names.ts';
import { createPanel } from './panel.ts';
import { readSelf, readStatus } from './self.ts';
import { McsManagerSettings } from './settings.ts';
import { createTally } from './tally.ts';
import { countUsers, usersPerPage } from './user-pages.ts';
import { userRead } from './user-reads.ts';
import { createUserRows, listedFacets, overviewFacets } from './user-rows.ts';
import { overviewSweep, searchSweep } from './user-sweeps.ts';
import { panelWrites } from './writes/index.ts';

const kind = 'MCS_MANAGER';
const title = 'MCSManager';

/** 32 hex digits; the panel writes them in lower case. */
const canonicalId = (text: string): string | null => (/^[0-9a-f]{32}$/i.test(text) ? text.toLowerCase() : null);

export const mcsManager = defineSource<McsManagerSettings>({
  kind,
  title,
  canonicalId,
  ages,
  environment: { id: 'mcsmanager', prefix: 'MCSMANAGER' },
  settings: McsManagerSettings,
  // Without this header the panel has no route to its users.
  address: ({ url }) => ({ url, headers: { 'x-requested-with': 'XMLHttpRequest' } }),
  serviceKey: ({ apiKey }) => apiKey,
  connect: (id, settings, http): Source => {
    const rows = createUserRows(createDateReader(settings.dateFormat, settings.timeZone));
    const tally = createTally();
    return {
      id,
      kind,
      title,
      facets: new Set([...listedFacets, 'instance', 'daemon']),
      // Not even a name without a key.
      shownToAnybody: new Set(),
      capabilities,
      calls,
      canonicalId,
      close: () => http.close(),
      open: (asking) => {
        const { credential } = asking;
        // The panel takes an empty key for none.
        const key = keyOf(credential) || undefined;
        const watched = watchStatus(http);
        const ask = createAsk(id, watched.http, asking);
        const panel = createPanel(id, ask, key);
        const askDaemons = createAskDaemons(panel);
        const users = { panel, tally, rows };
        const user = userRead(users);
        const instance = instanceRead(panel, askDaemons);
        return {
          reads: [
            user,
            overviewSweep(users),
            searchSweep(users, user),
            instance,
            instanceSweep(panel, tally, instance),
            daemonSweep(askDaemons),
          ],
          derivations: [],
          shared: [],
          population: () => tally.users,
          count: countUsers(users),
          list: (query) => listUsers(users, query),
          search: (text, limit) => searchUsers(users, text, limit),
          findByUsername: (username) => findByUsername(users, username),
          self: async () => (key === undefined ? null : readSelf(users)),
          status: () => readStatus(ask, panel, key !== undefined, asksOneByOne(http, credential)),
          writes: () =>
            tellStatus(
              panelWrites({ users, ownKey: credential.class === 'caller', panelAs: (other) => createPanel(id, ask, other) }),
              watched.told,
            ),
        };
      },
    };
  },
});

const calls: SourceCalls = {
  status: 2,
  self: 1,
  // A name that is no text makes the panel fail, and the overview is looked through instead.
  search: (limit) => Math.ceil(limit / usersPerPage) + 2,
  searchBrings: overviewFacets,
  lookup: 10,
  // Whose key it is, and which daemons are connected.
  aside: 2,
};

const capabilities: Capabilities = {
  orders,
  search: 'CONTAINS',
  roleWords: { BANNED: '-1', GUEST: '0', USER: '1', ADMIN: '10' },
  totalCount: true,
  paging:
    'Users come in the order in which they were made until the panel restarts; then in that of their ids, later ones at the end. ' +
    'Who is deleted moves everybody after them forward by one.',
  limits: [
    'Without a key it shows no user, with an ordinary user’s key that user only.',
    'It searches by name with letter case: ask for the name as it is written.',
    'It lists by role only who has exactly the usual permission (10, 1, 0 or -1): for odd ones look at the role of each account.',
    'It has no other order: sort the page that came.',
    'It does not tell whether a user is signed in now: see when they last signed in.',
    'It writes dates without a time zone: where they look wrong, set the zone and format of its process in the configuration.',
  ],
};
