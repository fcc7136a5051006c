import { once } from 'node:events';
import { createServer } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { kinds } from '../../src/sources/registry.ts';
import { type Community, communityConfig, startCommunity } from '../../src/twins/community.ts';

const plain = { query: '{ user(id: "horde:101") { kudos } }', accept: 'application/json' };
const inParts = { query: '{ user(id: "horde:101") { id ... @defer { kudos } } }', accept: 'multipart/mixed' };

/** Ways to leave over HTTP/2. */
const ways: readonly [string, (session: ClientHttp2Session, stream: ClientHttp2Stream) => void][] = [
  ['its stream is reset', (_session, stream) => stream.close(8)],
  ['its connection breaks', (session) => session.destroy()],
];

describe.each([{ directPath: true }, { directPath: false }])('with directPath: $directPath', ({ directPath }) => {
  let community: Community;
  let app: App;

  beforeAll(async () => {
    community = await startCommunity({ size: 12, horde: { faults: [{ fault: { kind: 'hang' } }] } });
    const settings = { ...communityConfig(community), edge: { directPath }, log: { level: 'silent' as const } };
    app = createApp(parseConfig(settings, kinds));
  });

  afterAll(async () => {
    await app.close();
    await community.close();
  });

  describe.each([
    ['one that waits for all of it', plain],
    ['one that has some of it', inParts],
  ])('%s', (_who, { query, accept }) => {
    const headers = { 'content-type': 'application/json', accept };
    const body = JSON.stringify({ query });

    test.each(ways)('is noticed to leave over HTTP/2, where %s', async (_how, leave) => {
      // What a listener is given of HTTP/2 is shaped like what it is given of HTTP/1.
      const listener = app.handle as unknown as Parameters<typeof createHttp2Server>[1];
      const server = createHttp2Server({}, listener).listen(0, '127.0.0.1');
      await once(server, 'listening');
      // A server that listens has an address with a port.
      const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const stream = session.request({ ':method': 'POST', ':path': '/graphql', ...headers });
      stream.once('error', () => undefined);
      stream.end(body);
      await expect.poll(() => community.horde.open()).toBe(1);

      leave(session, stream);

      await expect.poll(() => community.horde.open()).toBe(0);
      session.destroy();
      server.close();
    });

    test('is noticed to leave over HTTP/1', async () => {
      const server = createServer(app.handle).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const leaving = new AbortController();
      // A server that listens has an address with a port.
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
      const asked = fetch(address, { method: 'POST', headers, body, signal: leaving.signal }).then((answer) => answer.text());
      asked.catch(() => undefined);
      await expect.poll(() => community.horde.open()).toBe(1);

      leaving.abort();

      await expect.poll(() => community.horde.open()).toBe(0);
      server.close();
    });
  });
});
