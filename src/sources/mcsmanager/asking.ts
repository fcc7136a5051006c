import type { ZodType } from 'zod';
import { SourceError } from '../../errors.ts';
import type { HttpClient } from '../../http/client.ts';
import { parseAnswer } from '../../http/parse.ts';
import { classify, type Endpoint } from './classify.ts';
import { envelopeOf } from './wire.ts';

/** Asks the panel once. Rejects with what went wrong, except for a "no" whose meaning takes knowing more than this answer. */
export type Ask = <Data>(question: Question, shape: ZodType<Data>) => Promise<Told<Data> | Thrown | Refused>;

export interface Question {
  readonly endpoint: Endpoint;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Of a write. The panel takes nothing that is not sent as JSON, and does not say so. */
  readonly json?: unknown;
  readonly key?: string | undefined;
}

export interface Told<Data> {
  readonly kind: 'told';
  readonly data: Data;
  /** The panel's clock. */
  readonly date: Date;
  /** The panel's release. */
  readonly version: string | null;
}

export interface Thrown {
  readonly kind: 'thrown';
  /** How long the panel took to say so, in milliseconds, the wait for a free connection included. */
  readonly elapsed: number;
}

export interface Refused {
  readonly kind: 'refused';
}

export function createAsk(source: string, http: HttpClient, signal: AbortSignal | undefined): Ask {
  return async ({ endpoint, query = {}, json, key }, shape) => {
    const started = performance.now();
    const headers = key === undefined ? {} : { 'x-request-api-key': key };
    const answer = await http.send({ method: methods[endpoint] ?? 'GET', path: paths[endpoint], query, headers, json, signal });
    const verdict = classify(endpoint, answer);
    switch (verdict.kind) {
      case 'answer': {
        const { data } = parseAnswer(answer, envelopeOf(shape), source);
        return { kind: 'told', data, date: answer.date, version: readVersion(answer.header('x-version')) };
      }
      case 'thrown':
        return { kind: 'thrown', elapsed: performance.now() - started };
      case 'refused':
        return { kind: 'refused' };
      case 'fault':
        throw new SourceError(verdict.code, source, verdict.details);
    }
  };
}

const paths: Readonly<Record<Endpoint, string>> = {
  status: '/auth/status',
  self: '/auth/',
  user: '/auth/',
  overview: '/auth/overview',
  search: '/auth/search',
  instance: '/instance',
  daemonInstances: '/service/remote_service_instances',
  daemons: '/service/remote_services_list',
  create: '/auth',
  edit: '/auth',
  delete: '/auth',
  ownPassword: '/auth/update',
  ownKey: '/auth/api',
};

const methods: Readonly<Partial<Record<Endpoint, 'POST' | 'PUT' | 'DELETE'>>> = {
  create: 'POST',
  edit: 'PUT',
  delete: 'DELETE',
  ownPassword: 'PUT',
  ownKey: 'PUT',
};

const readVersion = (header: string | undefined): string | null =>
  header !== undefined && /^[\w.+-]{1,40}$/.test(header) ? header : null;
