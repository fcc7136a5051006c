import { Environment, type FetchFunction, type GraphQLResponse, Network, Observable, RecordSource, Store } from 'relay-runtime';
import { type Part, readParts } from './multipart.ts';

/**
 * A person has the id of their primary account, and Relay’s store knows records by id alone: it would take the two for one. With the
 * type before the id they are two.
 */
const getDataID = ({ id }: { readonly id?: unknown }, typeName: string): unknown =>
  id === undefined || id === null ? id : `${typeName}:${String(id)}`;

export function createEnvironment(uri: string): Environment {
  const fetchOperation: FetchFunction = ({ text }, variables) =>
    Observable.create((sink) => {
      const leaving = new AbortController();
      const headers = { 'content-type': 'application/json', accept: 'multipart/mixed, application/json' };
      const body = JSON.stringify({ query: text, variables });
      const read = async (): Promise<void> => {
        const response = await fetch(uri, { method: 'POST', headers, body, signal: leaving.signal });
        for await (const part of readParts(response)) for (const payload of toPayloads(part)) sink.next(payload);
      };
      read().then(
        () => sink.complete(),
        // Whoever left does not want to hear that they did.
        (error: Error) => leaving.signal.aborted || sink.error(error),
      );
      return () => leaving.abort();
    });
  return new Environment({ network: Network.create(fetchOperation), store: new Store(new RecordSource()), getDataID });
}

function toPayloads({ incremental, ...first }: Part): GraphQLResponse[] {
  // Relay’s words for the same.
  const payloads = incremental === undefined ? [{ data: first.data ?? null, errors: first.errors }] : incremental;
  return payloads as unknown as GraphQLResponse[];
}
