import { describe, expect, test } from 'vitest';
import { castHere } from '../../src/twins/openwebui/cast-accounts.ts';
import { type OpenWebUITwin, openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { primaryAdminId, seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { ask } from '../fixtures/open-webui/ask.ts';

const prohibited = 'You do not have permission to access this resource. Please contact your administrator for assistance.';
const idOf = (alias: string): string => castHere.find((member) => member.alias === alias)?.id ?? '';
const tokenOf = (twin: OpenWebUITwin, alias: string): string => twin.keys.tokenOf(idOf(alias)) ?? '';
const keyOf = (twin: OpenWebUITwin, alias: string): string => twin.keys.of(idOf(alias)) ?? '';

describe('who is refused what', () => {
  test('a role too low is 401, told from nobody only by its text', async () => {
    await using twin = await openWebUITwin();

    const asNobody = await ask(twin, null, '/api/v1/users/');
    const asUser = await ask(twin, tokenOf(twin, 'bao'), '/api/v1/users/');

    expect([asNobody.status, asNobody.body]).toEqual([401, { detail: 'Not authenticated' }]);
    expect([asUser.status, asUser.body]).toEqual([401, { detail: prohibited }]);
    expect(asNobody.headers.has('www-authenticate')).toBe(false);
  });

  test.each(['gus', 'hex'])(
    '%s, pending or of an unknown role, sees the session and nothing that needs a verified user',
    async (alias) => {
      await using twin = await openWebUITwin();

      const session = await ask(twin, tokenOf(twin, alias), '/api/v1/auths/');
      const search = await ask(twin, tokenOf(twin, alias), '/api/v1/users/search');

      expect(session).toMatchObject({
        status: 200,
        body: { role: alias === 'gus' ? 'pending' : 'banned', permissions: { chat: {} } },
      });
      expect([search.status, search.body]).toEqual([401, { detail: prohibited }]);
    },
  );

  test('a role takes effect at once', async () => {
    await using twin = await openWebUITwin();
    const token = tokenOf(twin, 'gus');

    twin.world.users.change(idOf('gus'), { role: 'admin' });

    expect((await ask(twin, token, '/api/v1/users/')).status).toBe(200);
  });

  test('a stranger is refused before the body is looked at', async () => {
    await using twin = await openWebUITwin();

    const answer = await ask(twin, null, '/api/v1/groups/create', { body: 'nonsense' });

    expect(answer.status).toBe(401);
  });

  test('a token that has run out, is no token, or was signed elsewhere, is unauthorized', async () => {
    let now = 1_800_000_000_000;
    await using twin = await openWebUITwin({ now: () => now });
    await using other = await openWebUITwin({ now: () => now, seed: 2 });
    const old = tokenOf(twin, 'bao');
    now += 29 * 86_400_000;

    for (const bad of [old, tokenOf(other, 'bao'), 'a.b.c'])
      expect(await ask(twin, bad, '/api/v1/auths/')).toMatchObject({ status: 401, body: { detail: '401 Unauthorized' } });
    expect((await ask(twin, tokenOf(twin, 'bao'), '/api/v1/auths/')).status).toBe(200);
  });
});

describe('where a credential may stand', () => {
  test('the scheme word may be written in any case', async () => {
    await using twin = await openWebUITwin();
    const headers = { authorization: `bEARER ${twin.keys.adminToken}` };

    expect((await ask(twin, null, '/api/v1/users/', { headers })).status).toBe(200);
  });

  test('the cookie counts, and so does the key header since 0.8.5', async () => {
    await using older = await openWebUITwin({ release: '0.8.4' });
    await using newer = await openWebUITwin({ release: '0.8.5' });
    const byCookie = { cookie: `a=b; token=${newer.keys.adminToken}` };

    expect((await ask(newer, null, '/api/v1/users/', { headers: byCookie })).status).toBe(200);
    expect((await ask(newer, null, '/api/v1/users/', { headers: { 'x-api-key': newer.keys.admin } })).status).toBe(200);
    expect((await ask(older, null, '/api/v1/users/', { headers: { 'x-api-key': older.keys.admin } })).status).toBe(401);
  });

  test.each([
    ['0.6.42', 'Basic YWRh', 401, { detail: 'Not authenticated' }],
    ['0.11.0', 'Basic YWRh', 401, { detail: '401 Unauthorized' }],
    ['0.6.42', 'Bearer', 500, 'Internal Server Error'],
    ['0.11.0', 'Bearer one two', 401, { detail: '401 Unauthorized' }],
  ] as const)('%s meets "%s" with %d', async (release, authorization, status, body) => {
    await using twin = await openWebUITwin({ release });

    const answer = await ask(twin, null, '/api/v1/users/', { headers: { authorization } });

    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  test('the session by cookie alone fails before 0.9.2', async () => {
    await using older = await openWebUITwin({ release: '0.9.0' });
    await using newer = await openWebUITwin({ release: '0.9.2' });

    for (const [twin, status] of [
      [older, 500],
      [newer, 200],
    ] as const)
      expect((await ask(twin, null, '/api/v1/auths/', { headers: { cookie: `token=${twin.keys.adminToken}` } })).status).toBe(
        status,
      );
  });
});

describe('API keys', () => {
  test('pass the gates in order: switch, key, permission, path', async () => {
    await using twin = await openWebUITwin();
    const { config, defaultPermissions } = twin.world;
    const key = keyOf(twin, 'bao');
    const askAs = async (credential: string) => (await ask(twin, credential, '/api/v1/auths/')).body;

    expect(await askAs(key)).toMatchObject({ token: key, expires_at: null });
    Object.assign(config, {
      ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS: true,
      API_KEYS_ALLOWED_ENDPOINTS: '/api/v1/users, /api/models',
    });
    expect(await askAs(key)).toEqual({ detail: prohibited });
    expect((await ask(twin, key, '/api/v1/users/permissions')).status).toBe(200);
    twin.world.groups.leaveAll(idOf('bao'));
    expect(await askAs(key)).toEqual({ detail: 'Use of API key is not enabled in the environment.' });
    expect(await askAs('sk-unknown')).toMatchObject({ detail: expect.stringContaining('session has expired') });
    config.ENABLE_API_KEYS = false;
    expect(await askAs('sk-unknown')).toEqual({ detail: 'Use of API key is not enabled in the environment.' });
    expect(defaultPermissions).toMatchObject({ features: { api_keys: false } });
  });

  test('before 0.9 a key is held to its paths even where nobody need sign in', async () => {
    await using older = await openWebUITwin({ release: '0.6.42' });
    await using newer = await openWebUITwin({ release: '0.9.0' });
    for (const twin of [older, newer]) twin.world.config.ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS = true;

    expect(await ask(older, older.keys.admin, '/health')).toMatchObject({
      status: 403,
      body: { detail: 'API key not allowed to access this endpoint.' },
    });
    expect((await ask(newer, newer.keys.admin, '/health')).status).toBe(200);
  });

  test('an admin without the permission mints one since 0.8.11, and a user without it never', async () => {
    await using older = await openWebUITwin({ release: '0.8.10' });
    await using newer = await openWebUITwin({ release: '0.8.11' });
    const mint = async (twin: OpenWebUITwin, id: string): Promise<number> => {
      twin.world.groups.leaveAll(id);
      return (await ask(twin, twin.keys.tokenOf(id) ?? '', '/api/v1/auths/api_key', { method: 'POST' })).status;
    };

    expect(await mint(older, primaryAdminId)).toBe(403);
    expect(await mint(newer, primaryAdminId)).toBe(200);
    expect(await mint(newer, idOf('bao'))).toBe(403);
  });

  test('of an admin need no permission to be used', async () => {
    await using twin = await openWebUITwin({ release: '0.6.42' });
    twin.world.groups.leaveAll(primaryAdminId);

    expect((await ask(twin, twin.keys.admin, '/api/v1/users/')).status).toBe(200);
  });

  test('a new key replaces the former, and deleting one that is not there succeeds', async () => {
    await using twin = await openWebUITwin();
    const [token, former] = [tokenOf(twin, 'bao'), keyOf(twin, 'bao')];

    const { body } = await ask(twin, token, '/api/v1/auths/api_key', { method: 'POST' });

    expect(body).toEqual({ api_key: expect.stringMatching(/^sk-[0-9a-f]{32}$/) });
    expect((await ask(twin, former, '/api/v1/auths/')).status).toBe(401);
    for (let twice = 0; twice < 2; twice++)
      expect((await ask(twin, token, '/api/v1/auths/api_key', { method: 'DELETE' })).body).toBe(true);
    expect((await ask(twin, token, '/api/v1/auths/api_key')).status).toBe(404);
  });

  test('reading one needs the permission since 0.10', async () => {
    await using older = await openWebUITwin({ release: '0.9.6' });
    await using newer = await openWebUITwin({ release: '0.10.0' });

    expect((await ask(older, tokenOf(older, 'fumiko'), '/api/v1/auths/api_key')).status).toBe(404);
    expect((await ask(newer, tokenOf(newer, 'fumiko'), '/api/v1/auths/api_key')).status).toBe(403);
  });

  test('are nobody to the public configuration', async () => {
    await using twin = await openWebUITwin();

    expect((await ask(twin, twin.keys.admin, '/api/config')).body).not.toHaveProperty('permissions');
    expect((await ask(twin, twin.keys.adminToken, '/api/config')).body).toMatchObject({
      permissions: twin.world.defaultPermissions,
    });
  });

  test('stand ready for everybody who may use one', async () => {
    await using twin = await openWebUITwin();

    expect(twin.keys.admin).toBe(twin.keys.of(primaryAdminId));
    expect(castHere.filter((member) => twin.keys.of(member.id)).map((member) => member.alias)).toEqual([
      'ada',
      'bao',
      'chidi',
      'gus',
    ]);
  });
});

describe('signing in', () => {
  test('gives a token with an end, and sets the cookie', async () => {
    await using twin = await openWebUITwin({ now: () => 1_800_000_000_000 });

    const answer = await ask(twin, null, '/api/v1/auths/signin', {
      body: { email: 'BAO@harbour.example', password: seededPassword },
    });

    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_at: 1_800_000_000 + 28 * 86_400 } });
    expect(answer.headers.get('set-cookie')).toMatch(/^token=.*HttpOnly.*SameSite=lax$/);
  });

  test('is refused after fifteen tries in three minutes, right ones counted, without a word when to come back', async () => {
    let now = 1_800_000_000_000;
    await using twin = await openWebUITwin({ now: () => now });
    const attempt = () =>
      ask(twin, null, '/api/v1/auths/signin', { body: { email: 'bao@harbour.example', password: seededPassword } });
    for (let tries = 0; tries < 15; tries++) expect((await attempt()).status).toBe(200);

    const refused = await attempt();
    now += 181_000;

    expect(refused).toMatchObject({ status: 429, body: { detail: 'API rate limit exceeded' } });
    expect(refused.headers.has('retry-after')).toBe(false);
    expect((await attempt()).status).toBe(200);
  });

  test('is not limited when limits are off', async () => {
    await using twin = await openWebUITwin({ limits: false });
    const body = { email: 'bao@harbour.example', password: 'no' };

    for (let tries = 0; tries < 20; tries++) expect((await ask(twin, null, '/api/v1/auths/signin', { body })).status).toBe(400);
  });

  test('by a closed door is refused, by an open one gives the configured role', async () => {
    await using twin = await openWebUITwin();
    const body = { name: 'Late', email: 'Late@Crowd.example', password: 'x' };

    expect((await ask(twin, null, '/api/v1/auths/signup', { body })).status).toBe(403);
    twin.world.config.ENABLE_SIGNUP = true;
    expect(await ask(twin, null, '/api/v1/auths/signup', { body })).toMatchObject({
      status: 200,
      body: { role: 'pending', email: 'late@crowd.example' },
    });
    expect((await ask(twin, null, '/api/v1/auths/signup', { body })).status).toBe(400);
  });

  test('ends by GET before 0.9.5 and by POST since; the GET then shows a page and does nothing', async () => {
    await using older = await openWebUITwin({ release: '0.9.0' });
    await using newer = await openWebUITwin({ release: '0.9.5' });

    expect((await ask(older, older.keys.adminToken, '/api/v1/auths/signout')).headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await ask(newer, newer.keys.adminToken, '/api/v1/auths/signout')).toMatchObject({
      status: 200,
      type: expect.stringContaining('html'),
    });
    expect((await ask(newer, newer.keys.adminToken, '/api/v1/auths/signout', { method: 'POST' })).body).toEqual({ status: true });
  });
});
