import { createSchema, createYoga, type Plugin } from 'graphql-yoga';
import { expect, test } from 'vitest';
import { openAccess } from '../../src/access/recognising.ts';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { AccessShape, resolveAccess } from '../../src/access/settings.ts';
import { createLogger } from '../../src/log.ts';
import { useCaller } from '../../src/plugins/use-caller.ts';
import { createRedaction } from '../../src/redaction.ts';
import { startRollcall } from '../app/rollcall.ts';
import { createFolder } from './doors.ts';
import { audience, createIssuer, issuer } from './signing.ts';

const operations = (logged: readonly string[]): unknown[] =>
  logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'operation');

test('each operation’s line names its caller’s kind and name', async () => {
  await using folder = await createFolder();
  const signer = await createIssuer();
  const jwks = await folder.write('jwks.json', JSON.stringify({ keys: [signer.jwk] }));
  const { key, hash } = createKey();
  const access = { keys: [{ name: 'bot', hash, scopes: [] }], jwt: { issuer, audience, jwks } };
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access }) });
  const token = await signer.token({ sub: 'bao' });

  await rollcall.askText('{ __typename }');
  await rollcall.askText('{ __typename }', {}, { 'x-rollcall-key': key });
  await rollcall.askText('{ __typename }', {}, { authorization: `Bearer ${token}` });

  expect(operations(rollcall.logged)).toMatchObject([
    { caller: { kind: 'ANONYMOUS', name: null } },
    { caller: { kind: 'KEY', name: 'bot' } },
    { caller: { kind: 'TOKEN', name: 'bao' } },
  ]);
  for (const secret of [key, hash, token]) expect(rollcall.logged.join('')).not.toContain(secret);
});

test('the log says why a caller was refused, in a word without the key or token', async () => {
  await using folder = await createFolder();
  const signer = await createIssuer();
  const jwks = await folder.write('jwks.json', JSON.stringify({ keys: [signer.jwk] }));
  const [old, unknown] = [createKey(), createKey()];
  const access = {
    keys: [{ name: 'old', hash: old.hash, scopes: [], expires: '2020-01-01' }],
    jwt: { issuer, audience, jwks },
  };
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access }) });
  const late = await signer.token({ exp: 1 });

  for (const secret of [old.key, unknown.key, late, 'half'])
    await rollcall.askText('{ __typename }', {}, { authorization: `Bearer ${secret}` });

  const reasons = rollcall.logged.map((line) => JSON.parse(line).reason);
  expect(reasons).toEqual(['the key old has expired', 'unknown key', 'ERR_JWT_EXPIRED', 'ERR_JWS_INVALID']);
  for (const secret of [old.key, unknown.key, late]) expect(rollcall.logged.join('')).not.toContain(secret);
});

test('a secret that is held is in no line, at any level and however it is spelt, until nobody holds it', () => {
  const { key } = createKey();
  const brought = 'CANARY-"brought\\by-a-caller';
  const lines: string[] = [];
  const redaction = createRedaction(['CANARY-service-key']);
  const log = createLogger('trace', redaction, { write: (line) => void lines.push(line) });
  const release = redaction.hold([key, brought]);
  const another = redaction.hold([brought]);

  log.trace({ deep: [{ header: brought, key }] }, `asked with ${brought}`);
  log.fatal(new Error(`CANARY-service-key and ${key}`));
  release();
  release();
  log.info(brought);
  another();

  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain('CANARY');
  expect(lines.join('')).not.toContain(key);
  expect(redaction.redact(brought)).toBe(brought);
});

test('a plugin that logs every header by mistake tells no key of a caller’s', async () => {
  const { key, hash } = createKey();
  const lines: string[] = [];
  const redaction = createRedaction([]);
  const log = createLogger('trace', redaction, { write: (line) => void lines.push(line) });
  const settings = resolveAccess(AccessShape.parse({ keys: [{ name: 'bot', hash, scopes: [] }] }), '127.0.0.1');
  const callers = useCaller(openAccess(settings, new Set(['horde']), log), redaction, log);
  const careless: Plugin = {
    onExecute: ({ args }) => log.info([...args.contextValue.request.headers], 'mistake'),
  };
  const yoga = createYoga({
    schema: createSchema({ typeDefs: 'type Query { a: Int }' }),
    plugins: [callers.plugin, careless],
    logging: false,
  });
  const headers = { 'content-type': 'application/json', 'x-source-key-horde': 'CANARY-own', authorization: `Bearer ${key}` };

  const response = await yoga.fetch('http://rollcall.test/graphql', { method: 'POST', headers, body: '{"query":"{ a }"}' });

  expect(response.status).toBe(200);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('x-source-key-horde');
  expect(lines[0]).not.toContain('CANARY');
  expect(lines[0]).not.toContain(key);
  expect(redaction.redact('CANARY-own')).toBe('CANARY-own');
});
