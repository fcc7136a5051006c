import { describe, expect, test } from 'vitest';
import { parseRedisUrl, secretsInRedisUrl } from '../../src/cache/redis/address.ts';
import { ConfigError, loadConfig } from '../../src/config.ts';
import { kinds } from '../../src/sources/registry.ts';

const load = (text: string, environment: NodeJS.ProcessEnv = {}) => loadConfig(text, environment, kinds);

function faultsOf(text: string, environment: NodeJS.ProcessEnv = {}): string[] {
  try {
    load(text, environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').slice(1);
  }
}

describe('the section cache.redis', () => {
  test('needs an address and nothing else', () => {
    expect(load('cache: { redis: { url: "redis://cache.example" } }').cache.redis).toEqual({
      url: 'redis://cache.example',
      prefix: 'rollcall',
      deadlineMs: 50,
    });
  });

  test('is not there unless somebody says so', () => {
    expect(load('').cache.redis).toBeUndefined();
  });

  test('is filled in from the environment', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the file that says so.
    const { redis } = load('cache: { redis: { url: "redis://:${REDIS_PASSWORD}@cache.example", prefix: "a:b" } }', {
      REDIS_PASSWORD: 'from-outside',
    }).cache;

    expect(redis).toMatchObject({ url: 'redis://:from-outside@cache.example', prefix: 'a:b' });
  });

  test.for([
    ['{}', 'cache.redis.url'],
    ['{ url: "https://cache.example" }', 'cache.redis.url'],
    ['{ url: "cache.example:6379" }', 'cache.redis.url'],
    ['{ url: "redis://" }', 'cache.redis.url'],
    ['{ url: "redis://a:se/cret@cache.example" }', 'cache.redis.url'],
    ['{ url: "redis://:se%cret@cache.example" }', 'cache.redis.url'],
    ['{ url: "redis://secret@cache.example" }', 'cache.redis.url'],
    ['{ url: "redis://:secret@cache.example?db=1" }', 'cache.redis.url'],
    ['{ url: "redis://:secret@cache.example/names" }', 'cache.redis.url'],
    ['{ url: "redis://:secret@cache.example", prefix: "a b" }', 'cache.redis.prefix'],
    ['{ url: "redis://:secret@cache.example", prefix: "" }', 'cache.redis.prefix'],
    ['{ url: "redis://:secret@cache.example", deadlineMs: 0 }', 'cache.redis.deadlineMs'],
    ['{ url: "redis://:secret@cache.example", password: secret }', 'cache.redis'],
  ] as const)('%s is refused by its key and without what it says', ([section, key]) => {
    const faults = faultsOf(`cache: { redis: ${section} }`);

    expect(faults).toEqual([expect.stringContaining(`- ${key}: `)]);
    expect(faults.join()).not.toMatch(/cret|cache\.example/);
  });
});

describe('the address of a Redis', () => {
  test.for([
    ['redis://cache.example', { host: 'cache.example', port: 6_379, db: 0, tls: false }],
    ['rediss://cache.example:7000/3', { host: 'cache.example', port: 7_000, db: 3, tls: true }],
    ['redis://[::1]:7000/', { host: '::1', port: 7_000, db: 0, tls: false }],
    ['redis://:p%40ss%2Fword@127.0.0.1', { host: '127.0.0.1', port: 6_379, db: 0, tls: false, password: 'p@ss/word' }],
    ['redis://ada:pass@h', { host: 'h', port: 6_379, db: 0, tls: false, username: 'ada', password: 'pass' }],
  ] as const)('%s is understood', ([text, expected]) => {
    expect(parseRedisUrl(text)).toEqual({ username: undefined, password: undefined, ...expected });
  });

  test('its password is a secret in both spellings', () => {
    expect(secretsInRedisUrl('redis://ada:p%40ss%2Fword@127.0.0.1')).toEqual(['p@ss/word', 'p%40ss%2Fword']);
    expect(secretsInRedisUrl('redis://127.0.0.1')).toEqual([]);
  });
});
