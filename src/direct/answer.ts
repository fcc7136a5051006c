import type { ExecutionResult } from 'graphql';
import { processRegularResult } from 'graphql-yoga';
import { toClientError } from '../graph/client-errors.ts';
import type { MediaType } from './plain-posts.ts';

/** An answer as it is sent, but for the headers that are each caller's own. */
export interface Answer {
  readonly status: number;
  /** Names and values by turns. */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
  /** Of a body that is a text. What is ASCII is written with its headers in one go and as it is. */
  readonly encoding: 'latin1' | 'utf8';
}

type FetchAPI = Parameters<typeof processRegularResult>[1];

/** What has no errors is written here, at once; errors may have a say in status and headers, and that is Yoga's to judge. */
export function toAnswer(result: ExecutionResult, type: MediaType, fetchAPI: FetchAPI): Answer | Promise<Answer> {
  if (result.errors !== undefined || result.extensions !== undefined) return toAnswerOfYoga(result, type, fetchAPI);
  const body = JSON.stringify(result);
  const length = Buffer.byteLength(body);
  return { status: 200, headers: describe(type, length), body, encoding: length === body.length ? 'latin1' : 'utf8' };
}

async function toAnswerOfYoga(result: ExecutionResult, type: MediaType, fetchAPI: FetchAPI): Promise<Answer> {
  const response = processRegularResult(result, fetchAPI, type);
  const body = await response.text();
  return { status: response.status, headers: [...response.headers].flat(), body, encoding: 'utf8' };
}

const encoded = new WeakMap<Answer, Answer>();

/** The same, for an answer that is sent more than once: most texts are encoded each time that they are written. */
export function toBeRepeated(answer: Answer): Answer {
  if (answer.encoding === 'latin1') return answer;
  const known = encoded.get(answer) ?? { ...answer, body: Buffer.from(answer.body) };
  encoded.set(answer, known);
  return known;
}

/** Spelled as Yoga spells them. */
const describe = (type: MediaType, length: number): string[] =>
  ['Content-Type', `${type}; charset=utf-8`].concat('content-length', String(length));

/** Where execution itself failed, and not a field: as Yoga does, each error masked, and none where a client has left. */
export function toResult(thrown: unknown): ExecutionResult {
  if (isAbort(thrown)) return { errors: [] };
  if (typeof thrown === 'object' && thrown !== null && 'errors' in thrown && Array.isArray(thrown.errors)) {
    return { errors: thrown.errors.flatMap((each) => toResult(each).errors ?? []) };
  }
  return { errors: [toClientError(thrown)] };
}

const isAbort = (thrown: unknown): boolean =>
  thrown instanceof DOMException && (thrown.name === 'AbortError' || thrown.name === 'TimeoutError');
