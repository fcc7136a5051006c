import { describe, expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { securityHeaders } from '../../src/edge/security-headers.ts';
import { type Heard, openTwoDoors, type TwoDoors } from '../direct/two-doors.ts';

type Headers = Readonly<Record<string, string>>;

const [members, other, elsewhere, sandboxed] = [
  'https://members.example',
  'https://other.example',
  'https://evil.example',
  'null',
];

interface Asked {
  readonly status: number;
  readonly request: (headers: Headers) => string;
}

const viewer = JSON.stringify({ query: '{ viewer { kind } }' });

function written(line: string, headers: Headers, body = ''): string {
  const all = { host: '127.0.0.1', connection: 'close', accept: 'application/json', ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${head.join('')}\r\n${body}`;
}

const post = (headers: Headers, body = viewer): string =>
  written(
    'POST /graphql',
    { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers },
    body,
  );

const large = JSON.stringify({ query: `{ viewer { kind } } #${' '.repeat(300)}` });

const inChunks = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

const get = '/graphql?query={viewer{kind}}';

/** In this order: the fourth operation is one too many. */
const asked: Readonly<Record<string, Asked>> = {
  preflight: {
    status: 204,
    request: (headers) =>
      written('OPTIONS /graphql', {
        ...headers,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      }),
  },
  POST: { status: 200, request: (headers) => post(headers) },
  GET: { status: 200, request: (headers) => written(`GET ${get}`, { 'apollo-require-preflight': 'true', ...headers }) },
  'a key that nobody has': { status: 401, request: (headers) => post({ ...headers, 'x-rollcall-key': 'invented' }) },
  'a form': { status: 415, request: (headers) => post({ ...headers, 'content-type': 'text/plain' }) },
  'a large body, announced': { status: 413, request: (headers) => post(headers, large) },
  'a large body in chunks': {
    status: 413,
    request: (headers) =>
      written(
        'POST /graphql',
        { ...headers, 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        inChunks(large),
      ),
  },
  'another name': { status: 421, request: (headers) => post({ ...headers, host: 'evil.example' }) },
  'too great an expectation': { status: 417, request: (headers) => post({ ...headers, expect: 'miracles' }) },
  'too much': { status: 429, request: (headers) => post(headers) },
  'whether it is ready': { status: 503, request: (headers) => written('GET /readyz', headers) },
};

const open = async (corsOrigins: readonly string[]): Promise<TwoDoors> => {
  const doors = await openTwoDoors({
    access: { anonymous: ['read'], keys: [{ name: 'bot', hash: createKey().hash, scopes: ['read'] }] },
    edge: { corsOrigins, maxBodyBytes: 300, rateLimit: { points: 2, burst: 0, addressHeader: 'x-from' } },
  });
  for (const { app } of [doors.direct, doors.yoga]) app.stopping();
  return doors;
};

const valuesOf = ({ headers }: Heard, wanted: (name: string) => boolean): Headers =>
  Object.fromEntries(
    headers
      .map((line) => line.split(': ', 2) as [string, string])
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => wanted(name)),
  );

const aboutPages = (heard: Heard): Headers => valuesOf(heard, (name) => name.startsWith('access-control-') || name === 'vary');

const preflighted = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type' };

describe.each([{ configured: [] }, { configured: [members] }, { configured: [members, other] }])(
  'where pages of $configured may ask',
  ({ configured }) => {
    test.for([members, elsewhere, sandboxed])('one of %s reads what it may, at both doors', async (origin) => {
      await using doors = await open(configured);

      for (const [name, { status, request }] of Object.entries(asked)) {
        for (const [at, door] of [
          ['direct', doors.direct],
          ['yoga', doors.yoga],
        ] as const) {
          const heard = await door.write(request({ origin, 'x-from': at }));
          const told = { [`${name}, ${at}`]: aboutPages(heard) };

          if (configured.length > 0 || name !== 'preflight') expect(heard.status).toContain(`HTTP/1.1 ${status}`);
          expect(valuesOf(heard, (header) => header in securityHeaders)).toEqual(securityHeaders);
          if (configured.length === 0) expect(told).toEqual({ [`${name}, ${at}`]: {} });
          else if (configured.includes(origin)) {
            expect(told).toEqual({
              [`${name}, ${at}`]: {
                'access-control-allow-origin': origin,
                'access-control-expose-headers': 'ratelimit, ratelimit-policy, retry-after',
                vary: name === 'preflight' ? 'Origin, Access-Control-Request-Headers' : expect.stringMatching(/\borigin\b/i),
                ...(name === 'preflight' ? preflighted : {}),
              },
            });
          } else expect(told).toEqual({ [`${name}, ${at}`]: { vary: expect.stringMatching(/\borigin\b/i) } });
        }
      }
    });
  },
);
