import type { Credential } from '../../src/access/credential.ts';
import type { FacetName } from '../../src/domain/facets.ts';
import { SourceError, type SourceErrorCode } from '../../src/errors.ts';
import type { HttpSettings } from '../../src/http/client.ts';
import { connectSource } from '../../src/sources/connecting.ts';
import type { Source, SourceKind, SourceSession } from '../../src/sources/contract.ts';
import { type AccountLoader, createAccountLoader } from '../../src/sources/loading.ts';
import type { Fault, FaultRule } from '../../src/twins/faults.ts';
import type { TwinServer } from '../../src/twins/server.ts';

/** What the contract must know of a kind to hold it to account. */
export interface SourceSetup {
  readonly kind: SourceKind;
  /** With 60 accounts. Every secret of its world holds the canary. */
  start(canary: string): Promise<StartedTwin>;
  /** Well formed, and nobody's. */
  readonly unknownId: string;
  /** Text that can be nobody's id. */
  readonly hostileIds: readonly string[];
  /** Two that one request brings, and that a page of the list brings too. */
  readonly facets: readonly [FacetName, FacetName];
  /** One that the weak key is not shown of others. */
  readonly hiddenFacet: FacetName;
  /** JSON as the upstream frames it, with nothing in it that could be used. */
  readonly otherShape: string;
  /** What a gateway says that has lost the upstream is the same everywhere; these are the upstream's own ways to refuse. */
  readonly refusals: readonly Refusal[];
}

export interface Refusal {
  readonly title: string;
  readonly rule: FaultRule;
  readonly code: SourceErrorCode;
  /** Instead of reading a user: what meets this refusal. */
  readonly ask?: (opened: Opened, twin: StartedTwin) => Promise<unknown>;
}

export interface StartedTwin {
  readonly server: TwinServer;
  /** What a source is configured with. */
  readonly url: string;
  /** Sees everything. */
  readonly serviceKey: string;
  /** An ordinary user's, and the id of another user. */
  readonly weakKey: string;
  readonly others: string;
  /** Of somebody who exists. */
  readonly known: string;
  /** Every id in the world, for what is keyed by ids of users. */
  readonly ids: readonly string[];
}

export interface Opened extends AsyncDisposable {
  readonly source: Source;
  readonly session: SourceSession;
  readonly loader: AccountLoader;
  /** Another operation on the same source, with the same key. */
  again(signal?: AbortSignal): Pick<Opened, 'session' | 'loader'>;
}

export interface OpenOptions {
  /** Undefined: the service's key. Null: none. */
  readonly key?: string | null;
  readonly signal?: AbortSignal;
  readonly http?: Partial<HttpSettings>;
}

/** A source as the configuration would have it, and a session of it. */
export function open(kind: SourceKind, twin: Pick<StartedTwin, 'url' | 'serviceKey'>, options: OpenOptions = {}): Opened {
  const settings = kind.settings.parse({ url: twin.url, apiKey: twin.serviceKey });
  const http = { deadlineMs: 5_000, connectMs: 1_000, maxBytes: 1_000_000, concurrency: 8, ...options.http };
  const { source, service } = connectSource({ id: 'contract', kind, settings, http });
  const credential = credentialOf(options.key, service);
  const again = (signal?: AbortSignal) => {
    const session = source.open({ credential, signal });
    return { session, loader: createAccountLoader(session, source.id) };
  };
  return { source, ...again(options.signal), again, [Symbol.asyncDispose]: () => source.close() };
}

function credentialOf(key: string | null | undefined, service: Credential): Credential {
  if (key === undefined) return service;
  return key === null ? { class: 'none' } : { class: 'caller', key, holder: 'a test' };
}

export const reply = (status: number, type: string, body: string, headers: Record<string, string> = {}): Fault => ({
  kind: 'reply',
  status,
  headers: { 'content-type': type, ...headers },
  body,
});

/** What an ask came to, be it an answer or an error. */
export const outcomeOf = (asked: Promise<unknown>): Promise<unknown> => asked.catch((error: unknown) => error);

/** Everything that a message, an answer or a careless log could show of an outcome; not the cause, which is for redacted eyes. */
export function speakable(outcome: unknown): string {
  const flat = (_key: string, value: unknown): unknown => {
    if (value instanceof Map) return Object.fromEntries(value);
    return value instanceof SourceError ? { ...value, text: String(value), stack: undefined } : value;
  };
  return `${outcome instanceof Error ? String(outcome) : ''} ${JSON.stringify(outcome, flat)}`;
}
