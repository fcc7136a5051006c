import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Attack } from '../edge/attack.ts';
import type { AttackedServer, Reply } from '../edge/attacked-server.ts';
import { bodies } from '../edge/attacks-bodies.ts';
import { documents } from '../edge/attacks-documents.ts';
import { requests } from '../edge/attacks-requests.ts';
import type { Pieces } from './two-doors.ts';

/** Something that is sent to both doors. */
export interface Sample {
  readonly name: string;
  readonly pieces: Pieces;
}

type Headers = Readonly<Record<string, string>>;

const usual: Headers = { host: '127.0.0.1', connection: 'close', accept: 'application/json', 'content-type': 'application/json' };

export function post(body: string | Buffer, headers: Headers = {}, path = '/graphql'): Pieces {
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  return [headOf('POST', path, { ...usual, ...length, ...headers }), body];
}

/** A header that is told as empty is left out. */
function headOf(method: string, path: string, headers: Headers): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}

const sample = (name: string, ...pieces: Pieces): Sample => ({ name, pieces });
const asked = (name: string, body: unknown, headers?: Headers, path?: string): Sample =>
  sample(name, ...post(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body), headers, path));

const read = (name: string): string => readFileSync(new URL(`../operations/${name}.graphql`, import.meta.url), 'utf8');

const user = 'query One($id: ID!) { user(id: $id) { id username kudos records { request { image } } } }';
const viewer = '{ viewer { kind name scopes } }';
const twoNames = 'query a { viewer { kind } } query b { viewer { name } }';

