import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { print } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { communityConfig, startCommunity } from '../../src/twins/community.ts';
import { startRollcall } from '../app/rollcall.ts';
import { addressOf, ask, logOf, run, start, until } from '../cli/rollcall-process.ts';
import { MemberDocument } from '../operations/generated/graphql.ts';
import { hasRedis, noRedis, startRedis } from '../redis/redis-server.ts';
import { type Build, build } from './building.ts';

if (!hasRedis) console.warn(noRedis);

let built: Build;
beforeAll(async () => {
  built = await build();
}, 60_000);
afterAll(() => built?.[Symbol.asyncDispose]());

const checkedIn = readFile(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');

test('the built program answers a member as the sources do, by as many requests', async () => {
  await using rollcall = await startRollcall({ cache: false });
  const files = { 'rollcall.yaml': JSON.stringify({ ...communityConfig(rollcall.community), cache: { enabled: false } }) };
  await using server = await start(['serve'], { program: built.program, environment: { PORT: '0' }, files });
  const query = print(MemberDocument).replace('($id: ID!)', '').replace('$id', '"horde:101"');
  const expected = await rollcall.askText(query);
  const calls = rollcall.calls();

  const answer = await ask(await addressOf(server), query);

  expect(answer).toEqual({ data: expected.data });
  expect(answer.data).toMatchObject({ user: { username: 'ada#101', openWebUI: { email: 'ada@harbour.example' } } });
  expect(rollcall.calls()).toEqual(calls);
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);
});

test('its schema is the one that is checked in', async () => {
  const { code, stdout, stderr } = await run(['schema'], { program: built.program });

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(await checkedIn);
});

test('it is a command by itself, and says what it can do', async () => {
  const { stdout } = await promisify(execFile)(built.program, ['--help'], { env: { PATH: dirname(process.execPath) } });

  expect(stdout).toBe((await run(['--help'])).stdout);
});

test.for([
  ['the sources', (): string | undefined => undefined],
  ['the build', (): string | undefined => built.program],
] as const)(
  'GraphiQL from %s is loaded when somebody opens the page and not before, and sends nobody elsewhere',
  async ([, program]) => {
    const environment = { PORT: '0', NODE_OPTIONS: whenPageLoads("writeSync(1, 'page loaded\\n')") };
    await using server = await start(['serve'], { program: program(), environment });
    const address = await addressOf(server);
    const loadedAtStart = server.stdout().match(pageLoaded);

    const response = await fetch(address, { headers: { accept: 'text/html' } });
    const page = await response.text();

    expect(loadedAtStart).toBeNull();
    expect(response.status).toBe(200);
    expect(page).toContain('<title>Rollcall</title>');
    expect(page).toContain('.graphiql-tab { transform: none !important; }');
    expect(page.match(/<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["']?(?:https?:)?\/\/[^>]*>/gi)).toBeNull();
    expect(await until(server, () => server.stdout().match(pageLoaded) ?? undefined)).toHaveLength(1);
  },
);

test('a page that cannot be loaded is told by a sentence that says nothing of this machine', async () => {
  const environment = { PORT: '0', NODE_OPTIONS: whenPageLoads('throw new Error(url)') };
  await using server = await start(['serve'], { program: built.program, environment });

  const response = await fetch(await addressOf(server), { headers: { accept: 'text/html' } });

  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    errors: [{ message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  });
  await until(server, () => logOf(server).find(({ msg }) => msg === 'unexpected error'));
});

/** Has a process do something as it loads GraphiQL, of which `url` is the address. Nothing else that is loaded has so many bytes. */
function whenPageLoads(statement: string): string {
  const hooks = `
    import { writeSync } from 'node:fs';
    import { registerHooks } from 'node:module';
    registerHooks({
      load(url, context, next) {
        const loaded = next(url, context);
        if (loaded.source?.length > 5e6) ${statement};
        return loaded;
      },
    });`;
  return `--import=data:text/javascript,${encodeURIComponent(hooks)}`;
}

/** A line among those of the log, in their order. */
const pageLoaded = /^page loaded$/gm;

test('the built library leaves its user with one graphql', async () => {
  const printed = await built.runBeside(`
    import { createApp, kinds, parseConfig } from 'rollcall';
    import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
    const app = createApp(parseConfig({ log: { level: 'silent' }, sources: [{ id: 'horde', kind: 'AI_HORDE' }] }, kinds));
    if (!(app.schema instanceof GraphQLSchema)) throw new Error('There are two of them.');
    console.log(printSchema(lexicographicSortSchema(app.schema)));
    await app.close();
  `);

  expect(printed).toBe(await checkedIn);
});

test.skipIf(!hasRedis)('what the built program keeps in Redis is read by the sources of the same release', async () => {
  await using redis = await startRedis();
  await using twins = await startCommunity();
  const files = { 'rollcall.yaml': JSON.stringify({ ...communityConfig(twins), cache: { redis: { url: redis.url } } }) };
  const environment = { PORT: '0' };
  const query = '{ user(id: "horde:101") { kudos } }';
  await using one = await start(['serve'], { program: built.program, environment, files });
  await using other = await start(['serve'], { environment, files });
  for (const each of [one, other]) await until(each, () => logOf(each).find(({ msg }) => msg === 'the shared cache is in use'));

  const kept = await ask(await addressOf(one), query);
  await expect.poll(() => redis.redis().keys('*:account:*')).toHaveLength(1);
  twins.horde.forget();
  const found = await ask(await addressOf(other), query);

  expect(found).toEqual(kept);
  expect(found.data).toEqual({ user: { kudos: twins.horde.world.users.get(101)?.kudos } });
  expect(twins.horde.requests).toHaveLength(0);
});
