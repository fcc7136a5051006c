import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { audience, createIssuer, issuer } from '../access/signing.ts';
import { post } from './corpus.ts';
import { openTwoDoors } from './two-doors.ts';

/** An issuer's address that has no keys to give. */
async function refuseKeys() {
  const state = { fetches: 0 };
  const server = createServer((_request, response) => {
    state.fetches += 1;
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { state, url: `http://127.0.0.1:${port}/jwks.json`, [Symbol.asyncDispose]: async () => void server.close() };
}

test('the keys for a token are asked for once, though who cannot be told is left to Yoga to send away', async () => {
  const signer = await createIssuer();
  await using keys = await refuseKeys();
  await using doors = await openTwoDoors({ access: { jwt: { issuer, audience, jwks: keys.url } } });
  const token = await signer.token({ scope: 'read' });
  const request = post(JSON.stringify({ query: '{ viewer { kind } }' }), { authorization: `Bearer ${token}` });

  for (const { write, logged } of [doors.direct, doors.yoga]) {
    keys.state.fetches = 0;
    const answer = await write(...request);

    expect(answer.status).toBe('HTTP/1.1 503 Service Unavailable');
    expect(keys.state.fetches).toBe(1);
    expect(logged.filter((line) => line.includes('the keys for tokens cannot be fetched'))).toHaveLength(1);
  }
});
