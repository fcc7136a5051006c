import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Caller } from '../access/caller.ts';
import type { Access, Recognition } from '../access/recognising.ts';
import { createNotes } from '../edge/notes.ts';
import type { RequestHeaders } from '../edge/request-headers.ts';
import type { Redaction } from '../redaction.ts';

/** As much of a request as tells who sent it. */
export type Asking = Pick<Request, 'method' | 'url'> & { readonly headers: RequestHeaders };

/** Who sent each request that is under way. */
export interface Callers {
  readonly plugin: Plugin;
  /** Looks who sends a request. What they bring is kept out of the log until `release`. */
  recognise(request: Asking): Recognition | Promise<Recognition>;
  release(request: Asking): void;
  /** Leaves a request to the plugin, which finds there what was found out about who sends it: to look again may take seconds. */
  handOver(request: Asking, incoming: IncomingMessage, recognition: Recognition): void;
  /** Throws for a request that nobody was recognised for: it must not be answered by mistake. */
  of(request: Asking): Caller;
}

/** Recognises callers before anything of a request is read but its headers. Who is not recognised is sent away. */
export function useCaller(access: Access, redaction: Redaction, log: Logger): Callers {
  const recognised = createNotes<Caller>('caller');
  const releases = createNotes<() => void>('release');
  const handedOver = createNotes<Recognition>('recognition');

  function recognise(request: Asking, known?: Recognition): Recognition | Promise<Recognition> {
    releases.note(request, redaction.hold(access.secretsIn(request.headers)));
    const note = (recognition: Recognition): Recognition => {
      if (recognition.is === 'recognised') recognised.note(request, recognition.caller);
      return recognition;
    };
    const recognition = known ?? access.recognise(request.headers);
    return recognition instanceof Promise ? recognition.then(note) : note(recognition);
  }
  const release = (request: Asking): void => releases.take(request)?.();

  return {
    plugin: {
      onRequest: async ({ request, serverContext, endResponse, fetchAPI: { Response } }) => {
        // Yoga was given it by Node; what was asked by `fetch` has none.
        const { req } = serverContext as { readonly req?: IncomingMessage };
        const recognition = await recognise(request, req && handedOver.take(req));
        switch (recognition.is) {
          case 'recognised':
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
      onResponse: ({ request }) => release(request),
    },
    recognise: (request) => recognise(request),
    release,
    handOver: (request, incoming, recognition) => {
      handedOver.note(incoming, recognition);
      release(request);
    },
    of: (request) => {
      const caller = recognised.of(request);
      if (caller === undefined) throw new Error('nobody was recognised for this request');
      return caller;
    },
  };
}

const failure = (message: string, code: string): object => ({ errors: [{ message, extensions: { code } }] });

const notSignedIn = failure('Not signed in: the key or token is not accepted.', 'UNAUTHENTICATED');

const cannotTell = failure('Tokens cannot be checked for now; ask again later.', 'UNAVAILABLE');
