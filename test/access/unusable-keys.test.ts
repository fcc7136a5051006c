import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { exportJWK, type JWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { faultOfKeysAt } from '../../src/access/jwks.ts';
import { startRollcall } from '../app/rollcall.ts';
import { listen } from '../federation/listening.ts';
import { askWhole, createFolder } from './doors.ts';
import { audience, createIssuer, issuer } from './signing.ts';

const startWith = (access: object) => startRollcall({ config: (input) => ({ ...input, access }) });
const startWithKeys = (jwks: string) => startWith({ jwt: { issuer, audience, jwks } });

const missing = 'what belongs to a key of its kind is missing or wrong';
const short = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey.export({ format: 'jwk' });

describe.for<[string, (good: JWK, issued: CryptoKey) => Promise<JWK> | JWK, string]>([
  ['without what a key of its kind has', () => ({ kty: 'RSA' }), missing],
  ['without one of its coordinates', ({ y: _y, ...rest }) => rest, missing],
  ['beside the curve', (good) => ({ ...good, x: String(good.y) }), missing],
  ['with fewer bits than are taken', () => ({ ...short }), 'it has less than 2048 bits'],
  [
    'that is private',
    (_good, key) => exportJWK(key),
    'it is a private key, which belongs to the issuer alone; write the public one',
  ],
])('a key %s', ([, spoil, why]) => {
  const faulty = async (): Promise<string> => {
    const { jwk, privateKey } = await createIssuer();
    return JSON.stringify({ keys: [await spoil(jwk, privateKey)] });
  };
  const said = `holds no key that can be used; number 1 of its list: ${why}`;

  test('in a file is refused at the start', async () => {
    await using folder = await createFolder();
    const path = await folder.write('jwks.json', await faulty());

    await expect(startWithKeys(path)).rejects.toThrow(`access.jwt.jwks: ${path}: ${said}`);
  });

  test('in a file beside a good one is told in the log, and the good one is taken', async () => {
    await using folder = await createFolder();
    const signer = await createIssuer();
    const keys = [signer.jwk, await spoil(signer.jwk, signer.privateKey)];
    // It goes by its name, which the spoilt one has from it.
    delete keys[1]?.kid;
    await using rollcall = await startWithKeys(await folder.write('jwks.json', JSON.stringify({ keys })));

    expect((await askWhole(rollcall, { authorization: `Bearer ${await signer.token()}` })).status).toBe(200);
    expect(rollcall.logged.join('')).toContain(`"fault":"number 2 of its list: ${why}","msg":"a key for tokens cannot be used"`);
  });

  test('at an address is told by rollcall check', async () => {
    const text = await faulty();
    await using server = await listen((_request, response) => void response.end(text));

    expect(await faultOfKeysAt(new URL(server.url))).toBe(`what the address answers ${said}`);
  });
});

test('keys that no token is checked with may be of any kind, and a mark of byte order before them all is none of theirs', async () => {
  await using folder = await createFolder();
  const signer = await createIssuer();
  const keys = [
    { kty: 'oct', k: 'AA' },
    { kty: 'RSA', use: 'enc' },
    { ...short, key_ops: ['encrypt'] },
    { ...short, alg: 'RSA-OAEP' },
    { kty: 'EC', crv: 'BP-256', x: 'AA', y: 'AA' },
    { kty: 'OKP', crv: 'X25519', x: 'AA' },
    { kty: 'new' },
    signer.jwk,
  ];
  await using rollcall = await startWithKeys(await folder.write('jwks.json', `\uFEFF${JSON.stringify({ keys })}`));

  expect((await askWhole(rollcall, { authorization: `Bearer ${await signer.token()}` })).status).toBe(200);
  expect(rollcall.logged.join('')).not.toContain('cannot be used');
});

describe('a pipe', () => {
  const is = 'is no file, but a pipe, a socket or a device; name a file';

  test('in the place of keys is refused at the start, and so is a folder', async () => {
    await using folder = await createFolder();
    const pipe = folder.path('pipe');
    execFileSync('mkfifo', [pipe]);

    await expect(startWith({ keysFile: pipe })).rejects.toThrow(`access.keysFile: ${pipe}: ${is}`);
    await expect(startWith({ keysFile: folder.path('') })).rejects.toThrow(
      `access.keysFile: ${folder.path('')}: is a folder; name a file`,
    );
    await expect(startWithKeys(pipe)).rejects.toThrow(`access.jwt.jwks: ${pipe}: ${is}`);
  });

  test('is told from what is not there, and from what is no set', async () => {
    await using folder = await createFolder();
    const [missing, words] = [folder.path('missing'), await folder.write('words', 'no set')];

    await expect(startWithKeys(missing)).rejects.toThrow(`access.jwt.jwks: ${missing}: does not exist`);
    await expect(startWithKeys('missing.json')).rejects.toThrow(
      'access.jwt.jwks: missing.json: does not exist. The path is taken from /',
    );
    await expect(startWithKeys(words)).rejects.toThrow(
      `access.jwt.jwks: ${words}: cannot be read as a JSON Web Key Set, {"keys": […]}`,
    );
  });

  test('that takes the place of keys holds nobody up, and the former keys hold', async () => {
    await using folder = await createFolder();
    const signer = await createIssuer();
    const path = await folder.write('jwks.json', JSON.stringify({ keys: [signer.jwk] }));
    await using rollcall = await startWithKeys(path);
    execFileSync('mkfifo', [folder.path('pipe')]);
    await rename(folder.path('pipe'), path);
    await new Promise((resolve) => setTimeout(resolve, 1_050));

    expect((await askWhole(rollcall, { authorization: `Bearer ${await signer.token()}` })).status).toBe(200);
    expect(rollcall.logged.join('')).toContain('the file with the keys for tokens cannot be used; the former keys still hold');
  });
});
