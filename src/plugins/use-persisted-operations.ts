import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { z } from 'zod';
import { hashIn, hashOf, type Manifest } from '../edge/manifest.ts';
import { createRegisteredOperations } from '../edge/registered-operations.ts';

interface Settings {
  /** Refuse what is not in the manifest. */
  readonly only: boolean;
  /** Keep what clients register. */
  readonly automatic: boolean;
}

/** Apollo's protocol: the hash first, and with the text once when the server does not know it. */
const PersistedQuery = z.object({
  version: z.literal(1),
  sha256Hash: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/),
});

export interface PersistedOperations {
  readonly plugin: Plugin;
  /** What is to be executed. Throws a `GraphQLError` for what is not known or not allowed. */
  resolve(params: GraphQLParams, request: Pick<Request, 'method' | 'url'>): GraphQLParams;
}

/**
 * Lets clients name operations instead of sending them: by `documentId`, or by hash as Apollo Client does. With `only`, nothing else
 * than what the manifest holds is answered.
 */
export function usePersistedOperations(manifest: Manifest | null, { only, automatic }: Settings): PersistedOperations {
  const registered = createRegisteredOperations();
  const offered = new WeakMap<object, { readonly hash: string; readonly text: string }>();
  const keeps = automatic && !only;

  function textFor({ documentId, hash }: Named): string {
    const wanted = hash ?? hashIn(documentId ?? '');
    const listed = documentId === undefined ? manifest?.findByHash(hash ?? '') : manifest?.find(documentId);
    const text = listed ?? (keeps && wanted !== null ? registered.get(wanted) : undefined);
    if (text !== undefined) return text;
    if (only) throw persistedOnly();
    throw documentId === undefined ? (keeps || manifest !== null ? notFound() : notSupported()) : unknownDocument();
  }

  function resolve(params: GraphQLParams, request: Pick<Request, 'method' | 'url'>): GraphQLParams {
    const named = namedIn(params, request);
    const { documentId: _named, ...others } = params as GraphQLParams & { documentId?: unknown };
    const text = params.query;
    if (typeof text !== 'string' || text === '') return named === null ? others : { ...others, query: textFor(named) };
    if (named === null && !only) return others;
    if (named?.documentId !== undefined) throw badRequest('Send either a query or a documentId.');
    const hash = hashOf(text);
    if (named?.hash !== undefined && named.hash !== hash) throw badRequest('The sha256Hash is not that of the query.');
    if (only && manifest?.findByHash(hash) === undefined) throw persistedOnly();
    if (named?.hash !== undefined && keeps) offered.set(request, { hash, text });
    return others;
  }

  return {
    plugin: {
      onParams: ({ params, setParams, request }) => setParams(resolve(params, request)),
      // Only what is valid comes here, so nothing else takes up room.
      onExecute: ({ context: { request } }) => {
        const offer = offered.get(request);
        if (offer !== undefined) registered.put(offer.hash, offer.text);
      },
    },
    resolve,
  };
}

/** What a client calls an operation. */
type Named =
  | { readonly documentId: string; readonly hash?: undefined }
  | { readonly documentId?: undefined; readonly hash: string };

function namedIn(params: GraphQLParams, request: Pick<Request, 'method' | 'url'>): Named | null {
  const inBody = 'documentId' in params ? params.documentId : undefined;
  const documentId = inBody ?? (request.method === 'GET' ? new URL(request.url).searchParams.get('documentId') : null);
  if (documentId !== null) {
    if (typeof documentId !== 'string') throw badRequest('The documentId is no text.');
    return { documentId };
  }
  const offered: unknown = params.extensions?.persistedQuery;
  if (offered === undefined || offered === null) return null;
  const parsed = PersistedQuery.safeParse(offered);
  if (!parsed.success) throw badRequest('extensions.persistedQuery needs version 1 and a sha256Hash of 64 hexadecimal digits.');
  return { hash: parsed.data.sha256Hash };
}

const refusal = (message: string, code: string, status: number): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { spec: true, status } } });

const badRequest = (message: string): GraphQLError => refusal(message, 'BAD_REQUEST', 400);

// Clients of the protocol know these two by their words.
const notFound = (): GraphQLError => refusal('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND', 404);
const notSupported = (): GraphQLError => refusal('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED', 404);

const unknownDocument = (): GraphQLError => refusal('No operation has this documentId.', 'PERSISTED_DOCUMENT_NOT_FOUND', 404);

const persistedOnly = (): GraphQLError =>
  refusal(
    'Only operations of this server’s manifest are answered. Name one by its documentId, or by the sha256 of its text.',
    'PERSISTED_ONLY',
    403,
  );
