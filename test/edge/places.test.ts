import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Logger } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { securityHeaders } from '../../src/edge/security-headers.ts';
import { kinds } from '../../src/sources/registry.ts';
import { type Community, communityConfig, startCommunity } from '../../src/twins/community.ts';

const query = '{ sources { id } }';
const json = JSON.stringify({ query });
const answered = /^HTTP\/1\.1 200 OK\r\n[\s\S]*"data":\{"sources":\[\{"id":/;

const post = (target: string, type: string, body: string): string =>
  `POST ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;
const get = (target: string, ...headers: readonly string[]): string =>
  `${[`GET ${target} HTTP/1.1`, 'host: 127.0.0.1', 'connection: close', ...headers].join('\r\n')}\r\n\r\n`;

/** Takes a prefix off as frameworks do that mount a handler, and leaves it in `originalUrl`. */
function under(prefix: string, request: IncomingMessage): IncomingMessage {
  const { url = '' } = request;
  const rest = url.slice(prefix.length);
  return Object.assign(request, { originalUrl: url, url: rest.startsWith('/') ? rest : `/${rest}` });
}

type Listen = (app: App, request: IncomingMessage, response: ServerResponse) => void;
const plain: Listen = (app, request, response) => app.handle(request, response);

describe.each([{ directPath: true }, { directPath: false }])('with directPath: $directPath', ({ directPath }) => {
  let community: Community;
  let app: App;

  beforeAll(async () => {
    community = await startCommunity({ size: 12 });
    app = createApp(parseConfig({ ...communityConfig(community), edge: { directPath, subgraph: { enabled: true } } }, kinds));
  });

  afterAll(async () => {
    await app.close();
    await community.close();
  });

  async function ask(bytes: string, listen: Listen = plain, of = app): Promise<string> {
    const server = createServer((request, response) => listen(of, request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has an AddressInfo; only pipes have a string.
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes);
    const told = await text(socket);
    await new Promise((resolve) => server.close(resolve));
    return told;
  }

  describe.each([
    '/graphql',
    '/graphql/',
    '//graphql',
    '//evil.example/graphql',
    '/x/graphql',
    '/graphql?a=/graphql',
    '/x?a=/graphql',
  ])('at %s', (target) => {
    test.each([
      ['application/x-www-form-urlencoded', `query=${encodeURIComponent(query)}`],
      ['application/graphql', query],
      ['multipart/form-data; boundary=a', `--a\r\ncontent-disposition: form-data; name="query"\r\n\r\n${query}\r\n--a--\r\n`],
      ['text/plain', json],
    ])('%s is not taken', async (type, body) => {
      const told = await ask(post(target, type, body));

      expect(told).toMatch(/^HTTP\/1\.1 415 /);
      expect(told).toContain('"message":"Send operations as application/json."');
    });

    test('a query by GET is not taken without a header that pages of other sites cannot send', async () => {
      const asked = `${target}${target.includes('?') ? '&' : '?'}query=${encodeURIComponent(query)}`;

      expect(await ask(get(asked))).toMatch(/^HTTP\/1\.1 403 /);
      expect(await ask(get(`${asked}&variables=nope`, 'x-requested-with: x'))).toMatch(/^HTTP\/1\.1 40[04] /);
    });
  });

  const mounted =
    (prefix: string): Listen =>
    (of, request, response) =>
      of.handle(under(prefix, request), response);

  test.each([
    ['/api', '/api/graphql'],
    ['/graphql', '/graphql'],
    ['/deep/er', '/deep/er/graphql'],
  ])('mounted at %s, operations are taken and refused alike', async (prefix, target) => {
    const listen = mounted(prefix);

    expect(await ask(post(target, 'application/json', json), listen)).toMatch(answered);
    expect(await ask(get(`${target}?query=${encodeURIComponent(query)}`, 'x-requested-with: x'), listen)).toMatch(answered);
    expect(await ask(get(`${target}?query=${encodeURIComponent(query)}`), listen)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await ask(post(target, 'application/x-www-form-urlencoded', 'query=%7B__typename%7D'), listen)).toMatch(
      /^HTTP\/1\.1 415 /,
    );
  });

  test.each([
    ['/api', '/api/subgraph'],
    ['/subgraph', '/subgraph'],
  ])('mounted at %s, %s is the subgraph', async (prefix, target) => {
    const body = JSON.stringify({ query: '{ _entities(representations: []) { __typename } }' });

    expect(await ask(post(target, 'application/json', body), mounted(prefix))).toMatch(
      /200 OK[\s\S]*\{"data":\{"_entities":\[\]\}\}$/,
    );
  });

  test.each(['/api/graphql', '/graphql/'])('asked by fetch at %s, operations are taken and refused alike', async (path) => {
    const fetchAt = (search: string, init?: RequestInit): Promise<Response> =>
      app.fetch(new Request(`http://rollcall.example${path}${search}`, init));
    const search = `?query=${encodeURIComponent(query)}`;
    const headers = { 'content-type': 'application/json' };

    expect((await fetchAt('', { method: 'POST', headers, body: json })).status).toBe(200);
    expect((await fetchAt(search, { headers: { 'x-requested-with': 'x' } })).status).toBe(200);
    expect((await fetchAt(search)).status).toBe(403);
    expect((await fetchAt('', { method: 'POST', body: new URLSearchParams({ query }) })).status).toBe(415);
  });

  test('mounted below a prefix, the process is asked after there', async () => {
    expect(await ask(get('/api/healthz'), mounted('/api'))).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\{"status":"ok"\}$/);
    expect(await ask(get('/api/readyz'), mounted('/api'))).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*"status":"ready"/);
  });

  test('a target that is a whole address stands for its path', async () => {
    expect(await ask(post('http://127.0.0.1/graphql', 'application/json', json))).toMatch(answered);
    const asked = `http://127.0.0.1/graphql?query=${encodeURIComponent(query)}`;
    expect(await ask(get(asked, 'x-requested-with: x'))).toMatch(answered);
    expect(await ask(get(asked))).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('of a whole address the host counts, whatever else is sent', async () => {
    const seen: (string | undefined)[] = [];
    const looking = createApp(parseConfig({ ...communityConfig(community), edge: { directPath } }, kinds), {
      refusing: (handle) => (request, response) => {
        seen.push(request.headers.host);
        return handle(request, response);
      },
    });
    await ask(post('http://evil.example/graphql', 'application/json', json), plain, looking);
    await looking.close();

    expect(seen).toEqual(['evil.example']);
  });

  test('a query behind a fragment is none', async () => {
    const search = `?query=${encodeURIComponent(query)}`;
    for (const target of [`/graphql#${search}`, `/graphql#x${search}`, `/graphql?#&${search.slice(1)}`]) {
      const told = await ask(get(target));
      expect(told).not.toMatch(/"data":/);
      expect(told).not.toMatch(/^HTTP\/1\.1 500/);
    }
    const fetched = await app.fetch(new Request(`http://rollcall.example/graphql#${search}`));
    expect(await fetched.text()).not.toMatch(/"data":/);
  });

  test('a query behind several question marks needs a telling header, too, and is read with one', async () => {
    const search = `query=${encodeURIComponent(query)}`;
    for (const target of [`/graphql??${search}`, `/graphql/??${search}`, `/x/graphql???${search}`]) {
      expect(await ask(get(target))).toMatch(/^HTTP\/1\.1 403 /);
      expect(await ask(get(target, 'x-requested-with: x'))).toMatch(answered);
      expect((await app.fetch(new Request(`http://rollcall.example${target}`))).status).toBe(403);
    }
    expect(await ask(get('/graphql??variables={'))).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('what is no path leads nowhere', async () => {
    expect(await ask(get('*').replace('GET', 'OPTIONS'))).toMatch(/^HTTP\/1\.1 404 /);
    expect(await ask(get(`ftp://127.0.0.1/graphql?query=${encodeURIComponent(query)}`, 'x-requested-with: x'))).toMatch(
      /^HTTP\/1\.1 404 /,
    );
  });

  test('what a framework has made of the query is passed over', async () => {
    const parsed: Listen = (of, request, response) =>
      of.handle(Object.assign(request, { query: { a: { toString: 'x' }, query: '{ nothing }' } }), response);
    const asked = `/graphql?query=${encodeURIComponent(query)}`;

    // As Express 5 has it: one for all requests, which cannot be assigned to.
    const derived: Listen = (of, request, response) => {
      const prototype = Object.create(Object.getPrototypeOf(request), { query: { get: () => ({ query: '{ nothing }' }) } });
      return of.handle(Object.setPrototypeOf(request, prototype), response);
    };

    expect(await ask(get(asked, 'x-requested-with: x'), parsed)).toMatch(answered);
    expect(await ask(get(asked, 'x-requested-with: x'), derived)).toMatch(answered);
    expect(await ask(post('/graphql', 'application/json', json), derived)).toMatch(answered);
    expect(await ask(post('/graphql', 'application/json', json), parsed)).toMatch(answered);
  });

  const inParts = JSON.stringify({ query: '{ sources { id } ... @defer { viewer { kind } } }' });
  const asParts = (bytes: string): string => bytes.replace('host:', 'accept: multipart/mixed\r\nhost:');

  test('an answer in parts ends its connection where the client wants that, and comes without chunks to one of HTTP/1.0', async () => {
    const begun = performance.now();
    const told = await ask(asParts(post('/graphql', 'application/json', inParts)));
    expect(told).toMatch(/\r\nConnection: close\r\n/i);
    const old = await ask(asParts(post('/graphql', 'application/json', inParts)).replace('HTTP/1.1', 'HTTP/1.0'));
    expect(old).toMatch(/"kind":"ANONYMOUS"/);
    expect(old).not.toMatch(/\r\ntransfer-encoding:/i);
    // An idle connection would be kept for five seconds.
    expect(performance.now() - begun).toBeLessThan(4_000);
  });

  async function askByHttp2(body: string, accept: string): Promise<{ readonly status: number; readonly told: string }> {
    // What a listener is given of HTTP/2 is shaped like what it is given of HTTP/1.
    const listener = app.handle as unknown as Parameters<typeof createHttp2Server>[1];
    const server = createHttp2Server({}, listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has an AddressInfo; only pipes have a string.
    const client = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stream = client.request({ ':method': 'POST', ':path': '/graphql', 'content-type': 'application/json', accept });
    const answering = once(stream, 'response');
    stream.end(body);
    const [headers] = await answering;
    const told = await text(stream);
    client.close();
    await new Promise((resolve) => server.close(resolve));
    return { status: Number(headers[':status']), told };
  }

  test('an answer in parts comes by HTTP/2, too', async () => {
    expect((await askByHttp2(inParts, 'multipart/mixed')).told).toMatch(/"kind":"ANONYMOUS"/);
  });

  test('a body by HTTP/2, which need not tell its length, may be no larger than another', async () => {
    expect(await askByHttp2(json, 'application/json')).toMatchObject({ status: 200 });
    expect(await askByHttp2(`${json}${' '.repeat(200_000)}`, 'application/json')).toMatchObject({
      status: 413,
      told: expect.stringContaining('The body is larger than'),
    });
  });

  test('where nothing is, that is said', async () => {
    expect(await ask(get('/nothing'))).toMatch(
      /^HTTP\/1\.1 404 [\s\S]*"message":"Nothing is here\. Operations are taken at \/graphql\."/,
    );
  });

  test('who accepts no form that there is is told which there are', async () => {
    const told = await ask(get(`/graphql?query=${encodeURIComponent(query)}`, 'x-requested-with: x', 'accept: application/xml'));

    expect(told).toMatch(/^HTTP\/1\.1 406 /);
    expect(told).toContain('"message":"Answers are application/json or application/graphql-response+json');
    for (const [name, value] of Object.entries(securityHeaders)) expect(told).toContain(`${name}: ${value}\r\n`);
  });

  test('what a host’s own log throws reaches nobody', async () => {
    const fail = (): never => {
      throw new Error('CANARY');
    };
    // As much of a log as is called here.
    const log = { info: fail, warn: fail, error: fail, debug: fail } as unknown as Logger;
    const failing = createApp(parseConfig({ ...communityConfig(community), edge: { directPath } }, kinds), { log });
    const told = await ask(
      post('/graphql', 'application/json', json).replace('host:', 'authorization: Bearer x\r\nhost:'),
      plain,
      failing,
    );
    await failing.close();

    expect(told).toMatch(/^HTTP\/1\.1 500 [\s\S]*"message":"Unexpected error\."/);
    expect(told).not.toMatch(/CANARY|node_modules|\.ts|\.js/);
  });
});
