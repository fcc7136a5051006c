import { gzipSync } from 'node:zlib';
import { type Attack, ban, postHead, toBody, viewer } from './attack.ts';

const body = (name: string, text: string, status: number, code: string, headers?: Record<string, string>): Attack => ({
  name,
  status,
  code,
  send: ({ post }) => post(text, headers),
});

const large = 'x'.repeat(10_000_000);

/** Bodies that are no operation, or hide one. */
export const bodies: readonly Attack[] = [
  body('form post of a mutation', new URLSearchParams({ query: ban }).toString(), 415, 'BAD_REQUEST', {
    'content-type': 'application/x-www-form-urlencoded',
  }),
  body(
    'multipart',
    `--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${toBody(ban)}\r\n--b--\r\n`,
    415,
    'BAD_REQUEST',
    { 'content-type': 'multipart/form-data; boundary=b' },
  ),
  body('text/plain', toBody(ban), 415, 'BAD_REQUEST', { 'content-type': 'text/plain' }),
  body('text/plain that mentions JSON', toBody(ban), 415, 'BAD_REQUEST', { 'content-type': 'text/plain; application/json' }),
  body('application/graphql', ban, 415, 'BAD_REQUEST', { 'content-type': 'application/graphql' }),
  body('application/graphql+json', toBody(ban), 415, 'BAD_REQUEST', { 'content-type': 'application/graphql+json' }),
  body('two content types', toBody(ban), 415, 'BAD_REQUEST', {
    'content-type': 'application/x-www-form-urlencoded, application/json',
  }),
  body('a batch', `[${Array.from({ length: 500 }, () => viewer).join(',')}]`, 400, 'BAD_REQUEST'),
  body(
    'a batch that looks like an object',
    toBody('{ viewer { kind } }').replace('{', '{"0":{"query":"{viewer{kind}}"},'),
    400,
    'BAD_REQUEST',
  ),
  body('10 MB, announced', large, 413, 'BAD_REQUEST'),
  body(
    'nested JSON',
    `{"query":"{ viewer { kind } }","variables":{"a":${'['.repeat(45_000)}${']'.repeat(45_000)}}}`,
    400,
    'BAD_REQUEST',
  ),
  body(
    'nested JSON in extensions',
    `{"query":"{ viewer { kind } }","extensions":{"a":${'{"a":'.repeat(12_000)}1${'}'.repeat(12_000)}}}`,
    400,
    'BAD_REQUEST',
  ),
  body('nested JSON as a value', deepInput(), 400, 'BAD_REQUEST'),
  body('JSON without end', '['.repeat(99_000), 400, 'BAD_REQUEST'),
  body(
    'numbers without end',
    `{"query":"query($n: Int) { hordeAccounts(first: $n) { edges { cursor } } }","variables":{"n":${'9'.repeat(90_000)}}}`,
    400,
    'BAD_USER_INPUT',
  ),
  body(
    'a number that is infinite',
    '{"query":"query($n: Int) { hordeAccounts(first: $n) { edges { cursor } } }","variables":{"n":1e999}}',
    400,
    'BAD_USER_INPUT',
  ),
  body(
    'a prototype as a variable',
    '{"query":"query($id: ID!) { user(id: $id) { id } }","variables":{"__proto__":{"id":"horde:101"}}}',
    400,
    'BAD_USER_INPUT',
  ),
  body(
    'a constructor as a variable',
    '{"query":"query($id: ID!) { user(id: $id) { id } }","variables":{"constructor":{"prototype":{"id":"horde:101"}}}}',
    400,
    'BAD_USER_INPUT',
  ),
  body('a prototype as the body', '{"__proto__":{"query":"{ viewer { kind } }"}}', 400, 'BAD_REQUEST'),
  body(
    'variables named like methods',
    '{"query":"query($toString: ID!, $valueOf: ID!) { user(id: $toString) { id } nodes(ids: [$valueOf]) { id } }","variables":{}}',
    400,
    'BAD_USER_INPUT',
  ),
  body(
    'an operation named like a method',
    '{"query":"query a { viewer { kind } } query b { viewer { kind } }","operationName":"constructor"}',
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ),
  body(
    'variables that are a list',
    '{"query":"query($id: ID!) { user(id: $id) { id } }","variables":["horde:101"]}',
    400,
    'BAD_REQUEST',
  ),
  body('variables that are a text', '{"query":"query($id: ID!) { user(id: $id) { id } }","variables":"{}"}', 400, 'BAD_REQUEST'),
  body(
    'a variable of a wrong shape',
    '{"query":"query($id: ID!) { user(id: $id) { id } }","variables":{"id":{"$ne":null}}}',
    400,
    'BAD_USER_INPUT',
  ),
  body(
    'a list of a wrong shape',
    '{"query":"query($ids: [ID!]!) { nodes(ids: $ids) { id } }","variables":{"ids":[["horde:1"],null,{}]}}',
    400,
    'BAD_USER_INPUT',
  ),
  body('a query that is an object', '{"query":{"kind":"Document","definitions":[]}}', 400, 'BAD_REQUEST'),
  body('a query that is a number', '{"query":1}', 400, 'BAD_REQUEST'),
  body('null', 'null', 400, 'BAD_REQUEST'),
  body('nothing', '', 400, 'BAD_REQUEST'),
  body('bytes that are no text', 'ÿþ\u0000\u0001', 400, 'BAD_REQUEST'),
  {
    name: 'a compressed bomb',
    status: 400,
    code: 'BAD_REQUEST',
    send: ({ write }) => {
      const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
      return write(postHead('Content-Encoding: gzip', `Content-Length: ${bomb.length}`), bomb);
    },
  },
];

function deepInput(): string {
  const query = 'mutation($input: UpdateOpenWebUISettingsInput!) { updateOpenWebUISettings(input: $input) { dryRun } }';
  return `{"query":${JSON.stringify(query)},"variables":{"input":{"source":"webui","dryRun":true,"ui":${'{"a":'.repeat(12_000)}1${'}'.repeat(12_000)}}}}`;
}
