import { createRandom, type Random } from '../random.ts';
import { createDirectory, type UnbuiltUsers, type UserDirectory } from './directory.ts';
import type { HordeSharedKey, HordeStyle, HordeTeam, HordeUser, HordeWorker } from './records.ts';
import { createSecrets, type Secrets } from './secrets.ts';

/** Everything the Horde's database holds, alive: what a test changes here, the next uncached answer shows. */
export interface HordeWorld {
  readonly users: UserDirectory;
  readonly workers: Map<string, HordeWorker>;
  readonly styles: Map<string, HordeStyle>;
  readonly sharedKeys: Map<string, HordeSharedKey>;
  readonly teams: Map<string, HordeTeam>;
  /** `alias#id` of those the operator named as admins; no role in the database. */
  readonly admins: Set<string>;
  readonly transfers: TransferBook;
  readonly secrets: Secrets;
  readonly random: Random;
  /** One user was wiped already; the database refuses a second. */
  hasWiped: boolean;
}

export interface TransferBook {
  /** `<sender>-<receiver>` → when they last did. */
  readonly last: Map<string, number>;
  /** `<sender>:<idempotency key>` → what was asked for. */
  readonly byIdempotencyKey: Map<string, { readonly targetId: number; readonly amount: number }>;
}

export interface WorldContents {
  readonly seed?: number;
  readonly canary?: string;
  readonly users: readonly HordeUser[];
  readonly unbuilt?: UnbuiltUsers;
  readonly workers?: readonly HordeWorker[];
  readonly styles?: readonly HordeStyle[];
  readonly sharedKeys?: readonly HordeSharedKey[];
  readonly teams?: readonly HordeTeam[];
  readonly admins?: readonly string[];
  readonly hasWiped?: boolean;
}

export function createWorld(contents: WorldContents): HordeWorld {
  const random = createRandom(contents.seed ?? 1);
  return {
    users: createDirectory(contents.users, contents.unbuilt),
    workers: byId(contents.workers),
    styles: byId(contents.styles),
    sharedKeys: byId(contents.sharedKeys),
    teams: byId(contents.teams),
    admins: new Set(contents.admins),
    transfers: { last: new Map(), byIdempotencyKey: new Map() },
    secrets: createSecrets(random, contents.canary),
    random,
    hasWiped: contents.hasWiped ?? false,
  };
}

export const uniqueAlias = (user: HordeUser): string => `${user.alias}#${user.id}`;

export const ownedBy = <T extends { readonly ownerId: number }>(user: HordeUser, things: ReadonlyMap<string, T>): T[] =>
  [...things.values()].filter((thing) => thing.ownerId === user.id);

/** A user by `anything#3` or `3`: only the number after the last hash counts. */
export function findByUsername(world: HordeWorld, username: string): HordeUser | undefined {
  const number = username.slice(username.lastIndexOf('#') + 1).trim();
  return /^\d+$/.test(number) ? world.users.get(Number(number)) : undefined;
}

function byId<T extends { readonly id: string }>(things: readonly T[] = []): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
