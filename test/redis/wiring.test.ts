import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { kinds } from '../../src/sources/registry.ts';
import { addressOf, logOf, run, start, until } from '../cli/rollcall-process.ts';
import { hasRedis, noRedis, startRedis } from './redis-server.ts';

if (!hasRedis) console.warn(noRedis);

const root = new URL('../../', import.meta.url);

test('the library is loaded by whoever opens a shared cache, and not before', async () => {
  const script = `
    import { createRequire } from 'node:module';
    import { openRedisLevel } from './src/cache/redis/level.ts';
    const { cache } = createRequire(import.meta.url);
    const tell = () => console.log(Object.keys(cache).some((path) => path.includes('ioredis')));
    const log = { info() {}, warn() {} };
    tell();
    const level = openRedisLevel({ url: 'redis://127.0.0.1:1', prefix: 'test', deadlineMs: 50, sources: [], log });
    await level.close();
    tell();
  `;

  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });

  expect(stdout.trim().split('\n')).toEqual(['false', 'true']);
});

describe.skipIf(!hasRedis)('a Rollcall with a Redis', () => {
  test('opens its connections with the app and ends them with it', async () => {
    await using server = await startRedis();
    const clients = async (): Promise<number> => ((await server.redis().client('LIST')) as string).trim().split('\n').length - 1;
    const config = parseConfig({ log: { level: 'silent' }, cache: { redis: { url: server.url } } }, kinds);

    const app = createApp(config);
    await expect.poll(clients).toBe(2);
    await app.close();

    await expect.poll(clients).toBe(0);
  });

  test('says in its log how things stand, and in its whole life neither password nor address', async () => {
    await using server = await startRedis({ password: 'canary_password' });
    const files = { 'rollcall.yaml': `cache: { redis: { url: "${server.url}" } }\n` };
    await server.kill();
    await using rollcall = await start(['serve'], { environment: { PORT: '0', LOG_LEVEL: 'trace' }, files });

    await until(rollcall, () => logOf(rollcall).find(({ msg }) => msg === 'the shared cache is away, going on without it'));
    await server.restart();
    await until(rollcall, () => logOf(rollcall).find(({ msg }) => msg === 'the shared cache is back'));
    // Whatever brings it into a line, it does not pass.
    await fetch(await addressOf(rollcall), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'query canary_password { __typename }', operationName: 'canary_password' }),
    });
    rollcall.signal('SIGTERM');

    expect(await rollcall.exited).toBe(0);
    expect(logOf(rollcall)).toContainEqual(expect.objectContaining({ msg: 'operation', operation: '[redacted]' }));
    for (const secret of ['canary', 'redis://', `:${server.port}`, 'ECONNREFUSED']) {
      expect(rollcall.stdout() + rollcall.stderr()).not.toContain(secret);
    }
    // A whole process has to start, and finds Redis again within seconds.
  }, 60_000);

  test('refuses an address that is none before it starts, without telling it', async () => {
    const files = { 'rollcall.yaml': 'cache: { redis: { url: "http://:canary@cache.example" } }\n' };

    const { code, stdout, stderr } = await run(['serve'], { files });

    expect(code).toBe(2);
    expect(stderr).toContain('cache.redis.url: must be redis://');
    expect(stdout + stderr).not.toContain('canary');
  }, 60_000);
});
