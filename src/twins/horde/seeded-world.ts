import { createRandom } from '../random.ts';
import { castAccounts, castIds } from './cast-accounts.ts';
import { DAY } from './dates.ts';
import { newUser } from './new-records.ts';
import { generatedPeople } from './people.ts';
import type { HordeUser } from './records.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { createWorld, type HordeWorld } from './world.ts';

export interface SeededWorldOptions {
  readonly seed: number;
  /** Users in all. Anonymous, the admin, the moderator and the cast are always there, however small this is. */
  readonly size: number;
  readonly canary?: string;
  /** Only newcomers' ages depend on it. */
  readonly startedAt: number;
}

export const ANONYMOUS_KEY = '0000000000';
export const ADMIN_ID = 1;
export const MODERATOR_ID = 2;

/** The same seed and size give the same users, workers, styles and keys. */
export function seededWorld({ seed, size, canary, startedAt }: SeededWorldOptions): HordeWorld {
  const secrets = createSecrets(createRandom(seed), canary);
  const staff = staffAccounts(secrets);
  const accounts = castAccounts(secrets, createRandom(seed ^ 0x0ca57), startedAt);
  const taken = new Set([...staff.map((user) => user.id), ...castIds]);
  return createWorld({
    seed,
    ...(canary === undefined ? {} : { canary }),
    ...accounts,
    users: [...staff, ...accounts.users],
    unbuilt: generatedPeople(seed, freeIds(size - taken.size, taken), secrets),
    admins: [`admin#${ADMIN_ID}`],
  });
}

function staffAccounts(secrets: Secrets): HordeUser[] {
  const opened = Date.UTC(2022, 8, 11);
  return [
    newUser({ id: 0, alias: 'Anonymous', apiKey: ANONYMOUS_KEY, createdAt: opened }),
    newUser({
      id: ADMIN_ID,
      alias: 'admin',
      apiKey: secrets.apiKeyOf(ADMIN_ID),
      createdAt: opened + 1000,
      kudos: 1_000_000,
      kudosDetails: { admin: 1_000_000 },
      roles: ['moderator', 'trusted'],
    }),
    newUser({
      id: MODERATOR_ID,
      alias: 'mod',
      apiKey: secrets.apiKeyOf(MODERATOR_ID),
      createdAt: opened + 12 * DAY,
      kudos: 300_500,
      kudosDetails: { accumulated: 500, recurring: 300_000 },
      roles: ['moderator', 'trusted'],
      contact: 'mod@example.com',
    }),
  ];
}

function freeIds(count: number, taken: ReadonlySet<number>): number[] {
  const ids: number[] = [];
  for (let id = 0; ids.length < count; id += 1) if (!taken.has(id)) ids.push(id);
  return ids;
}
