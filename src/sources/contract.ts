import type { ZodType } from 'zod';
import type { SourceAges } from '../cache/ages.ts';
import type { FacetName, Role } from '../domain/facets.ts';
import type { HttpClient, HttpSettings, Traffic } from '../http/client.ts';
import type { QuotaSettings, RouteLimits } from '../steady/limits.ts';
import type { SourceCalls } from './calls.ts';
import type { Asking, SourceSession } from './session-contract.ts';

export type * from './session-contract.ts';

/** A sort of upstream. `registry.ts` holds one line for each. */
export interface SourceKind<Settings = unknown> {
  /** As in the graph: `AI_HORDE`. */
  readonly kind: string;
  /** For people: `AI Horde`. */
  readonly title: string;
  /** The id of the one source that environment variables can configure, and the prefix of those variables. */
  readonly environment: { readonly id: string; readonly prefix: string };
  /** What the configuration says of one source of this kind, beyond `id`, `kind` and `http`. Holds at least an address. */
  readonly settings: ZodType<Settings>;
  /** The one spelling under which the native id is asked for, or null when no user can have this id. */
  canonicalId(text: string): string | null;
  /** The settings' address, and the headers sent with every request. */
  address(settings: Settings): { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  /** For how long its answers are good, by what the upstream itself does. Absent: a few seconds. */
  readonly ages?: SourceAges;
  /** The key of the configuration, if there is one. */
  serviceKey(settings: Settings): string | undefined;
  /** What every upstream of this kind allows, by the routes that its requests name. Absent: as much as one likes. */
  readonly limits?: RouteLimits;
  connect(id: string, settings: Settings, http: HttpClient): Source;
}

/** Only a place for inference: the settings' type of a kind is known inside its own folder. */
export function defineSource<Settings>(kind: SourceKind<Settings>): SourceKind<Settings> {
  return kind;
}

/** A source as the configuration has it, checked and not yet connected. */
export interface ConfiguredSource {
  readonly id: string;
  readonly kind: SourceKind;
  /** As `kind.settings` parsed them. */
  readonly settings: unknown;
  /** The kind's, with what the configuration says instead; absent: the kind's. */
  readonly ages?: SourceAges;
  readonly http: Omit<HttpSettings, 'url' | 'headers'> & { readonly maxSweepBytes?: number };
  /** Absent: nothing is counted. */
  readonly quota?: QuotaSettings;
}

/** One configured upstream. It lives as long as the process and remembers nothing about any user. */
export interface Source {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** Every facet that some read or derivation of this kind brings, whatever the credential. */
  readonly facets: ReadonlySet<FacetName>;
  /** Those of them that the source shows without any key. */
  readonly shownToAnybody: ReadonlySet<FacetName>;
  readonly capabilities: Capabilities;
  /** Absent: what is usual. */
  readonly calls?: SourceCalls;
  /** How asking it goes. Whoever connects it adds this; absent where nothing is asked over HTTP. */
  readonly traffic?: Traffic;
  /** The one spelling under which the native id is asked for, or null when no user can have this id. Asks nothing. */
  canonicalId(text: string): string | null;
  open(asking: Asking): SourceSession;
  close(): Promise<void>;
}

/** What can be asked of the kind beyond a user by id. A sentence says how to do without what is missing. */
export interface Capabilities {
  /** Words of the graph's orders where they mean the same (`CREATED`, `NAME`, `KUDOS` …), the default first. */
  readonly orders: readonly string[];
  readonly search: 'CONTAINS' | 'EXACT';
  /** The word by which the list is narrowed to a role; empty where it cannot be. */
  readonly roleWords: Readonly<Partial<Record<Role, string>>>;
  readonly totalCount: boolean;
  /** In a page, the list's order may change, repeat or leave out accounts; this says when. */
  readonly paging: string;
  /** Sentences for people, one for each thing this kind cannot do. */
  readonly limits: readonly string[];
}
