import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isSigned, signatureHeader } from '../edge/router-signature.ts';
import type { SignatureSettings } from '../edge/subgraph-settings.ts';

/** Takes operations only from a router that signs what it sends. The body is checked as it came, before anything reads it. */
export function useRouterSignature(settings: SignatureSettings): Plugin {
  return {
    onRequestParse: ({ requestParser, setRequestParser, fetchAPI }) => {
      if (requestParser === undefined) return;
      setRequestParser(async (request) => {
        // Only a body can be signed, so nothing is taken by GET.
        const body = request.method === 'POST' ? await request.text() : '';
        if (body === '' || !isSigned(body, request.headers.get(signatureHeader), settings)) throw notSigned();
        const { url, method, headers } = request;
        return requestParser(new fetchAPI.Request(url, { method, headers, body }));
      });
    },
  };
}

const notSigned = (): GraphQLError =>
  new GraphQLError(`This is for a router that signs its requests in ${signatureHeader}.`, {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });
