import { createHmac, createPublicKey, type JsonWebKey, KeyObject, sign } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { expect, test } from 'vitest';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { askWhole, createFolder, type Folder, notSignedIn, viewerQuery } from './doors.ts';
import { audience, createIssuer, handmadeToken, type Issuer, issuer, now } from './signing.ts';

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

const startWith = (jwt: object): Promise<Rollcall> =>
  startRollcall({ config: (input) => ({ ...input, access: { jwt: { issuer, audience, ...jwt } } }) });

const writeJwks = (folder: Folder, ...issuers: readonly Issuer[]): Promise<string> =>
  folder.write('jwks.json', JSON.stringify({ keys: issuers.map(({ jwk }) => jwk) }));

async function viewerOf(rollcall: Rollcall, token: string): Promise<unknown> {
  const { data } = await rollcall.askText(viewerQuery, {}, bearer(token));
  return data?.viewer;
}

test.for(['RS256', 'ES256', 'EdDSA'])('a token signed with %s is taken, by keys in a file', async (alg) => {
  await using folder = await createFolder();
  const signer = await createIssuer(alg);
  await using rollcall = await startWith({ jwks: await writeJwks(folder, signer) });
  const exp = now() + 60;

  const viewer = await viewerOf(rollcall, await signer.token({ sub: 'bao', exp, scope: 'openid read read:private@webui' }));

  const expiresAt = new Date(exp * 1_000).toISOString();
  expect(viewer).toEqual({ kind: 'TOKEN', name: 'bao', scopes: ['read', 'read:private@webui'], expiresAt });
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});

