import type { Credential } from '../access/credential.ts';
import type { Origin } from '../cache/reading-through.ts';
import type { FacetName, Facets } from '../domain/facets.ts';
import type { WriteName, Writes } from '../domain/writes.ts';
import type { SourceError } from '../errors.ts';
import type { Write } from '../writing/change.ts';

/** Whose behalf, and until when. */
export interface Asking {
  readonly credential: Credential;
  readonly signal: AbortSignal | undefined;
  /** When the operation ends, by `performance.now()`: nothing is waited for beyond it. Absent: it does not. */
  readonly until?: number | undefined;
  /** What was asked so long ago, by anybody, is no answer though it is under way still; 0: nothing is. Absent: anything. */
  readonly maxAgeMs?: number | undefined;
  /** In whose line its requests wait for their turn. Absent, as where nobody waits for the answer: in that of all with the credential. */
  readonly lane?: string | undefined;
}

/** What one read brought about one account: a value, or why that facet was refused although the rest came. */
export type AccountRecord = { readonly [F in FacetName]?: Facets[F] | SourceError };

/** One source, one credential, one operation. */
export interface SourceSession {
  readonly reads: readonly Read[];
  readonly derivations: readonly Derivation[];
  readonly shared: readonly SharedRead[];
  /** How many accounts the source holds, where that is known without asking. For the planner's estimates. */
  population(): number | undefined;
  /** Where it can be asked: afterwards `population` knows. Must cost no more than any sweep that depends on it. */
  readonly count?: Count;
  list(query: ListQuery): ListReader;
  /** Accounts whose name matches, best first, at most `limit`; null total where the source does not tell. */
  search(text: string, limit: number): Promise<ListPage>;
  /** Native ids whose username is exactly this. */
  findByUsername(username: string): Promise<readonly string[]>;
  /** Whose key this session asks with. Null without a key; an error when the key is not accepted. */
  self(): Promise<ListedAccount | null>;
  status(): Promise<SourceStatus>;
  /** What can be changed, by the name of the mutation. Making a write asks nothing yet; a bad input throws an `InputError`. */
  writes?(): Writers;
}

export type Writers = { readonly [Name in WriteName]?: (input: Writes[Name]) => Write };

/** Finds out how many accounts there are. */
export interface Count {
  readonly cost: ReadCost;
  /** As long as nobody knows, no more are reckoned with. */
  readonly most: number;
  ask(): Promise<void>;
}

export type Read = PointRead | SweepRead;

/** Asks for one id. */
export interface PointRead {
  readonly shape: 'point';
  readonly name: string;
  readonly brings: readonly FacetName[];
  readonly cost: ReadCost;
  /** Null: nobody has this id. */
  read(id: string): Promise<AccountRecord | null>;
  /** True: the upstream is asked a second time for an id before null is believed. */
  readonly confirmsNull?: true;
  /** Seconds by which the source's own cache may have been behind with what it told; absent: none. */
  lag?(id: string, told: AccountRecord): number;
}

