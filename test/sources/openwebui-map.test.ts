import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/facets.ts';
import { toDate, toIdentity, toOAuth, toPresence, toRole, toSettings } from '../../src/sources/openwebui/map.ts';
import { canonicalId } from '../../src/sources/openwebui/native-id.ts';
import { mask, maskJson, maskSettings } from '../../src/sources/openwebui/settings-mask.ts';

describe('secrets in settings', () => {
  const stored: JsonObject = {
    ui: {
      toolServers: [
        {
          url: 'https://ada:SECRET@tools.test/api?api_key=SECRET&page=2',
          auth_type: 'bearer',
          key: 'SECRET',
          headers: { 'x-anything': 'SECRET' },
          info: { name: 'Tools', oauth_client_info: 'SECRET' },
        },
      ],
      directConnections: { OPENAI_API_BASE_URLS: ['https://ada:SECRET@models.test/v1'], OPENAI_API_KEYS: ['SECRET', 'SECRET'] },
      notifications: { webhook_url: 'https://hooks.test/SECRET', enabled: true },
      audio: { tts: { engineConfig: { apiKey: 'SECRET' } } },
      system: 'My key is sk-0123456789abcdefSECRET0123456789.',
      num_keep: 24,
      max_tokens: 4096,
      keyboardShortcuts: { search: 'Ctrl+K' },
      hotkeys: ['a'],
      ctrlEnterToSend: true,
      showPassword: false,
    },
    notifications: { anything: 'https://hooks.test/SECRET' },
    customTopLevel: { password: 'SECRET', authorization: 'Bearer SECRET', accessToken: null },
  };

  test('the places that are known are masked, and whatever is named like a secret', () => {
    expect(maskSettings(stored)).toEqual({
      ui: {
        toolServers: [
          {
            url: `https://${mask}@tools.test/api?api_key=${mask}&page=2`,
            auth_type: 'bearer',
            key: mask,
            headers: mask,
            info: { name: 'Tools', oauth_client_info: mask },
          },
        ],
        directConnections: { OPENAI_API_BASE_URLS: [`https://${mask}@models.test/v1`], OPENAI_API_KEYS: mask },
        notifications: { webhook_url: mask, enabled: true },
        audio: { tts: { engineConfig: { apiKey: mask } } },
        system: `My key is ${mask}.`,
        num_keep: 24,
        max_tokens: 4096,
        keyboardShortcuts: { search: 'Ctrl+K' },
        hotkeys: ['a'],
        ctrlEnterToSend: true,
        showPassword: false,
      },
      notifications: mask,
      customTopLevel: { password: mask, authorization: mask, accessToken: null },
    });
  });

  test.for([
    'key',
    'apiKey',
    'API_KEYS',
    'x-api-key',
    'APIKey',
    'apikey',
    'client_secret',
    'clientSecret',
    'accessToken',
    'token',
    'refresh_tokens',
    'Password',
    'passwd',
    'credentials',
    'auth',
    'basicAuth',
    'Authorization',
    'oauth',
    'cookie',
    'webhook',
    'webhookUrl',
    'jwt',
    'private_key',
  ])('what is called %s is a secret', (name) => {
    for (const secret of ['SECRET', ['SECRET'], { inner: 'SECRET' }, 123456])
      expect(maskJson({ [name]: secret })).toEqual({ [name]: mask });
  });

  test.for([
    'num_keep',
    'hotkeys',
    'keyboard',
    'monkey',
    'max_tokens',
    'numTokens',
    'token_count',
    'auth_type',
    'autoTags',
    'title',
    'notificationSound',
    'authorName',
    'compass',
  ])('what is called %s is none', (name) => {
    for (const value of ['plain', ['plain'], { inner: 'plain' }, 7])
      expect(maskJson({ [name]: value })).toEqual({ [name]: value });
  });

  test('no secret comes through, wherever it lies', () => {
    const name = fc.constantFrom('key', 'apiKey', 'headers', 'webhook_url', 'password', 'OPENAI_API_KEYS', 'oauth_client_info');
    const place = fc.array(fc.constantFrom('ui', 'list', 'toolServers', 'x'), { maxLength: 6 });
    fc.assert(
      fc.property(name, place, (secretName, path) => {
        let value: JsonObject = { [secretName]: ['CANARY', { deeper: 'CANARY' }] };
        for (const step of path) value = step === 'list' ? { [step]: [value, 1] } : { [step]: value };
        expect(JSON.stringify(maskJson(value))).not.toContain('CANARY');
      }),
    );
  });

  test('nesting without end and texts made to be slow are got through quickly', () => {
    const deep = JSON.parse(`{"a":${'['.repeat(5_000)}"CANARY"${']'.repeat(5_000)}}`);
    const slow = ['://', '?a', '&', 'sk-', 'a://a', '@'].map((piece) => piece.repeat(200_000));
    const started = performance.now();

    const masked = JSON.stringify([maskJson(deep), maskJson({ slow, [`${'aA_'.repeat(50_000)}`]: 1 })]);

    expect(masked).not.toContain('CANARY');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('keys that mean something to JavaScript stay keys', () => {
    const hostile: JsonObject = JSON.parse('{"__proto__": {"a": 1}}');

    expect(JSON.stringify(maskJson(hostile))).toBe('{"__proto__":{"a":1}}');
  });

  test('settings that were never saved are null, and so is an interface part that is', () => {
    expect(toSettings(null)).toBeNull();
    expect(toSettings(undefined)).toBeNull();
    expect(toSettings({ ui: null, a: 1 })).toEqual({ all: { ui: null, a: 1 }, ui: null });
    expect(toSettings({ ui: { key: 'SECRET' } })).toEqual({ all: { ui: { key: mask } }, ui: { key: mask } });
  });
});

test.for([
  ['admin', 'ADMIN', true, false],
  ['user', 'USER', false, false],
  ['pending', 'PENDING', false, true],
  ['banned', 'BANNED', false, true],
  ['moderator', 'MODERATOR', false, true],
  ['Admin', 'UNKNOWN', false, true],
  ['constructor', 'UNKNOWN', false, true],
  ['', 'UNKNOWN', false, true],
] as const)('the role "%s" is %s', ([nativeRole, role, bypassesGrants, isShutOut]) => {
  expect(toRole(nativeRole)).toEqual({ role, nativeRole, bypassesGrants, isShutOut });
});

test('people go by their name, since nothing writes their username', () => {
  expect(toIdentity({ name: 'Mia', username: null })).toEqual({ username: 'Mia', displayName: 'Mia' });
  expect(toIdentity({ name: 'Mia', username: 'mia' })).toEqual({ username: 'mia', displayName: 'Mia' });
});

test('active means seen within 180 seconds by the server’s clock, both ends included', () => {
  const serverTime = new Date(1_000_000_000_000);

  expect(toPresence(1_000_000_000 - 180, serverTime)).toEqual({
    lastActiveAt: new Date(999_999_820_000),
    text: null,
    isActive: true,
  });
  expect(toPresence(1_000_000_000 - 181, serverTime).isActive).toBe(false);
  expect(toPresence(1_000_000_005, serverTime).isActive).toBe(true);
  expect(toPresence(null, serverTime)).toEqual({ lastActiveAt: null, text: null, isActive: null });
});

test('times are seconds, and a number that no calendar reaches is no time', () => {
  expect(toDate(4_102_444_800)).toEqual(new Date('2100-01-01T00:00:00Z'));
  expect(toDate(0)).toEqual(new Date(0));
  expect(toDate(1_795_279_349e9)).toBeNull();
  expect(toDate(null)).toBeNull();
});

test('of sign-in providers only the subject is told', () => {
  const oauth = { google: { sub: '1', access_token: 'SECRET' }, github: { sub: 2 }, odd: 'SECRET', empty: {} };

  expect(toOAuth(oauth)).toEqual([
    { provider: 'google', subject: '1' },
    { provider: 'github', subject: '2' },
  ]);
  expect(toOAuth(null)).toEqual([]);
});

test.for([
  ['A1D00001-0000-4000-8000-000000000001', 'a1d00001-0000-4000-8000-000000000001'],
  ['unknown-id', 'unknown-id'],
  ['Mia_7', 'Mia_7'],
  ['all', null],
  ['search', null],
  ['active', null],
  ['groups', null],
  ['permissions', null],
  ['default', null],
  ['user', null],
  ['usage', null],
  ['shared-0f3b', null],
  ['', null],
  ['.', null],
  ['..', null],
  ['a/b', null],
  ['a%2fb', null],
  ['a b', null],
  ['mïa', null],
  ['x'.repeat(65), null],
] as const)('the id "%s" is asked for as %s', ([text, expected]) => {
  expect(canonicalId(text)).toBe(expected);
});