test('whatever is wrong with a token, the answer is the one for a wrong key, to the byte', async () => {
  await using folder = await createFolder();
  const [signer, stranger, rsa] = [await createIssuer(), await createIssuer(), await createIssuer('RS256', 'rsa')];
  await using rollcall = await startWith({ jwks: await writeJwks(folder, signer, rsa), clockToleranceSeconds: 10 });
  const claims = { iss: issuer, aud: audience, sub: 'ada', exp: now() + 300, scope: 'read' };
  const hmac = (secret: string) => (input: string) => createHmac('sha256', secret).update(input).digest();
  // A JWK of jose's is one of Node's, spelt with a narrower index.
  const signs =
    ({ privateKey }: Issuer) =>
    (input: string) =>
      sign('sha256', Buffer.from(input), { key: KeyObject.from(privateKey), dsaEncoding: 'ieee-p1363' });
  const spki = createPublicKey({ key: rsa.jwk as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const good = await signer.token();
  const [header = '', payload = '', signature = ''] = good.split('.');
  const wrong: Record<string, string> = {
    'expired beyond the tolerance': await signer.token({ exp: now() - 11 }),
    'not yet good': await signer.token({ nbf: now() + 60 }),
    'without an end': await signer.token({ exp: undefined } as unknown as JWTPayload),
    'another issuer': await signer.token({ iss: 'https://elsewhere.example' }),
    'another audience': await signer.token({ aud: ['somebody', 'else'] }),
    'no audience': await signer.token({ aud: [] }),
    'signed by a stranger under a known kid': await stranger.token(),
    'an unknown kid': await signer.token({}, { kid: 'nobody' }),
    'an algorithm that is not listed': await (await createIssuer('ES384')).token(),
    'no algorithm': handmadeToken({ alg: 'none', kid: 'first' }, claims, () => Buffer.alloc(0)),
    'HS256 with the public key as its secret': handmadeToken({ alg: 'HS256', kid: 'rsa' }, claims, hmac(String(spki))),
    'HS256 with the key set as its secret': handmadeToken(
      { alg: 'HS256', kid: 'first' },
      claims,
      hmac(JSON.stringify(signer.jwk)),
    ),
    'RS256 over an elliptic key': handmadeToken({ alg: 'RS256', kid: 'first' }, claims, hmac('x')),
    'a critical header nobody knows': handmadeToken(
      { alg: 'ES256', kid: 'first', crit: ['seal'], seal: 1 },
      claims,
      signs(signer),
    ),
    'signed well by hand, for somebody else': handmadeToken(
      { alg: 'ES256', kid: 'first' },
      { ...claims, aud: 'x' },
      signs(signer),
    ),
    'a changed claim': [header, Buffer.from(JSON.stringify({ ...claims, sub: 'eve' })).toString('base64url'), signature].join(
      '.',
    ),
    'half-typed': good.slice(0, -20),
    'without its signature': `${header}.${payload}.`,
    'two parts': `${header}.${payload}`,
    'no token': 'hello',
  };

  const answers = await Promise.all(Object.values(wrong).map((token) => askWhole(rollcall, bearer(token))));
  const wrongKey = await askWhole(rollcall, bearer('rck_00000000_half'));
  const inKeyHeader = await askWhole(rollcall, { 'x-rollcall-key': good });
  const twoAtOnce = await askWhole(rollcall, { ...bearer(good), 'x-rollcall-key': good });

  expect(wrongKey).toMatchObject({ status: 401, text: notSignedIn });
  for (const [index, answer] of [...answers, inKeyHeader, twoAtOnce].entries())
    expect(answer, Object.keys(wrong)[index] ?? 'misplaced').toEqual(wrongKey);
  expect(answers).toHaveLength(20);
  const byHand = handmadeToken({ alg: 'ES256', kid: 'first' }, claims, signs(signer));
  expect((await askWhole(rollcall, bearer(good))).status).toBe(200);
  expect((await askWhole(rollcall, bearer(byHand))).status).toBe(200);
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  for (const token of [...Object.values(wrong), good]) expect(rollcall.logged.join('')).not.toContain(token);
});

test('clocks may differ by as much as is said', async () => {
  await using folder = await createFolder();
  const signer = await createIssuer();
  await using rollcall = await startWith({ jwks: await writeJwks(folder, signer), clockToleranceSeconds: 30 });

  const statuses = [];
  for (const claims of [{ exp: now() - 20 }, { nbf: now() + 20 }, { exp: now() - 40 }, { nbf: now() + 40 }]) {
    statuses.push((await askWhole(rollcall, bearer(await signer.token(claims)))).status);
  }

  expect(statuses).toEqual([200, 200, 401, 401]);
});

test('scopes come as a text or as a list from the claim that is named, and other words there mean nothing', async () => {
  await using folder = await createFolder();
  const signer = await createIssuer();
  await using rollcall = await startWith({ jwks: await writeJwks(folder, signer), scopesClaim: 'roles' });
  const scopesFor = async (roles: unknown): Promise<unknown> => {
    const { data } = await rollcall.askText(
      '{ viewer { scopes } }',
      {},
      bearer(await signer.token({ roles, scope: 'write:admin' })),
    );
    return data?.viewer;
  };

  expect(await scopesFor('email  read write@horde Read read:all')).toEqual({ scopes: ['read', 'write@horde'] });
  expect(await scopesFor(['read', 7, null, ['write'], 'read:private'])).toEqual({ scopes: ['read', 'read:private'] });
  for (const none of [undefined, null, 7, { read: true }, '', []]) expect(await scopesFor(none)).toEqual({ scopes: [] });
});

test('an end so far away that no date holds it is the last there is', async () => {
  await using folder = await createFolder();
  const signer = await createIssuer();
  await using rollcall = await startWith({ jwks: await writeJwks(folder, signer) });

  const viewer = await viewerOf(rollcall, await signer.token({ exp: 99_999_999_999_999 }));

  expect(viewer).toMatchObject({ kind: 'TOKEN', expiresAt: '+275760-09-13T00:00:00.000Z' });
});

test('a key that leaves the file takes its tokens along, without a restart', async () => {
  await using folder = await createFolder();
  const [first, second] = [await createIssuer('ES256', 'first'), await createIssuer('ES256', 'second')];
  await using rollcall = await startWith({ jwks: await writeJwks(folder, first) });
  const tokens = [await first.token(), await second.token()];
  const statuses = async (): Promise<number[]> => {
    const answers = await Promise.all(tokens.map((token) => askWhole(rollcall, bearer(token))));
    return answers.map(({ status }) => status);
  };

  const before = await statuses();
  await writeJwks(folder, second);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  const after = await statuses();
  await folder.write('jwks.json', '{');
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  const broken = await statuses();

  expect([before, after, broken]).toEqual([
    [200, 401],
    [401, 200],
    [401, 200],
  ]);
});
