import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { rollcall, serve } from './command.ts';
import { createFolder, notSignedIn } from './doors.ts';

const refusal =
  'where others reach it, while it knows no caller: configure access.keys, access.keysFile or access.jwt, set access.allowAnonymous to true if anybody may ask, or set server.host to 127.0.0.1.\n';

test('beyond loopback, with neither keys nor tokens, it refuses to start and says in one sentence what to do', async () => {
  await using folder = await createFolder();

  const ended = await rollcall(['serve'], { folder: folder.path(''), environment: { HOST: '0.0.0.0', PORT: '0' } });

  expect(ended).toEqual({ code: 1, out: '', err: `Rollcall does not listen on 0.0.0.0, ${refusal}` });
});

test('an empty list of keys is none', async () => {
  await using folder = await createFolder();
  await folder.write(
    'rollcall.yaml',
    stringify({ server: { host: '0.0.0.0', port: 0 }, access: { keys: [], anonymous: ['read'] } }),
  );

  const ended = await rollcall(['serve'], { folder: folder.path('') });

  expect(ended).toEqual({ code: 1, out: '', err: `Rollcall does not listen on 0.0.0.0, ${refusal}` });
});

const ask = (address: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(address.replace('0.0.0.0', '127.0.0.1'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query":"{ viewer { kind scopes } }"}',
  });

test('on loopback without configuration anybody may do anything', async () => {
  await using folder = await createFolder();
  await using served = await serve({ folder: folder.path('') });

  const answer = await (await ask(served.graphql)).json();

  const scopes = ['read', 'read:private', 'read:privileged', 'write', 'write:admin'];
  expect(answer).toEqual({ data: { viewer: { kind: 'ANONYMOUS', scopes } } });
});

test('beyond loopback it starts where anonymous callers are meant, who then have no scope that nobody gave them', async () => {
  await using folder = await createFolder();
  const environment = { HOST: '0.0.0.0', ROLLCALL_ALLOW_ANONYMOUS: 'true' };
  await using served = await serve({ folder: folder.path(''), environment });

  const answer = await (await ask(served.graphql)).json();

  expect(answer).toEqual({ data: { viewer: { kind: 'ANONYMOUS', scopes: [] } } });
});

test('beyond loopback it starts with a keys file', async () => {
  await using folder = await createFolder();
  const { key, hash } = createKey();
  await folder.write('keys.yaml', stringify([{ name: 'bot', hash, scopes: ['read'] }]));
  const environment = { HOST: '0.0.0.0', ROLLCALL_KEYS_FILE: 'keys.yaml' };
  await using served = await serve({ folder: folder.path(''), environment });

  const known = await (await ask(served.graphql, { 'x-rollcall-key': key })).json();
  const unknown = await ask(served.graphql, { 'x-rollcall-key': createKey().key });

  expect(known).toEqual({ data: { viewer: { kind: 'KEY', scopes: ['read'] } } });
  expect({ status: unknown.status, text: await unknown.text() }).toEqual({ status: 401, text: notSignedIn });
});

test('on a real port a header that came twice is refused, and so is whatever no header may carry', async () => {
  await using folder = await createFolder();
  const { key, hash } = createKey();
  await folder.write('rollcall.yaml', stringify({ access: { keys: [{ name: 'bot', hash, scopes: [] }] } }));
  await using served = await serve({ folder: folder.path('') });
  const good = `Bearer ${key}`;

  const once = await raw(served.graphql, ['authorization', good]);
  const twice = [
    await raw(served.graphql, ['authorization', good, 'authorization', `Bearer ${createKey().key}`]),
    await raw(served.graphql, ['authorization', good, 'Authorization', good]),
    await raw(served.graphql, ['x-rollcall-key', key, 'x-rollcall-key', key]),
    await raw(served.graphql, ['authorization', good, 'x-rollcall-key', key]),
  ];
  const split = await lines(served.graphql, ['x-source-key-horde: CANARY\rset-cookie: a=b', 'x-source-key-horde: CANARY\u0001']);
  const latin = await lines(served.graphql, ['x-source-key-horde: CANARY\u00ff']);

  expect(once).toBe(200);
  expect(twice).toEqual([401, 401, 401, 401]);
  expect(split).toMatch(/^HTTP\/1\.1 400 /);
  expect(latin).toMatch(/^HTTP\/1\.1 400 /);
  expect([split, latin, ...served.logged].join('\n')).not.toContain('CANARY');
  expect(served.logged.join('\n')).not.toContain(key);
});

/** The status of a POST with these raw headers. */
function raw(address: string, headers: readonly string[]): Promise<number | undefined> {
  const body = '{"query":"{ __typename }"}';
  return new Promise((resolve, reject) => {
    const { host } = new URL(address);
    const all = ['host', host, 'content-type', 'application/json', 'content-length', String(body.length), ...headers];
    const sent = request(address, { method: 'POST', headers: all as never }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** The whole answer to a GET with these header lines, sent as they are. */
function lines(address: string, headers: readonly string[]): Promise<string> {
  const { hostname, port, host } = new URL(address);
  const head = [
    'GET /graphql?query={__typename} HTTP/1.1',
    `host: ${host}`,
    'apollo-require-preflight: true',
    'connection: close',
  ];
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write([...head, ...headers, '', ''].join('\r\n'), 'latin1'));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('end', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.once('error', reject);
  });
}
