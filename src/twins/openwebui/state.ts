import { createHash } from 'node:crypto';
import type { SigninLimit } from './signin-limit.ts';
import { createSigninLimit } from './signin-limit.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createUnordered, type Unordered } from './unordered.ts';
import type { OpenWebUIWorld } from './world.ts';

/** A running twin's world and what one process keeps beside it. */
export interface TwinState {
  readonly world: OpenWebUIWorld;
  readonly tokens: Tokens;
  readonly signinLimit: SigninLimit;
  readonly unordered: Unordered;
  /** Epoch seconds. */
  seconds(): number;
  /** Epoch nanoseconds, no two alike. */
  nanoseconds(): bigint;
  /** Notes that a user was here just now. */
  touch(userId: string): void;
}

export interface StateOptions {
  readonly seed: number;
  readonly now: () => number;
  readonly limits: boolean;
  readonly order: 'shuffled' | 'insertion';
  readonly presenceInterval: number;
}

export function createState(world: OpenWebUIWorld, options: StateOptions): TwinState {
  const seconds = (): number => Math.floor(options.now() / 1000);
  const secret = createHash('sha256').update(`${options.seed}`).digest('hex');
  let ticks = 0n;
  return {
    world,
    tokens: createTokens(secret, options.now, () => world.newId('token')),
    signinLimit: createSigninLimit(seconds, options.limits),
    unordered: createUnordered(options.seed, options.order),
    seconds,
    nanoseconds: () => BigInt(Math.floor(options.now())) * 1_000_000n + ++ticks,
    touch: (userId) => {
      const user = world.users.get(userId);
      const now = seconds();
      if (user && now !== user.last_active_at && now - user.last_active_at >= options.presenceInterval)
        world.users.change(userId, { last_active_at: now });
    },
  };
}
