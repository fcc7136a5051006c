import type { TwinRequest } from '../server.ts';
import type { FieldChecks } from './field-checks.ts';
import type { Outcome } from './outcome.ts';
import type { Panel } from './panel.ts';
import type { Query } from './request-parts.ts';
import type { SessionData } from './sessions.ts';

/** One request on its way through the panel. */
export interface Call {
  readonly panel: Panel;
  readonly request: TwinRequest;
  readonly query: Query;
  readonly body: unknown;
  /** Changed in place; what is left at the end goes back as cookies. */
  readonly session: SessionData;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base path, in lower case, without a trailing slash. */
  readonly path: string;
  /** The permission it takes at least; null: open to everybody. */
  readonly level: number | null;
  /** Without a key: wants X-Requested-With and the session's token. */
  readonly token: boolean;
  /** Counts towards the requests of a session. */
  readonly limited: boolean;
  readonly checks?: { readonly query?: FieldChecks; readonly body?: FieldChecks };
  /** What an exception in the handler becomes. */
  readonly failsWith: 400 | 500;
  readonly answer: (call: Call) => Outcome | Promise<Outcome>;
}
