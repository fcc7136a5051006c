import { type Attack, ban, postHead, viewer } from './attack.ts';

type Piece = string | Buffer | number;

/** Numbers among the pieces are milliseconds to wait. */
const raw = (name: string, status: number, code: string | null, ...pieces: readonly Piece[]): Attack => ({
  name,
  status,
  code,
  send: ({ write }) => write(...pieces),
});

/** One request with the body that would be served. */
const post = (name: string, status: number, code: string | null, ...headers: readonly string[]): Attack =>
  raw(name, status, code, Buffer.from(postHead(...headers), 'latin1'), viewer);

const get = (path: string, ...headers: readonly string[]): string =>
  `${[`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

const query = `/graphql?query=${encodeURIComponent('{ viewer { kind } }')}`;
const mutation = `/graphql?query=${encodeURIComponent(ban)}`;
const length = `Content-Length: ${viewer.length}`;

const slowly = (count: number, piece: (index: number) => string): Piece[] =>
  Array.from({ length: count }, (_, index) => [piece(index), 100]).flat();

/** What is wrong with the request before its body, or with how it is sent. */
export const requests: readonly Attack[] = [
  raw('GET without a header that tells', 403, 'BAD_REQUEST', get(query)),
  raw('GET with a simple content type', 403, 'BAD_REQUEST', get(query, 'Content-Type: text/plain')),
  raw('GET of a mutation', 405, 'BAD_REQUEST', get(mutation, 'x-requested-with: x')),
  raw('GET of a mutation from another site', 403, 'BAD_REQUEST', get(mutation, 'Origin: https://elsewhere.example')),
  raw('PUT', 405, 'BAD_REQUEST', postHead(length).replace('POST', 'PUT'), viewer),
  raw('DELETE', 405, 'BAD_REQUEST', postHead('Content-Length: 0').replace('POST', 'DELETE')),
  raw('TRACE', 405, 'BAD_REQUEST', get('/graphql').replace('GET', 'TRACE')),
  raw('a method that nobody knows', 400, null, get('/graphql').replace('GET', 'BREW')),
  raw('CONNECT', 0, null, get('/graphql').replace('GET /graphql', 'CONNECT internal:80')),
  raw('a name that leads here', 421, 'BAD_REQUEST', postHead(length).replace('127.0.0.1', 'elsewhere.example'), viewer),
  raw('another path', 404, 'BAD_REQUEST', get('/admin')),
  raw('an address that climbs', 404, 'BAD_REQUEST', get('/../../etc/passwd')),
  post('two lengths', 400, null, 'Content-Length: 5', length),
  raw('a length and chunks', 400, null, postHead(length, 'Transfer-Encoding: chunked'), `0\r\n\r\n${get('/graphql')}`),
  raw('chunks that are not last', 400, null, postHead('Transfer-Encoding: chunked, identity'), '0\r\n\r\n'),
  post('a length that is no number', 400, null, 'Content-Length: 1e3'),
  raw('a header without end', 431, null, `GET / HTTP/1.1\r\nx-long: ${'x'.repeat(100_000)}\r\n\r\n`),
  post('a key with a line break', 400, null, 'x-source-key-horde: a\r\n x-forged: 1', length),
  post('a key with a bare return', 400, null, 'x-source-key-horde: a\rx-forged: 1', length),
  post('a key with a null', 400, null, 'x-source-key-horde: a\u0000b', length),
  post('a key with a tab', 400, 'BAD_USER_INPUT', 'x-source-key-horde: a\tb', length),
  post('a key beyond ASCII', 400, 'BAD_USER_INPUT', 'x-source-key-horde: a\u00ff', length),
  post('two keys for one source', 200, null, 'x-source-key-horde: a', 'x-source-key-horde: b', length),
  post('a key for a source that is forged', 400, 'BAD_USER_INPUT', 'x-source-key-horde%0d%0a: a', length),
  post('a key of 10 KB', 400, 'BAD_USER_INPUT', `x-source-key-horde: ${'a'.repeat(10_000)}`, length),
  raw(
    '10 MB, announced and sent',
    413,
    'BAD_REQUEST',
    postHead('Content-Length: 10000000'),
    ...Array.from({ length: 160 }, () => 'x'.repeat(62_500)),
  ),
  raw(
    '10 MB in chunks',
    413,
    'BAD_REQUEST',
    postHead('Transfer-Encoding: chunked'),
    ...Array.from({ length: 160 }, () => `10000\r\n${'x'.repeat(65_536)}\r\n`),
    '0\r\n\r\n',
  ),
  raw('10 GB, announced only', 413, 'BAD_REQUEST', postHead('Content-Length: 10000000000'), '{'),
  raw('a body that never comes', 408, null, postHead('Content-Length: 5000'), '{"query":', 3_000),
  raw('a body that trickles', 408, null, postHead('Content-Length: 5000'), ...slowly(30, () => ' ')),
  raw('headers that trickle', 408, null, 'POST /graphql HTTP/1.1\r\n', ...slowly(30, (index) => `x-${index}: 1\r\n`)),
];
