import type { FacetName } from '../../src/domain/facets.ts';
import { SourceError } from '../../src/errors.ts';
import type {
  AccountRecord,
  Derivation,
  PointRead,
  ReadCost,
  SharedRead,
  SourceSession,
  SweepRead,
} from '../../src/sources/contract.ts';
import { createAccountLoader, type Loaded } from '../../src/sources/loading.ts';

/** What a test's session is made of. Every read writes itself into `log` when it begins. */
export interface Pieces {
  readonly reads?: SourceSession['reads'];
  readonly shared?: readonly SharedRead[];
  readonly derivations?: readonly Derivation[];
}

/** A session of a source that can only read accounts. */
export function sessionOf({ reads = [], shared = [], derivations = [] }: Pieces): SourceSession {
  const notHere = () => Promise.reject(new Error('the loader has no business here'));
  return {
    reads,
    shared,
    derivations,
    population: () => undefined,
    list: () => ({ pageSize: 1, stableOrder: true, page: notHere }),
    search: notHere,
    findByUsername: notHere,
    self: notHere,
    status: notHere,
  };
}

type Told = AccountRecord | null | undefined | Promise<AccountRecord | null>;

interface PointPieces {
  readonly brings: readonly FacetName[];
  readonly cost?: ReadCost;
  /** Undefined counts as a mistake of the test. */
  tell(id: string): Told;
}

export function point(log: string[], name: string, { brings, cost = { requests: 1, bytes: 0 }, tell }: PointPieces): PointRead {
  return {
    shape: 'point',
    name,
    brings,
    cost,
    read: async (id) => {
      log.push(`${name} ${id}`);
      const told = await tell(id);
      if (told === undefined) throw new Error(`the test did not expect ${name} ${id}`);
      return told;
    },
  };
}

interface SweepPieces {
  readonly brings: readonly FacetName[];
  readonly cost?: ReadCost;
  readonly complete: boolean;
  readonly partition?: (id: string) => string;
  tell(wanted: ReadonlySet<string>): Record<string, AccountRecord> | Promise<Record<string, AccountRecord>>;
}

/** As dear as one and a half point reads, so that it is chosen for two ids. */
const betweenOneAndTwo: ReadCost = { requests: 1, bytes: 0, weight: 0.5 };

export function sweep(log: string[], name: string, pieces: SweepPieces): SweepRead {
  const { brings, cost = betweenOneAndTwo, complete, partition = () => 'all', tell } = pieces;
  return {
    shape: 'sweep',
    name,
    brings,
    partition,
    cost: () => cost,
    complete,
    read: async (part, wanted) => {
      log.push(`${name} ${part} for ${[...wanted].join(' ')}`);
      return new Map(Object.entries(await tell(wanted)));
    },
  };
}

export function shared(log: string[], name: string, tell: () => unknown): SharedRead {
  return {
    name,
    cost: { requests: 1, bytes: 0 },
    read: async () => {
      log.push(name);
      return tell();
    },
  };
}

/** A promise that the test keeps or breaks when it likes. */
export function later<Value>(): PromiseWithResolvers<Value> {
  return Promise.withResolvers<Value>();
}

/** Until everything that could be asked without waiting for an answer has been asked. */
export const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const loaderOf = (pieces: Pieces) => createAccountLoader(sessionOf(pieces), 'test');

export const named = (username: string): AccountRecord => ({ identity: { username, displayName: null } });
export const whole = (username: string): AccountRecord => ({ ...named(username), email: `${username}@example.org`, kudos: 7 });
export const found = <Value>(value: Value) => ({ exists: true, value });
export const identityOf = (username: string) => found({ username, displayName: null });
export const nobody = { exists: false };
export const down = new SourceError('SOURCE_FAILED', 'test');
export const forbidden = new SourceError('SOURCE_FORBIDDEN', 'test');

/** How each ask ended: what was loaded, or the reason why not. */
export async function endings(...asks: Promise<Loaded<FacetName>>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(asks);
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : { failed: one.reason }));
}
