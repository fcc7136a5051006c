import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose';
import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { audience, createIssuer, issuer } from '../access/signing.ts';
import { post } from './corpus.ts';
import { startSharing } from './shared-server.ts';
import type { Pieces } from './two-doors.ts';

const [ada, bao] = ['ada', 'bao'].map((name) => `webui:${cast.find(({ alias }) => alias === name)?.openWebUI}`);

/** An issuer's address for its keys, which answers when it is let. */
async function holdKeys(keys: readonly JWK[]) {
  const { promise: isLet, resolve: answer } = Promise.withResolvers<void>();
  const server = createServer(async (_request, response) => {
    await isLet;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { answer, url: `http://127.0.0.1:${port}/jwks.json`, [Symbol.asyncDispose]: async () => void server.close() };
}

test('for a client that left before its operation began no source is asked', async () => {
  const signer = await createIssuer();
  await using keys = await holdKeys([signer.jwk]);
  await using server = await startSharing({ access: { jwt: { issuer, audience, jwks: keys.url } } });
  const authorization = `Bearer ${await signer.token({ scope: 'read' })}`;
  const ask = (id: string | undefined): Pieces =>
    post(JSON.stringify({ query: 'query One($id: ID!) { user(id: $id) { openWebUI { name } } }', variables: { id } }), {
      authorization,
    });

  const leaving = server.door.write(...ask(ada), 100, null);
  await server.door.untilLeft(1);
  keys.answer();
  await leaving;
  const staying = await server.door.write(...ask(bao));

  expect(staying.status).toBe('HTTP/1.1 200 OK');
  expect(server.gate.came).toBe(1);
});
