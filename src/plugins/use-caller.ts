import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Caller } from '../access/caller.ts';
import type { Access } from '../access/recognising.ts';
import type { Redaction } from '../redaction.ts';

/** Who sent each request that is under way. */
export interface Callers {
  readonly plugin: Plugin;
  /** Throws for a request that nobody was recognised for: it must not be answered by mistake. */
  of(request: Request): Caller;
}

/** Recognises callers before anything of a request is read but its headers. Who is not recognised is sent away. */
export function useCaller(access: Access, redaction: Redaction, log: Logger): Callers {
  const recognised = new WeakMap<Request, Caller>();
  const releases = new WeakMap<Request, () => void>();
  return {
    plugin: {
      onRequest: async ({ request, endResponse, fetchAPI: { Response } }) => {
        releases.set(request, redaction.hold(access.secretsIn(request.headers)));
        const recognition = await access.recognise(request.headers);
        switch (recognition.is) {
          case 'recognised':
            recognised.set(request, recognition.caller);
            return;
          case 'refused':
            log.info({ reason: recognition.reason }, 'caller refused');
            return endResponse(Response.json(notSignedIn, { status: 401, headers: { 'www-authenticate': 'Bearer' } }));
          case 'unsure':
            return endResponse(Response.json(cannotTell, { status: 503, headers: { 'retry-after': '5' } }));
          case 'faulty':
            return endResponse(Response.json(failure(recognition.fault, 'BAD_USER_INPUT'), { status: 400 }));
        }
      },
      onResponse: ({ request }) => releases.get(request)?.(),
    },
    of: (request) => {
      const caller = recognised.get(request);
      if (caller === undefined) throw new Error('nobody was recognised for this request');
      return caller;
    },
  };
}

const failure = (message: string, code: string): object => ({ errors: [{ message, extensions: { code } }] });

const notSignedIn = failure('Not signed in: the key or token is not accepted.', 'UNAUTHENTICATED');

const cannotTell = failure('Tokens cannot be checked for now; ask again later.', 'UNAVAILABLE');
