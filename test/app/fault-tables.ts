import type { SourceErrorCode } from '../../src/errors.ts';
import type { Fault } from '../../src/twins/faults.ts';
import { marker, reply } from './leaks.ts';
import type { Twins } from './rollcall.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };
const json = { 'content-type': 'application/json' };
export const text = { 'content-type': 'text/plain; charset=utf-8' };

/** What may happen to any request, whatever the source. */
export const commonFaults: readonly (readonly [string, Fault, SourceErrorCode])[] = [
  ['no answer in time', { kind: 'hang' }, 'SOURCE_TIMEOUT'],
  ['a connection that is closed', { kind: 'reset' }, 'SOURCE_UNREACHABLE'],
  ['a body cut short', { kind: 'cut', share: 0.5 }, 'SOURCE_UNREACHABLE'],
  ['more than an answer may hold', { kind: 'flood', bytes: 300_000 }, 'SOURCE_MALFORMED'],
  ['a page where JSON should be', reply(200, html, `<html>${marker}</html>`), 'SOURCE_MALFORMED'],
  ['a redirect to somewhere else', reply(302, { ...html, location: `http://127.0.0.1:9/${marker}` }, ''), 'SOURCE_MALFORMED'],
  ['JSON that breaks off', reply(200, json, `{"${marker}": [`), 'SOURCE_MALFORMED'],
  ['JSON of another shape', reply(200, json, `"${marker}"`), 'SOURCE_MALFORMED'],
  ['an empty body', reply(200, json, ''), 'SOURCE_MALFORMED'],
  ['a proxy’s 502', reply(502, html, `<html>${marker}</html>`), 'SOURCE_FAILED'],
  ['a proxy’s 503', reply(503, { ...html, 'retry-after': '7' }, `<html>${marker}</html>`), 'SOURCE_FAILED'],
  ['a proxy’s 429', reply(429, { ...html, 'retry-after': '7' }, `<html>${marker}</html>`), 'SOURCE_RATE_LIMITED'],
];

const horde = (status: number, rc: string): Fault => reply(status, json, JSON.stringify({ message: marker, rc }));
/** In the panel's envelope. */
export const panel = (status: number, type = json): Fault =>
  reply(status, type, JSON.stringify({ status, data: marker, time: 1 }));
const webui = (status: number, detail: string): Fault => reply(status, json, JSON.stringify({ detail }));

export const ownFaults: Readonly<Record<keyof Twins, readonly (readonly [string, Fault, SourceErrorCode])[]>> = {
  horde: [
    ['a key that it does not know', horde(401, 'InvalidAPIKey'), 'SOURCE_UNAUTHORIZED'],
    ['a key that is too weak', horde(403, 'NotModerator'), 'SOURCE_FORBIDDEN'],
    ['an address that it lacks', reply(404, json, JSON.stringify({ message: marker })), 'SOURCE_MALFORMED'],
    [
      'its own 429',
      reply(429, { ...json, 'retry-after': '7' }, JSON.stringify({ message: marker, rc: 'TooManyRequests' })),
      'SOURCE_RATE_LIMITED',
    ],
    ['its own 500', horde(500, 'Unknown'), 'SOURCE_FAILED'],
  ],
  mcsManager: [
    ['a key that it does not know', panel(403, text), 'SOURCE_UNAUTHORIZED'],
    ['a proxy’s 401', reply(401, html, marker), 'SOURCE_UNAUTHORIZED'],
    ['an exception that is no “unknown user”', panel(500), 'SOURCE_FAILED'],
    ['a 500 in plain text', panel(500, text), 'SOURCE_FAILED'],
    ['a route that it lacks', panel(404, text), 'SOURCE_UNSUPPORTED'],
  ],
  openWebUI: [
    ['a key that it does not know', webui(401, marker), 'SOURCE_UNAUTHORIZED'],
    [
      'a role that may not, dressed as 401',
      webui(401, 'You do not have permission to access this resource. Please contact your administrator for assistance.'),
      'SOURCE_FORBIDDEN',
    ],
    ['keys switched off, dressed as 403', webui(403, 'Use of API key is not enabled in the environment.'), 'SOURCE_UNAUTHORIZED'],
    ['a path that keys may not ask', webui(403, marker), 'SOURCE_FORBIDDEN'],
    ['its own 429', reply(429, { ...json, 'retry-after': '7' }, JSON.stringify({ detail: marker })), 'SOURCE_RATE_LIMITED'],
    ['its own 500', reply(500, text, 'Internal Server Error'), 'SOURCE_FAILED'],
  ],
};
