import { z } from 'zod';
import { keyOf } from '../../access/credential.ts';
import { SourceAddress } from '../../http/address.ts';
import { HeaderText, SourceKey } from '../../http/header-text.ts';
import type { SourceCalls } from '../calls.ts';
import { type Capabilities, defineSource } from '../contract.ts';
import { asksOneByOne } from '../one-by-one.ts';
import { ages } from './ages.ts';
import { createAsk } from './asking.ts';
import { belongingFacets, belongingReads } from './belonging-reads.ts';
import { canonicalUserId } from './ids.ts';
import { listUsers, orders } from './listing.ts';
import { limits } from './routes.ts';
import { findUser, listFound, searchUsers } from './search.ts';
import { askSelf, askStatus } from './self.ts';
import { createKeyless, everyFacet, publicFacets, userReads } from './user-reads.ts';
import { hordeWrites } from './writes/index.ts';
import { createSpell } from './writes/spelling.ts';
import { askPastWrites, createWrittenUsers } from './writes/written-users.ts';

const settings = z.strictObject({
  url: SourceAddress.default('https://aihorde.net/api'),
  /** A moderator's key shows every user's private facts, any other key only its owner's. */
  apiKey: SourceKey.optional(),
  /** `name:version:contact`. The Horde asks its clients for a contact. */
  clientAgent: HeaderText.default('rollcall:0.1.0:unknown'),
});

const kind = 'AI_HORDE';
const title = 'AI Horde';

export const horde = defineSource({
  kind,
  title,
  canonicalId: canonicalUserId,
  ages,
  environment: { id: 'horde', prefix: 'HORDE' },
  settings,
  address: ({ url, clientAgent }) => ({ url, headers: { 'client-agent': clientAgent } }),
  serviceKey: ({ apiKey }) => apiKey,
  limits,
  connect: (id, _settings, http) => {
    const spell = createSpell();
    const written = createWrittenUsers();
    return {
      id,
      kind,
      title,
      facets: new Set([...everyFacet, ...belongingFacets]),
      shownToAnybody: new Set([...publicFacets, 'hordeStyleRefs', 'hordeWorkerIds', ...belongingFacets]),
      capabilities,
      calls,
      canonicalId: canonicalUserId,
      close: http.close,
      open: (asking) => {
        const { credential } = asking;
        const ask = askPastWrites(createAsk(id, http, asking), written, spell);
        // The Horde takes an empty key for none.
        const key = keyOf(credential) || undefined;
        const keyless = createKeyless(ask, id, key);
        return {
          reads: [...userReads(keyless, key), ...belongingReads(ask)],
          derivations: [],
          shared: [],
          population: () => undefined,
          list: (query) => (query.search === undefined ? listUsers(keyless, query) : listFound(keyless, query.search)),
          search: (text, limit) => searchUsers(keyless, text, limit),
          findByUsername: async (username) => {
            const account = await findUser(keyless, username);
            return account === null ? [] : [account.id];
          },
          self: () => askSelf(ask, id, key),
          status: () => askStatus(ask, id, key, asksOneByOne(http, credential)),
          writes: () => hordeWrites({ source: id, http, ask, spell, written, asking }),
        };
      },
    };
  },
});

/** The heartbeat and the key's holder; names and texts are looked up by the number in them. */
const calls: SourceCalls = {
  status: 2,
  self: 1,
  search: () => 1,
  searchBrings: publicFacets,
  lookup: 1,
  listRoute: 'users',
  aside: 0,
};

const capabilities: Capabilities = {
  orders,
  search: 'EXACT',
  roleWords: {},
  totalCount: false,
  paging:
    'In the order CREATED new accounts come at the end, and an account that is wiped moves those after it forward by one: ' +
    'somebody at a page border may be passed over then. ' +
    'In the order KUDOS accounts change places between pages, so one may come twice or not at all.',
  limits: [
    'It cannot search by part of a name: ask for the whole name with its number (alias#id), or for the number.',
    'It does not tell how many users there are.',
    'It cannot list by role: look at the role of each account.',
    'It never tells running alchemy requests.',
    'Without a key it shows public facts only; a user’s own key adds theirs, a moderator’s key everybody’s.',
    'Lists are up to about five minutes old, single users up to half a minute.',
  ],
};
