import type { Credential } from '../access/credential.ts';
import type { SourceErrorCode } from '../errors.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the configured address, beginning with a slash, already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Whose key the headers carry. The answer may be shared with those who ask with the same, and failures count against it. */
  readonly credential: Credential;
  /** For whom it is asked, where that is somebody else: a key that would change nothing is not sent. For fairness and figures. */
  readonly asker?: Credential | undefined;
  /**
   * In whose line it waits, which is who asks us: many ask with the service's key. Absent: by the asker's credential. Nothing else may hang
   * on it, neither which requests are shared nor what is sent.
   */
  readonly lane?: string | undefined;
  /** What is asked, in a word of which a kind has few: no ids. Quotas and figures go by it. */
  readonly route: string;
  /** Whether it changes nothing, so that it may be sent twice or shared. Absent: a GET does not. */
  readonly read?: boolean;
  /** What is wrong with the answer, by the kind's own reading; null for one that is as it should be. Absent: by its status. */
  readonly judge?: (answer: HttpAnswer) => SourceErrorCode | null;
  /** Joins nothing that was sent so long ago; 0: nothing at all. Absent: whatever is under way. */
  readonly maxAgeMs?: number | undefined;
  /** Told when it goes out on a connection; never of what was held back before, or found none. */
  readonly onSent?: (() => void) | undefined;
  /** When the operation ends that asks, by `performance.now()`: nothing is waited for beyond it. */
  readonly until?: number | undefined;
}

/** Any answer at all, whatever its status. Its body has been read and is not yet parsed. Several may hold the same one. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower case, without parameters; empty when there was none. */
  readonly contentType: string;
  readonly body: string;
  /** In bytes, as it came. */
  readonly bytes: number;
  /** Milliseconds from sending to the last byte; no waiting on our side is in it. */
  readonly elapsed: number;
  /** When it was sent, by `performance.now()`: whoever joined a request under way began to ask later than that. */
  readonly sentAt: number;
  /** The server's clock, to the second; ours when it sent none. */
  readonly date: Date;
  /** By its name in lower case. */
  header(name: string): string | undefined;
}

export const isRead = ({ method, read }: HttpRequest): boolean => read ?? (method === undefined || method === 'GET');
