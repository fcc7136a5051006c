import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose';
import { expect, test } from 'vitest';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { askWhole } from './doors.ts';
import { audience, createIssuer, issuer } from './signing.ts';

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

const startWith = (jwks: string): Promise<Rollcall> =>
  startRollcall({ config: (input) => ({ ...input, access: { jwt: { issuer, audience, jwks } } }) });

/** An issuer's address for its keys. */
async function serveJwks(keys: readonly JWK[], mark = '') {
  const state = { fetches: 0, silent: false };
  const server = createServer((_request, response) => {
    state.fetches += 1;
    if (state.silent) return void response.writeHead(503).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(mark + JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { state, url: `http://127.0.0.1:${port}/jwks.json`, [Symbol.asyncDispose]: close };
}

test('keys at an address are fetched once for many tokens, when the first one comes', async () => {
  const signer = await createIssuer();
  await using jwks = await serveJwks([signer.jwk]);
  await using rollcall = await startWith(jwks.url);
  const before = jwks.state.fetches;

  const tokens = await Promise.all(Array.from({ length: 20 }, (_, index) => signer.token({ sub: `user ${index}` })));
  const answers = await Promise.all(tokens.map((token) => askWhole(rollcall, bearer(token))));
  const unknown = await askWhole(rollcall, bearer(await signer.token({}, { kid: 'nobody' })));

  expect(before).toBe(0);
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(unknown.status).toBe(401);
  expect(jwks.state.fetches).toBe(1);
});

test('while the keys cannot be fetched nobody is told that their token is bad; keys once fetched go on', async () => {
  const signer = await createIssuer();
  await using jwks = await serveJwks([signer.jwk]);
  jwks.state.silent = true;
  await using rollcall = await startWith(jwks.url);
  const token = await signer.token();

  const unsure = await askWhole(rollcall, bearer(token));
  jwks.state.silent = false;
  const sure = await askWhole(rollcall, bearer(token));
  jwks.state.silent = true;
  const still = await askWhole(rollcall, bearer(token));

  expect(unsure).toMatchObject({
    status: 503,
    text: '{"errors":[{"message":"Tokens cannot be checked for now; ask again later.","extensions":{"code":"UNAVAILABLE"}}]}',
  });
  expect(unsure.headers).toContainEqual(['retry-after', '5']);
  expect([sure.status, still.status]).toEqual([200, 200]);
  expect(rollcall.logged.join('')).toContain('the keys for tokens cannot be fetched');
  expect(rollcall.logged.join('')).not.toContain(jwks.url);
});

test('keys behind a mark of byte order are keys', async () => {
  const signer = await createIssuer();
  await using jwks = await serveJwks([signer.jwk], '\uFEFF');
  await using rollcall = await startWith(jwks.url);

  expect((await askWhole(rollcall, bearer(await signer.token()))).status).toBe(200);
});

test.for([
  ['status 500', 500, 'oh no'],
  ['it redirects (status 302), which is not followed', 302, ''],
  ['what it answers is not JSON', 200, '<html>'],
  ['what it answers is no JSON Web Key Set', 200, '{"secret":1}'],
  ['its answer is longer than 1000000 bytes', 200, `"${'x'.repeat(1_000_000)}"`],
] as const)('the log says why there are no keys: %s', async ([reason, status, body]) => {
  const signer = await createIssuer();
  const server = createServer((_request, response) => {
    response.writeHead(status, { location: '/elsewhere' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo.
  await using rollcall = await startWith(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);

  const answer = await askWhole(rollcall, bearer(await signer.token()));
  server.close();

  expect(answer.status).toBe(503);
  const lines = rollcall.logged.filter((line) => line.includes('cannot be fetched'));
  expect(lines.map((line) => JSON.parse(line).reason)).toEqual([reason]);
});