/** Asks for every id of a partition at once, in one request or in several pages. */
export interface SweepRead {
  readonly shape: 'sweep';
  readonly name: string;
  readonly brings: readonly FacetName[];
  /** Ids of one partition are brought together. Most kinds have a single one. */
  partition(id: string): string;
  /** Whether it can bring this id at all. Absent: it can. */
  reaches?(id: string): boolean;
  /** What sweeping this partition costs, the number of its accounts as far as known. */
  cost(partition: string, population: number | undefined): ReadCost;
  /** True: an id that did not come belongs to nobody. False: it may have slipped between two pages. */
  readonly complete: boolean;
  /** May stop early once every wanted id has come. */
  read(partition: string, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, AccountRecord>>;
  /** As that of a point read, by which it asks for whom it missed. */
  readonly confirmsNull?: true;
  /** False: what it does not tell of an account may be there nevertheless. */
  readonly tellsAll?: false;
  /** As that of a point read. */
  lag?(id: string, told: AccountRecord): number;
}

export interface ReadCost {
  readonly requests: number;
  readonly bytes: number;
  /** How many requests follow one another, where some are made side by side; absent: all of them do. */
  readonly rounds?: number;
  /** What else the upstream suffers, in requests. 0 for most. */
  readonly weight?: number;
}

/** Something that is the same for every account, asked at most once in a session. */
export interface SharedRead {
  readonly name: string;
  readonly cost: ReadCost;
  read(): Promise<unknown>;
}

/** A facet that is computed from other facets of the account and from shared reads. */
export interface Derivation {
  readonly facet: FacetName;
  readonly from: readonly FacetName[];
  readonly shared: readonly string[];
  derive(record: AccountRecord, shared: ReadonlyMap<string, unknown>): AccountRecord;
}

export interface ListQuery {
  readonly order?: string | undefined;
  readonly search?: string | undefined;
  /** One of `roleWords`. */
  readonly role?: string | undefined;
}

/** A list that is read by number, as all three kinds do. Rows are counted from 0. */
export interface ListReader {
  readonly pageSize: number;
  /** Facets that come with every row, whatever the key. For telling beforehand what need not be asked for again. */
  readonly brings?: readonly FacetName[];
  /** Page numbers count from 0. Past the end: no rows. `anew`: past anything that is kept of it. */
  page(index: number, anew?: boolean): Promise<ListPage>;

  /** True when rows are added at the end only and never change places while they exist. */
  readonly stableOrder: boolean;
}

export interface ListPage {
  /** May be fewer than a page holds when rows had to be left out. */
  readonly accounts: readonly ListedAccount[];
  /** How many the whole list has; null where the source does not tell. */
  readonly total: number | null;
  /** Whether another page may follow. False is certain; true may lead to an empty page. */
  readonly more: boolean;
  /** Seconds by which the source's own cache may have been behind; absent: none. */
  readonly lag?: number;
  /** When reading it began, in milliseconds since 1970, and whether that was for an earlier operation. Noted by whoever keeps pages. */
  readonly readAt?: number;
  readonly kept?: boolean;
  /** Why it is a page of before: the source could not give a new one. */
  readonly standsInFor?: SourceError;
  /** The page whose place it took, as long as that may stand in. Other pages of its time may have to. */
  earlier?(): Promise<ListPage>;
}

export interface ListedAccount {
  readonly id: string;
  readonly record: AccountRecord;
  /** When reading it began, and where it comes from, by our own clock. Noted by whoever keeps what sources tell. */
  readonly fetchedAt?: Date;
  /** Absent: asked of the source just now. */
  readonly provenance?: Provenance;
  /**
   * The kept page that it is a row of. Such a page tells who is on it and in which order: of what is in the record each facet has an
   * age of its own, and may be too old to be shown.
   */
  readonly keptOn?: KeptPage;
}

/** A page that is kept, as something that can be asked for again for what is too old of its rows. */
export interface KeptPage {
  /** The same as long as it is kept. */
  readonly name: string;
  /** Facets that came with each of its rows. */
  readonly brings: readonly FacetName[];
  /** How many it took. */
  readonly requests: number;
  readonly origin: Origin;
  /** As its layers have it. */
  readonly readAt: number;
  readonly lag: number;
  /** Past all that is kept. What comes is not kept as that page, which may be one of several that fit together. */
  again(session: SourceSession): Promise<ListPage>;
}

/** Where something that is known of an account comes from. */
export interface Provenance {
  readonly origin: Origin;
  /** Older than it should be. */
  readonly stale: boolean;
  /** Seconds by which the source's own cache may have been behind. */
  readonly lag: number;
}

export interface SourceStatus {
  readonly version: string | null;
  /** The source's own word about its health, where it gives one. */
  readonly message: string | null;
  /** What the credential turned out to be allowed, in a sentence. */
  readonly credential: string | null;
}
