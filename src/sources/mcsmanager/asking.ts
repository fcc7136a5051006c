import type { ZodType } from 'zod';
import { type Credential, keyOf } from '../../access/credential.ts';
import { SourceError, type SourceErrorCode } from '../../errors.ts';
import type { HttpClient } from '../../http/client.ts';
import { parseAnswer } from '../../http/parse.ts';
import type { Asking } from '../contract.ts';
import { classify, type Endpoint, type Verdict } from './classify.ts';
import { envelopeOf } from './wire.ts';

/** Asks the panel once. Rejects with what went wrong, except for a "no" whose meaning takes knowing more than this answer. */
export type Ask = <Data>(question: Question, shape: ZodType<Data>) => Promise<Told<Data> | Thrown | Refused>;

export interface Question {
  readonly endpoint: Endpoint;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Of a write. The panel takes nothing that is not sent as JSON, and does not say so. */
  readonly json?: unknown;
  readonly key?: string | undefined;
  /** Not answered by what was asked before. */
  readonly anew?: boolean;
}

export interface Told<Data> {
  readonly kind: 'told';
  readonly data: Data;
  /** The panel's release. */
  readonly version: string | null;
}

export interface Thrown {
  readonly kind: 'thrown';
  /** How long the panel took to say so, in milliseconds. */
  readonly elapsed: number;
}

export interface Refused {
  readonly kind: 'refused';
}

export function createAsk(source: string, http: HttpClient, { credential, signal, until, maxAgeMs, lane }: Asking): Ask {
  return async ({ endpoint, query = {}, json, key, anew = false }, shape) => {
    const headers = key === undefined ? {} : { 'x-request-api-key': key };
    const answer = await http.send({
      method: methods[endpoint] ?? 'GET',
      path: paths[endpoint],
      query,
      headers,
      json,
      signal,
      until,
      maxAgeMs: anew ? 0 : maxAgeMs,
      route: endpoint,
      credential: credentialWith(key, credential),
      asker: credential,
      lane,
      judge: (judged) => faultOf(classify(endpoint, judged)),
    });
    const verdict = classify(endpoint, answer);
    switch (verdict.kind) {
      case 'answer': {
        const { data } = parseAnswer(answer, envelopeOf(shape), source);
        return { kind: 'told', data, version: readVersion(answer.header('x-version')) };
      }
      case 'thrown':
        return { kind: 'thrown', elapsed: answer.elapsed };
      case 'refused':
        return { kind: 'refused' };
      case 'fault':
        throw new SourceError(verdict.code, source, verdict.details);
    }
  };
}

/** Whose the key is. One that is not the session's was just made for somebody, and is tried. */
function credentialWith(key: string | undefined, credential: Credential): Credential {
  if (key === undefined) return { class: 'none' };
  return key === keyOf(credential) ? credential : { class: 'caller', key, holder: 'a key on trial' };
}

const faultOf = (verdict: Verdict): SourceErrorCode | null => (verdict.kind === 'fault' ? verdict.code : null);

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
