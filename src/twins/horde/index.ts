import type { FaultRule } from '../faults.ts';
import { startTwinServer, type TwinServer } from '../server.ts';
import { answerRequest } from './answering.ts';
import { createCache, noCache } from './caches.ts';
import { createLimiter, noLimiter } from './limits.ts';
import { ADMIN_ID, ANONYMOUS_KEY, MODERATOR_ID, seededWorld } from './seeded-world.ts';
import type { HordeWorld } from './world.ts';

export interface HordeTwinOptions {
  readonly port?: number;
  readonly faults?: readonly FaultRule[];
  /** The same seed gives the same people. Not used when `world` is given, and neither are `size` and `canary`. */
  readonly seed?: number;
  /** How many users in all. */
  readonly size?: number;
  /** Every API key and proxy passkey contains this text. */
  readonly canary?: string;
  readonly world?: HordeWorld;
  /** Whether answers are kept for as long as the real server keeps them. */
  readonly caches?: boolean;
  /** Whether there is a 429 after so many requests; without limits their headers are missing too. */
  readonly limits?: boolean;
  /** Whether users of equal rank change places from one page of the list to the next, as they do in the real one. */
  readonly shiftTies?: boolean;
  /** Milliseconds since 1970, for caches, limits and ages. */
  readonly now?: () => number;
}

export interface HordeTwin extends TwinServer {
  /** What a source is configured with: paths begin with `/v2` below it. */
  readonly apiUrl: string;
  readonly keys: HordeKeys;
  readonly world: HordeWorld;
}

export interface HordeKeys {
  readonly anonymous: string;
  /** User 1: may award, change kudos and name moderators. */
  readonly admin: string;
  /** User 2. */
  readonly moderator: string;
  /** The first shared key there is: good for `find_user`, unknown to `users/{id}`. */
  readonly shared: string;
  /** That of the user with this id, who must exist. */
  of(id: number): string;
}

/** Starts a stand-in for an AI Horde, as far as its users go. */
export async function hordeTwin(options: HordeTwinOptions = {}): Promise<HordeTwin> {
  const { port = 0, faults = [], seed = 1, size = 120, canary, caches = true, limits = true, shiftTies = true } = options;
  const now = options.now ?? Date.now;
  const world = options.world ?? seededWorld({ seed, size, startedAt: now(), ...(canary === undefined ? {} : { canary }) });
  const parts = {
    world,
    shiftTies,
    now,
    cache: caches ? createCache(now) : noCache,
    limiter: limits ? createLimiter(now) : noLimiter,
  };
  const server = await startTwinServer((request) => answerRequest(request, parts), { port, faults });
  return { ...server, apiUrl: `${server.url}/api`, keys: keysOf(world), world };
}

function keysOf(world: HordeWorld): HordeKeys {
  const of = (id: number): string => {
    const user = world.users.get(id);
    if (!user) throw new Error(`the Horde twin has no user ${id}`);
    return user.apiKey;
  };
  return {
    anonymous: ANONYMOUS_KEY,
    get admin() {
      return of(ADMIN_ID);
    },
    get moderator() {
      return of(MODERATOR_ID);
    },
    get shared() {
      const [first] = world.sharedKeys.keys();
      if (first === undefined) throw new Error('the Horde twin has no shared key');
      return first;
    },
    of,
  };
}
