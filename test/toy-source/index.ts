import { z } from 'zod';
import type { FacetName } from '../../src/domain/facets.ts';
import { SourceError } from '../../src/errors.ts';
import type { HttpClient } from '../../src/http/client.ts';
import { parseAnswer } from '../../src/http/parse.ts';
import {
  type AccountRecord,
  type Asking,
  type Capabilities,
  defineSource,
  type ListedAccount,
  type Source,
} from '../../src/sources/contract.ts';

const canonicalId = (text: string): string | null => (/^[a-z]{1,20}$/.test(text) ? text : null);

const brings = ['identity', 'role', 'presence', 'kudos'] as const satisfies readonly FacetName[];

/** A members' register on one page: the least that a kind of source can be. */
export const toy = defineSource({
  kind: 'TOY',
  title: 'Toy register',
  environment: { id: 'toy', prefix: 'TOY' },
  canonicalId,
  settings: z.strictObject({ url: z.url(), apiKey: z.string().optional() }),
  address: ({ url }) => ({ url, headers: {} }),
  serviceKey: ({ apiKey }) => apiKey,
  connect: (id, _settings, http): Source => ({
    id,
    kind: 'TOY',
    title: 'Toy register',
    facets: new Set(brings),
    shownToAnybody: new Set(brings),
    capabilities,
    canonicalId,
    close: () => http.close(),
    open: (asking) => {
      const register = createRegister(id, http, asking);
      const find = async (matches: (name: string) => boolean): Promise<ListedAccount[]> =>
        (await register.all()).filter(({ record }) => 'username' in (record.identity ?? {}) && matches(nameOf(record)));
      return {
        reads: [{ shape: 'point', name: 'member', brings, cost: { requests: 1, bytes: 100 }, read: register.one }],
        derivations: [],
        shared: [],
        population: () => undefined,
        list: () => ({
          pageSize: 100,
          stableOrder: true,
          page: async (index) => {
            const accounts = index === 0 ? await register.all() : [];
            return { accounts, total: accounts.length, more: false };
          },
        }),
        search: async (text, limit) => {
          const found = await find((name) => name.includes(text));
          return { accounts: found.slice(0, limit), total: found.length, more: found.length > limit };
        },
        findByUsername: async (username) => (await find((name) => name === username)).map((account) => account.id),
        self: async () => null,
        status: async () => {
          await register.all();
          return { version: '1', message: null, credential: null };
        },
      };
    },
  }),
});

const capabilities: Capabilities = {
  orders: ['NAME'],
  search: 'CONTAINS',
  roleWords: {},
  totalCount: true,
  paging: 'There is one page.',
  limits: [],
};

const Member = z.object({ id: z.string(), name: z.string(), points: z.number(), here: z.boolean() });
type Member = z.infer<typeof Member>;

function createRegister(source: string, http: HttpClient, { credential, signal }: Asking) {
  return {
    one: async (id: string): Promise<AccountRecord | null> => {
      const answer = await http.send({ path: `/members/${id}`, route: 'member', credential, signal });
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw new SourceError('SOURCE_FAILED', source);
      return toRecord(parseAnswer(answer, Member, source));
    },
    all: async (): Promise<ListedAccount[]> => {
      const answer = await http.send({ path: '/members', route: 'members', credential, signal });
      if (answer.status !== 200) throw new SourceError('SOURCE_FAILED', source);
      const members = parseAnswer(answer, z.array(Member), source);
      return members.map((member) => ({ id: member.id, record: toRecord(member) }));
    },
  };
}

const toRecord = ({ name, points, here }: Member): AccountRecord => ({
  identity: { username: name, displayName: null },
  role: { role: 'USER', nativeRole: 'member', bypassesGrants: false, isShutOut: false },
  presence: { lastActiveAt: null, text: null, isActive: here },
  kudos: points,
});

const nameOf = ({ identity }: AccountRecord): string =>
  identity === undefined || identity instanceof SourceError ? '' : identity.username;