export const operations: readonly Sample[] = [
  ...['horde:101', 'horde:999999', 'nobody', 'nowhere:1', ''].map((id) =>
    asked(`a user ${id}`, { query: user, variables: { id } }),
  ),
  asked('a member', { query: read('member'), variables: { id: 'horde:101' } }),
  asked('three facets', { query: read('three-facets'), variables: { id: 'horde:102' } }),
  asked('a list', {
    query: '{ openWebUIAccounts(first: 3, orderBy: EMAIL) { edges { cursor node { name email } } pageInfo { hasNextPage } } }',
  }),
  asked('several people, one of them unknown', { query: '{ usersById(ids: ["horde:101", "x", "webui:none"]) { id username } }' }),
  asked('who asks', { query: viewer }),
  asked('who asks, as responses are called now', { query: viewer }, { accept: 'application/graphql-response+json' }),
  asked('the schema', { query: '{ __schema { queryType { name } types { name } } }' }),
  asked('a mutation that is tried only', { query: 'mutation { banUser(input: { id: "horde:103", dryRun: true }) { dryRun } }' }),
  asked('a mutation of nobody', { query: 'mutation { banUser(input: { id: "x" }) { dryRun } }' }),
  asked('one of two operations', { query: twoNames, operationName: 'b' }),
  asked('none of two operations', { query: twoNames }),
  asked('an operation of another name', { query: twoNames, operationName: 'c' }),
  asked('an operation without a name, named', { query: viewer, operationName: 'c' }),
  asked('an empty name', { query: viewer, operationName: '' }),
  asked('a name that is a number', { query: viewer, operationName: 1 }),
  asked('a name that is null', { query: viewer, operationName: null }),
  asked('@defer to whom it comes whole', { query: '{ user(id: "horde:101") { id ... @defer { kudos } } }' }),
  asked('a fragment that is not used', { query: `${viewer} fragment F on User { id }` }),
  asked('a subscription', { query: 'subscription { a }' }),
  asked('a document of fragments', { query: 'fragment F on User { id }' }),
  asked('nothing', { query: '' }),
  asked('a comment', { query: '# nothing' }),
  asked('a field that is not there', { query: '{ usr { id } }' }),
  asked(
    'a field that is not there, as responses are called now',
    { query: '{ usr { id } }' },
    { accept: 'application/graphql-response+json' },
  ),
  asked('no document', { query: '{ user(id: ' }),
  asked('a missing variable', { query: user }),
  asked('a variable of a wrong type', { query: user, variables: { id: {} } }),
  asked('a variable too many', { query: user, variables: { id: 'horde:101', other: 1 } }),
  asked('null for variables', { query: viewer, variables: null }),
  asked('a text for variables', { query: viewer, variables: '{}' }),
  asked('extensions of others', { query: viewer, extensions: { client: 'x' } }),
  asked('a list for extensions', { query: viewer, extensions: [] }),
  asked('a parameter too many', { query: viewer, id: 1 }),
  asked('a parameter too many that is null', { query: viewer, id: null }),
  asked('a documentId', { documentId: 'x' }),
  asked('a documentId beside a query', { query: viewer, documentId: 'x' }),
  asked('a documentId that is null', { query: viewer, documentId: null }),
  asked('a hash that nobody knows', { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  asked('a hash of another text', { query: viewer, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  asked('too much', {
    query: `{ usersById(ids: [${'"horde:101",'.repeat(900)}]) { accounts { user { accounts { user { id kudos } } } } } }`,
  }),
  asked('more ids than are taken', {
    query: 'query($ids: [ID!]!) { usersById(ids: $ids) { id } }',
    variables: { ids: Array(1_001).fill('x') },
  }),
];

export const bodySamples: readonly Sample[] = [
  asked('no JSON', '{"query":'),
  asked('nothing', ''),
  asked('a byte order mark', `\uFEFF${JSON.stringify({ query: viewer })}`),
  asked('UTF-16', Buffer.from(JSON.stringify({ query: viewer }), 'utf16le')),
  asked(
    'bytes that are no UTF-8',
    Buffer.concat([Buffer.from('{"query":"{ viewer { kind } } #'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
  ),
  asked('a lone surrogate', '{"query":"query($id: ID!) { user(id: $id) { id } }","variables":{"id":"horde:\\ud800"}}'),
  asked('blanks around it', ` \n${JSON.stringify({ query: viewer })}\n `),
  asked('a key twice', '{"query":"{ usr }","query":"{ viewer { kind } }"}'),
  asked('a batch of one', [{ query: viewer }]),
  asked('an empty batch', []),
  asked('a text', '"{ viewer { kind } }"'),
  asked('a number', '1'),
  asked('true', 'true'),
  asked('a body that is compressed', gzipSync(JSON.stringify({ query: viewer })), { 'content-encoding': 'gzip' }),
  sample(
    'in chunks',
    headOf('POST', '/graphql', { ...usual, 'transfer-encoding': 'chunked' }),
    ...inChunks(JSON.stringify({ query: viewer }), 7),
  ),
  sample(
    'in chunks that come late',
    headOf('POST', '/graphql', { ...usual, 'transfer-encoding': 'chunked' }),
    ...inChunks(JSON.stringify({ query: viewer }), 11, 5),
  ),
  sample(
    'Expect: 100-continue',
    headOf('POST', '/graphql', { ...usual, expect: '100-continue', 'content-length': '33' }),
    20,
    JSON.stringify({ query: viewer }),
  ),
  sample(
    'an upload that is broken off',
    headOf('POST', '/graphql', { ...usual, 'content-length': '5000' }),
    '{"query":',
    50,
    null,
  ),
  sample(
    'two in one go',
    ...post(JSON.stringify({ query: viewer }), { connection: 'keep-alive' }),
    ...post(JSON.stringify({ query: '{ usr }' })),
  ),
  sample(
    'three in one go, the first the slowest',
    [
      ...post(JSON.stringify({ query: user, variables: { id: 'horde:104' } }), { connection: 'keep-alive' }),
      ...post(JSON.stringify({ query: viewer }), { connection: 'keep-alive' }),
      ...post('['),
    ].join(''),
  ),
];

const one = { query: '{ viewer { kind } }' };

export const headerSamples: readonly Sample[] = [
  ...[
    '',
    '*/*',
    'application/*',
    'application/json; charset=utf-8',
    'application/json;charset=utf-16',
    'application/json;q=0.5, application/graphql-response+json',
    'application/graphql-response+json, application/json;q=0.9',
    'application/json, application/graphql-response+json',
    'application/graphql-response+json;q=0.1,*/*',
    'text/html',
    'text/html, */*;q=0.1',
    'application/xml',
    'APPLICATION/JSON',
    ',',
    'application/json,,',
    'nonsense',
  ].flatMap((accept) => [
    asked(`accept: ${accept}`, one, { accept }),
    asked(`accept: ${accept}, for what is refused`, { query: '{ usr }' }, { accept }),
  ]),
  ...[
    '',
    'application/json; charset=utf-8',
    'application/json;charset=latin1',
    'application/json ; charset=utf-8',
    'Application/JSON',
    'application/json, text/plain',
    'application/json;a=b, text/plain',
    'text/plain, application/json',
    'text/plain',
    'application/graphql',
    'application/graphql+json',
    'application/graphql-response+json',
  ].map((type) => asked(`content-type: ${type}`, one, { 'content-type': type })),
  ...[
    '/graphql/',
    '/graphql?',
    '/graphql?query={__typename}',
    '/graphqls',
    '/',
    '//graphql',
    '/%67raphql',
    '/subgraph',
    '/health',
  ].map((path) => asked(`POST ${path}`, one, {}, path)),
  asked('by another name', one, { host: 'elsewhere.example' }),
  asked('from a page', one, { origin: 'https://elsewhere.example' }),
  asked('from a page that may', one, { origin: 'https://members.example' }),
  asked('a wrong key', one, { 'x-rollcall-key': 'x' }),
  asked('a wrong key of the right form', one, { authorization: `Bearer rck_aaaaaaaa_${'a'.repeat(43)}` }),
  asked('a token where none are taken', one, { authorization: 'Bearer a.b.c' }),
  asked('another way to sign in', one, { authorization: 'Basic YTpi' }),
  asked('a key and a token', one, { authorization: 'Bearer a', 'x-rollcall-key': 'b' }),
  asked('a key for a source that is not there', one, { 'x-source-key-nowhere': 'a' }),
  asked('a key for a source', { query: '{ viewer { accounts { id } } }' }, { 'x-source-key-horde': 'wrong' }),
  asked('an empty key for a source', one, { 'x-source-key-horde': ' ' }),
  sample('OPTIONS', headOf('OPTIONS', '/graphql', usual)),
  sample(
    'OPTIONS of a page',
    headOf('OPTIONS', '/graphql', { ...usual, origin: 'https://members.example', 'access-control-request-method': 'POST' }),
  ),
  sample('HEAD', headOf('HEAD', '/graphql', usual)),
  sample('PUT', headOf('PUT', '/graphql', { ...usual, 'content-length': '0' })),
  sample('GET', headOf('GET', '/graphql?query={viewer{kind}}', { ...usual, 'apollo-require-preflight': '1' })),
];

/** What the attacks of the edge's own tests send, taken down instead of being sent. */
export const attackSamples: readonly Sample[] = [...bodies, ...documents, ...requests]
  // Those that live of time passing are told apart by the clock alone.
  .filter(({ name }) => !/never comes|trickle/.test(name))
  .map(takeDown);

function takeDown({ name, send }: Attack): Sample {
  let pieces: Pieces = [];
  const nothing: Reply = { status: 0, codes: [], text: '' };
  const recorder: Pick<AttackedServer, 'post' | 'write'> = {
    post: async (body, headers = {}) => {
      pieces = post(body, { accept: 'application/graphql-response+json', ...headers });
      return nothing;
    },
    write: async (...given) => {
      pieces = given;
      return nothing;
    },
  };
  // An attack does nothing else with a server than these two.
  void send(recorder as AttackedServer);
  return { name, pieces };
}

function inChunks(body: string, size: number, wait?: number): Pieces {
  const parts = body.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return [
    ...parts.flatMap((part) => [`${part.length.toString(16)}\r\n${part}\r\n`, ...(wait === undefined ? [] : [wait])]),
    '0\r\n\r\n',
  ];
}
