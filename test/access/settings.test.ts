import { expect, test } from 'vitest';
import { whyNotServe } from '../../src/access/exposure.ts';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { formatScope } from '../../src/access/scopes.ts';
import { parseConfig } from '../../src/config.ts';
import { kinds } from '../../src/sources/registry.ts';

const sources = [
  { id: 'horde', kind: 'AI_HORDE' },
  { id: 'webui', kind: 'OPEN_WEBUI', url: 'http://127.0.0.1:3000' },
];
const { hash } = createKey();
const bot = { name: 'bot', hash, scopes: ['read'] };
const jwt = { issuer: 'https://sign-in.example', audience: 'rollcall', jwks: 'https://sign-in.example/jwks.json' };

const configure = (access?: object, host = '127.0.0.1') =>
  parseConfig({ sources, server: { host }, ...(access === undefined ? {} : { access }) }, kinds);

const everything = ['read', 'read:private', 'read:privileged', 'write', 'write:admin'];

test.for([
  ['nothing is said, on loopback', undefined, '127.0.0.1', everything],
  ['nothing is said, on localhost', undefined, 'localhost', everything],
  ['nothing is said of who may do what', { allowAnonymous: false }, '::1', everything],
  ['nothing is said, beyond loopback', undefined, '0.0.0.0', []],
  ['anonymous callers are meant beyond loopback', { allowAnonymous: true }, '0.0.0.0', []],
  ['there are keys', { keys: [bot] }, '127.0.0.1', []],
  ['the last key is gone', { keys: [] }, '127.0.0.1', []],
  ['there is a keys file', { keysFile: 'keys.yaml' }, '127.0.0.1', []],
  ['there are tokens', { jwt }, '127.0.0.1', []],
  ['it is said', { keys: [bot], anonymous: ['read', 'read:private@webui'] }, '0.0.0.0', ['read', 'read:private@webui']],
  ['it is said to be nothing', { anonymous: [] }, '127.0.0.1', []],
] as const)('what anonymous callers may do when %s', ([, access, host, scopes]) => {
  expect(configure(access, host).access.anonymous.map(formatScope)).toEqual(scopes);
});

test.for(['127.0.0.1', '127.255.255.254', '::1', 'localhost'])('%s is this machine, where anybody may be served', (host) => {
  expect(whyNotServe(host, configure(undefined, host).access)).toBeNull();
});

test.for(['0.0.0.0', '::', '10.0.0.1', '128.0.0.1', '::ffff:10.0.0.1', 'rollcall.example', 'localhost.example', '127.example'])(
  '%s may be reached by others, so callers must be known',
  (host) => {
    expect(whyNotServe(host, configure(undefined, host).access)).toContain(`does not listen on ${host},`);
    for (const access of [{ keys: [bot] }, { keysFile: 'keys.yaml' }, { jwt }, { allowAnonymous: true }])
      expect(whyNotServe(host, configure(access, host).access)).toBeNull();
    for (const access of [{}, { keys: [] }, { anonymous: ['read'] }, { allowAnonymous: false }])
      expect(whyNotServe(host, configure(access, host).access)).not.toBeNull();
  },
);

test('what is left out of the token settings has the careful default', () => {
  expect(configure({ jwt }).access.jwt).toEqual({
    issuer: 'https://sign-in.example',
    audience: ['rollcall'],
    jwks: { at: 'address', url: new URL('https://sign-in.example/jwks.json') },
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    scopesClaim: 'scope',
    accounts: [],
    clockToleranceSeconds: 30,
  });
});

const key = createKey().key;

test.for([
  ['a scope nobody knows', { anonymous: ['raed'] }, 'access.anonymous.0: must be one of read, read:private'],
  ['a scope on a source that is not there', { anonymous: ['read@nowhere'] }, 'access.anonymous: no source is called "nowhere"'],
  [
    'a key’s scope on such a source',
    { keys: [{ ...bot, scopes: ['read@nowhere'] }] },
    'access.keys: bot: no source is called "nowhere"',
  ],
  [
    'a key’s source that is not there',
    { keys: [{ ...bot, sources: ['nowhere'] }] },
    'access.keys: bot: no source is called "nowhere"',
  ],
  ['a key narrowed to nothing', { keys: [{ ...bot, sources: [] }] }, 'access.keys.0.sources: must name a source'],
  [
    'a key in place of its hash',
    { keys: [{ ...bot, hash: key }] },
    'access.keys.0.hash: must be what `rollcall keys create` printed',
  ],
  ['a key as a name', { keys: [{ ...bot, name: `${key} is mine` }] }, 'access.keys.0.name: must be up to 60 letters'],
  ['two keys of one name', { keys: [bot, { ...bot, hash: createKey().hash }] }, 'access.keys: two keys are called "bot"'],
  ['two names for one key', { keys: [bot, { ...bot, name: 'page' }] }, 'access.keys: the hash of "page" is that of another key'],
  ['a day that is none', { keys: [{ ...bot, expires: '2027-02-30' }] }, 'access.keys.0.expires: must be a day such as'],
  ['an unknown word', { key: [bot] }, 'access: unknown "key"'],
  ['a shared secret’s algorithm', { jwt: { ...jwt, algorithms: ['HS256'] } }, 'access.jwt.algorithms.0: '],
  ['no algorithm at all', { jwt: { ...jwt, algorithms: ['none'] } }, 'access.jwt.algorithms.0: '],
  ['an empty list of algorithms', { jwt: { ...jwt, algorithms: [] } }, 'access.jwt.algorithms: '],
  ['no issuer', { jwt: { ...jwt, issuer: '' } }, 'access.jwt.issuer: '],
  ['no audience', { jwt: { ...jwt, audience: [] } }, 'access.jwt.audience: '],
  [
    'keys over plain http',
    { jwt: { ...jwt, jwks: 'http://sign-in.example/jwks.json' } },
    'access.jwt.jwks: must be an https address',
  ],
  [
    'keys over http to a host that only sounds near',
    { jwt: { ...jwt, jwks: 'http://127.0.0.1.example/k' } },
    'must be an https address',
  ],
  [
    'accounts that are no mapping',
    { jwt: { ...jwt, accounts: 'sub' } },
    'access.jwt.accounts: must be {claim} or {claim, source}',
  ],
  [
    'accounts on no source',
    { jwt: { ...jwt, accounts: { claim: 'a', source: 'nowhere' } } },
    'accounts.0.source: no source is called "nowhere"',
  ],
] as const)('%s is told by the place where it stands, and no key is quoted', ([, access, fault]) => {
  const told = faultsOf(access);

  expect(told).toContain(fault);
  expect(told).not.toContain(key);
});

function faultsOf(access: object): string {
  try {
    configure(access);
  } catch (error) {
    return String(error);
  }
  return 'no fault';
}

test('keys at loopback may come over plain http', () => {
  for (const address of ['http://127.0.0.1:9000/jwks', 'http://[::1]:9000/jwks', 'http://localhost/jwks'])
    expect(configure({ jwt: { ...jwt, jwks: address } }).access.jwt?.jwks).toEqual({ at: 'address', url: new URL(address) });
});
