import { type Dispatcher, errors, Pool } from 'undici';
import { createDeadlines } from '../deadlines.ts';
import { endOfTurn } from '../end-of-turn.ts';
import { SourceError } from '../errors.ts';
import { type AnswerHeaders, toAnswer } from './answer.ts';
import type { HttpAnswer } from './exchange.ts';
import type { Message } from './message.ts';

export interface LineSettings {
  readonly connections: number;
  readonly connectMs: number;
  /** From sending to the first byte of the answer; 0 for no such limit. */
  readonly headersMs: number;
  readonly maxBytes: number;
}

/** The connections to one source. It keeps no cookies, follows no redirect, sends nothing twice, and has no deadline of its own. */
export interface Line {
  /** `done` is called once, `onSent` when it goes out on a connection. The function that comes back ends it early, down to the socket; `done` is called then too. */
  send(message: Message, done: (outcome: Outcome) => void, onSent?: () => void): (reason: Error) => void;
  close(): Promise<void>;
}

export type Outcome =
  | { readonly is: 'answer'; readonly answer: HttpAnswer }
  /** No connection came about: nothing was sent. */
  | { readonly is: 'unreached'; readonly error: SourceError }
  /** It was ended before there was a connection: nothing was sent. */
  | { readonly is: 'unsent'; readonly error: SourceError }
  /** It was sent, and no whole answer came. `isSilent`: nor the beginning of one. */
  | { readonly is: 'broken'; readonly isSilent: boolean; readonly error: SourceError }
  /** More than may be taken came. */
  | { readonly is: 'too large'; readonly error: SourceError };

/** Undici's `dispatch` is used and not its `request`: the body comes in pieces without a stream, and no signal is made for each. */
export function openLine(source: string, origin: string, settings: LineSettings): Line {
  const pool = new Pool(origin, {
    connections: settings.connections,
    pipelining: 1,
    connect: { timeout: settings.connectMs },
    // Its clock is half a second wide, so ours is used.
    headersTimeout: 0,
    // The whole request has one deadline, which is not kept here.
    bodyTimeout: 0,
    // The panel closes idle sockets after 5 s; letting go first avoids writing into a closing one.
    keepAliveTimeout: 4_000,
  });
  const silences = settings.headersMs > 0 ? createDeadlines(settings.headersMs) : undefined;

  return {
    send: (message, done, onSent) => {
      const sentAt = performance.now();
      const chunks: Buffer[] = [];
      let size = 0;
      let status = 0;
      let headers: AnswerHeaders = {};
      let controller: Dispatcher.DispatchController | undefined;
      let isSent = false;
      let ended: Error | undefined;
      let isDone = false;
      let wasHeard: (() => void) | undefined;

      const finish = (outcome: Outcome): void => {
        if (isDone) return;
        isDone = true;
        wasHeard?.();
        void endOfTurn().then(() => done(outcome));
      };

      pool.dispatch(message, {
        onRequestStart: (given) => {
          controller = given;
          isSent = ended === undefined;
          if (ended !== undefined) return void given.abort(ended);
          onSent?.();
          wasHeard = silences?.begin(() => given.abort(silence));
        },
        onResponseStart: (_controller, code, given) => {
          status = code;
          headers = given;
          // An interim answer is none.
          if (status >= 200) wasHeard?.();
        },
        onResponseData: (given, chunk) => {
          size += chunk.length;
          if (size <= settings.maxBytes) return void chunks.push(chunk);
          const error = new SourceError('SOURCE_MALFORMED', source, { hint: 'The answer was larger than allowed.' });
          finish({ is: 'too large', error });
          given.abort(error);
        },
        onResponseEnd: () => {
          if (status < 200) return;
          const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size);
          const elapsed = performance.now() - sentAt;
          finish({
            is: 'answer',
            answer: toAnswer({ status, headers, body: bytes?.toString('utf8') ?? '', bytes: size, elapsed, sentAt }),
          });
        },
        onResponseError: (_controller, cause) => {
          const error = new SourceError(isTimeout(cause) ? 'SOURCE_TIMEOUT' : 'SOURCE_UNREACHABLE', source, { cause });
          if (isSent) finish({ is: 'broken', isSilent: status < 200, error });
          else finish({ is: controller === undefined ? 'unreached' : 'unsent', error });
        },
      });
      return (reason) => {
        ended = reason;
        controller?.abort(reason);
      };
    },
    close: () => pool.destroy(),
  };
}

const silence = new Error('the time for the first byte of the answer is up');

const isTimeout = (error: Error): boolean => error === silence || error instanceof errors.ConnectTimeoutError;
