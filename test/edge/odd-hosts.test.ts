import { createServer } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { securityHeaders } from '../../src/edge/security-headers.ts';
import { kinds } from '../../src/sources/registry.ts';
import { type Community, communityConfig, startCommunity } from '../../src/twins/community.ts';

const body = JSON.stringify({ query: '{ __typename }' });

describe.each([{ directPath: true }, { directPath: false }])('with directPath: $directPath', ({ directPath }) => {
  let community: Community;
  let app: App;
  // Before which no list of a machine's own names stands.
  const server = createServer((request, response) => app.handle(request, response));

  beforeAll(async () => {
    community = await startCommunity({ size: 12 });
    app = createApp(parseConfig({ ...communityConfig(community), edge: { directPath } }, kinds));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await app.close();
    await community.close();
  });

  async function ask(given: { readonly host: string; readonly type?: string }): Promise<string> {
    // A listening TCP server has an AddressInfo; only pipes have a string.
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const head = [
      'POST /graphql HTTP/1.1',
      `host: ${given.host}`,
      `content-type: ${given.type ?? 'application/json'}`,
      `content-length: ${body.length}`,
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    return text(socket);
  }

  test.for(['localhost', '127.0.0.1:8080', '[::1]:4000', 'graph.members.example', 'xn--bcher-kva.example', '', 'a:65535'])(
    'a Host of %s is answered',
    async (host) => {
      expect(await ask({ host })).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\{"data":\{"__typename":"Query"\}\}$/);
    },
  );

  test.for(['a b', '[', 'a:99999', 'a:b', '1.2.3.999', 'a.1', 'a/b', 'me@a', '%', 'a\\b'])(
    'a Host of %s is refused in a sentence, with the headers of all answers and nothing of ours',
    async (host) => {
      const told = await ask({ host });

      expect(told).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*"message":"The header Host names no host\./);
      for (const [name, value] of Object.entries(securityHeaders)) expect(told).toContain(`${name}: ${value}\r\n`);
      expect(told).not.toMatch(/node_modules|\.ts|\.js/);
    },
  );

  test.for([
    ['[', 400],
    ['a:99999', 400],
    ['localhost', 200],
  ] as const)('an authority of %s over HTTP/2 is %i', async ([authority, status]) => {
    // What a listener is given of HTTP/2 is shaped like what it is given of HTTP/1.
    const listener = app.handle as unknown as Parameters<typeof createHttp2Server>[1];
    const http2 = createHttp2Server({}, listener);
    await new Promise<void>((resolve) => http2.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has an AddressInfo; only pipes have a string.
    const client = connectHttp2(`http://127.0.0.1:${(http2.address() as AddressInfo).port}`);
    const stream = client.request({
      ':method': 'POST',
      ':path': '/graphql',
      ':authority': authority,
      'content-type': 'application/json',
      // What is asked for debugging is Yoga's to answer.
      'x-rollcall-debug': 'plan',
    });
    const answered = new Promise<unknown>((resolve) => stream.once('response', (headers) => resolve(headers[':status'])));
    stream.end(body);
    const told = await text(stream);

    expect(await answered).toBe(status);
    expect(told).toContain(status === 200 ? '"data":{"__typename":"Query"}' : 'The header Host names no host.');
    client.destroy();
    await new Promise((resolve) => http2.close(resolve));
  });

  test.for(['Application/JSON', 'application/json ; charset=utf-8', 'APPLICATION/JSON;charset=UTF-8'])(
    'a media type is known however it is spelled: %s',
    async (type) => {
      expect(await ask({ host: 'localhost', type })).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\{"data":\{"__typename":"Query"\}\}$/);
    },
  );
});
