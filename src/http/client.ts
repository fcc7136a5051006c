import { errors, Pool } from 'undici';
import { SourceError } from '../errors.ts';

/** How one source is reached. All times in milliseconds. */
export interface HttpSettings {
  /** The configured address, path included; requests add to it. */
  readonly url: string;
  /** From asking to the last byte. */
  readonly deadlineMs: number;
  readonly connectMs: number;
  /** An answer's largest body, in bytes. */
  readonly maxBytes: number;
  /** Requests under way at once; more wait. */
  readonly concurrency: number;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the configured address, beginning with a slash, already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Any answer at all, whatever its status. Its body has been read and is not yet parsed. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower case, without parameters; empty when there was none. */
  readonly contentType: string;
  readonly body: string;
  /** The server's clock, to the second; ours when it sent none. */
  readonly date: Date;
  header(name: string): string | undefined;
}

export interface HttpClient {
  /** Rejects with a `SourceError` when no whole answer came, with the abort reason when the caller's signal ended it. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** One pool for one source. It keeps no cookies, follows no redirect, and takes no more than was agreed. */
export function createHttpClient(source: string, settings: HttpSettings): HttpClient {
  const base = new URL(settings.url);
  const prefix = base.pathname.replace(/\/+$/, '');
  const pool = new Pool(base.origin, {
    connections: settings.concurrency,
    pipelining: 1,
    connect: { timeout: settings.connectMs },
    headersTimeout: settings.deadlineMs,
    bodyTimeout: settings.deadlineMs,
    // The panel closes idle sockets after 5 s; letting go first avoids writing into a closing one.
    keepAliveTimeout: 4_000,
  });

  return {
    send: async (request) => {
      const deadline = AbortSignal.timeout(settings.deadlineMs);
      const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
      try {
        const answer = await pool.request({
          method: request.method ?? 'GET',
          path: `${prefix}${request.path}${formatQuery(request.query)}`,
          headers: {
            accept: 'application/json',
            ...settings.headers,
            ...request.headers,
            ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: request.json === undefined ? null : JSON.stringify(request.json),
          signal,
        });
        const body = await readBounded(answer.body, settings.maxBytes, source);
        return {
          status: answer.statusCode,
          contentType: mediaType(first(answer.headers['content-type'])),
          body,
          date: parseDateHeader(first(answer.headers.date)),
          header: (name) => first(answer.headers[name.toLowerCase()]),
        };
      } catch (error) {
        throw explain(error, source, deadline, request.signal);
      }
    },
    close: () => pool.destroy(),
  };
}

async function readBounded(body: AsyncIterable<Buffer>, maxBytes: number, source: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the stream, and with it the connection.
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new SourceError('SOURCE_MALFORMED', source, { hint: 'The answer was larger than allowed.' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

function explain(error: unknown, source: string, deadline: AbortSignal, caller: AbortSignal | undefined): unknown {
  if (error instanceof SourceError) return error;
  // The operation's own deadline is a timeout like any other to the source it caught waiting.
  const outOfTime = caller?.reason instanceof DOMException && caller.reason.name === 'TimeoutError';
  if (caller?.aborted && !outOfTime) return caller.reason;
  const timedOut =
    outOfTime ||
    deadline.aborted ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError;
  return new SourceError(timedOut ? 'SOURCE_TIMEOUT' : 'SOURCE_UNREACHABLE', source, { cause: error });
}

function formatQuery(query: HttpRequest['query']): string {
  const parts = Object.entries(query ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(String(value).toWellFormed())}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

const mediaType = (header: string | undefined): string => (header ?? '').split(';', 1).join('').trim().toLowerCase();

function parseDateHeader(header: string | undefined): Date {
  const date = new Date(header ?? '');
  return Number.isNaN(date.getTime()) ? new Date() : date;
}
