import { createRandom } from '../random.ts';
import { blankUser } from './blank-user.ts';
import { addCast, castHere } from './cast-accounts.ts';
import { addCrowd } from './crowd.ts';
import type { Release } from './releases.ts';
import { addSampleChannels } from './sample-channels.ts';
import { addSampleGroups } from './sample-groups.ts';
import { createEmptyWorld, type OpenWebUIWorld } from './world.ts';

export interface SeededWorldOptions {
  readonly release: Release;
  readonly seed: number;
  /** Users in all. The primary admin and the cast are there however small it is. */
  readonly size: number;
  readonly canary: string;
  /** Epoch seconds. Those who are online were last active shortly before; all other times depend on the seed alone. */
  readonly startedAt: number;
}

/** The earliest account, which no other admin may change. */
export const primaryAdminId = 'ad000000-0000-4000-8000-000000000000';

/** The primary admin and the cast sign in with this; the crowd has no passwords. */
export const seededPassword = 'tide turns at 7';

/** A busy server: a primary admin, the cast, a crowd, groups that grant this and that, a few channels. */
export function createSeededWorld(options: SeededWorldOptions): OpenWebUIWorld {
  const world = createEmptyWorld(options);
  world.config.ENABLE_SIGNUP = false;
  world.config.ENABLE_CHANNELS = true;
  const name = 'Harbour Master';
  const email = 'master@harbour.example';
  world.users.add(blankUser({ id: primaryAdminId, email, name, role: 'admin', created_at: firstDay }));
  addCast(world, options.startedAt);
  addCrowd(world, createRandom(options.seed ^ 0x5eed), { ...options, firstDay });
  addSampleGroups(world, createRandom(options.seed ^ 0x6e0b), firstDay);
  addSampleChannels(world, firstDay);
  for (const user of world.users.inserted().slice(0, 1 + castHere.length)) world.passwords.set(user.id, seededPassword);
  return world;
}

const firstDay = 1_699_000_000;
