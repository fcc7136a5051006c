import { describe, expect, test } from 'vitest';
import { castHere } from '../../src/twins/openwebui/cast-accounts.ts';
import { type OpenWebUITwin, openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { primaryAdminId, seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { ask } from '../fixtures/open-webui/ask.ts';

const idOf = (alias: string): string => castHere.find((member) => member.alias === alias)?.id ?? '';
const tokenOf = (twin: OpenWebUITwin, alias: string): string => twin.keys.tokenOf(idOf(alias)) ?? '';
const notFound = { detail: "We could not find what you're looking for :/" };
const restricted = { detail: 'The requested action has been restricted as a security measure.' };

describe('an admin changing a user', () => {
  const update = (twin: OpenWebUITwin, id: string, body: unknown, as = twin.keys.admin) =>
    ask(twin, as, `/api/v1/users/${id}/update`, { body });
  const whole = { role: 'user', name: 'Bao', email: 'BAO@harbour.example', profile_image_url: '/user.png' };

  test('must send all four fields before 0.9, any of them since', async () => {
    await using older = await openWebUITwin({ release: '0.8.11' });
    await using newer = await openWebUITwin({ release: '0.9.0' });
    const refused = await update(older, idOf('bao'), { name: 'B' });

    expect(refused).toMatchObject({ status: 422, body: { detail: [{ type: 'missing', loc: ['body', 'role'] }, {}, {}] } });
    expect(await update(newer, idOf('bao'), { name: 'B', role: null })).toMatchObject({
      status: 200,
      body: { name: 'B', role: 'user', email: 'bao@harbour.example' },
    });
  });

  test('may store any role and any address, lower-cased, but not one that is taken', async () => {
    await using twin = await openWebUITwin();

    expect(await update(twin, idOf('bao'), { role: 'captain', email: 'NOT AN ADDRESS' })).toMatchObject({
      body: { role: 'captain', email: 'not an address' },
    });
    expect(await update(twin, idOf('bao'), { email: 'ADA@harbour.example' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('already registered') },
    });
  });

  test('is told of unknown ids with 400, of unsafe pictures with 422 since 0.8', async () => {
    await using older = await openWebUITwin({ release: '0.7.0' });
    await using newer = await openWebUITwin({ release: '0.8.0' });
    const unsafe = { ...whole, profile_image_url: 'javascript:alert(1)' };

    expect(await update(newer, 'nobody', whole)).toMatchObject({ status: 400, body: notFound });
    expect((await update(older, idOf('bao'), unsafe)).status).toBe(200);
    expect(await update(newer, idOf('bao'), unsafe)).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'value_error', loc: ['body', 'profile_image_url'], ctx: { error: {} } }] },
    });
  });

  test('never moves updated_at', async () => {
    await using twin = await openWebUITwin();
    const before = twin.world.users.get(idOf('bao'))?.created_at;

    expect((await update(twin, idOf('bao'), { name: 'B' })).body).toMatchObject({ created_at: before, updated_at: before });
  });

  test('gives a new password, of 72 bytes at most', async () => {
    await using twin = await openWebUITwin();
    const signIn = async (password: string) =>
      (await ask(twin, null, '/api/v1/auths/signin', { body: { email: 'bao@harbour.example', password } })).status;

    expect((await update(twin, idOf('bao'), { password: 'ü'.repeat(37) })).status).toBe(400);
    expect((await update(twin, idOf('bao'), { password: 'ü'.repeat(36) })).status).toBe(200);
    expect(await signIn(seededPassword)).toBe(400);
    expect(await signIn('ü'.repeat(36))).toBe(200);
  });

  test.each([
    ['0.9.0', 500, { detail: 'Could not verify primary admin status.' }],
    ['0.9.2', 403, restricted],
  ] as const)('cannot touch the primary admin, which %s says with %d', async (release, status, body) => {
    await using twin = await openWebUITwin({ release });
    const ada = tokenOf(twin, 'ada');

    const changed = await update(twin, primaryAdminId, whole, ada);
    const deleted = await ask(twin, ada, `/api/v1/users/${primaryAdminId}`, { method: 'DELETE' });
    const demoted = await update(twin, primaryAdminId, { ...whole, email: 'x@y.z' });

    for (const answer of [changed, deleted, demoted]) expect([answer.status, answer.body]).toEqual([status, body]);
  });

  test('may delete anybody but themselves, and nobody with the same success', async () => {
    await using twin = await openWebUITwin();
    const token = tokenOf(twin, 'bao');
    const remove = (id: string) => ask(twin, tokenOf(twin, 'ada'), `/api/v1/users/${id}`, { method: 'DELETE' });

    expect((await remove(idOf('ada'))).body).toEqual(restricted);
    expect(await remove('nobody')).toMatchObject({ status: 200, body: true });
    expect(await remove(idOf('bao'))).toMatchObject({ status: 200, body: true });
    expect((await ask(twin, token, '/api/v1/auths/')).body).toMatchObject({
      detail: expect.stringContaining('session has expired'),
    });
    expect(twin.world.groups.groupsOf(idOf('bao'))).toEqual([]);
  });

  test('the earliest account is the primary admin, whoever that is', async () => {
    await using twin = await openWebUITwin();
    twin.world.users.change(idOf('bao'), { created_at: 1 });

    expect((await update(twin, primaryAdminId, { name: 'Free' }, tokenOf(twin, 'ada'))).status).toBe(200);
    expect((await update(twin, idOf('bao'), { name: 'Bound' })).status).toBe(403);
  });
});

describe('an admin adding a user', () => {
  const add = (twin: OpenWebUITwin, body: unknown) =>
    ask<{ id: string; token: string }>(twin, twin.keys.admin, '/api/v1/auths/add', { body });
  const someone = { name: '', email: 'New@harbour.example', password: '' };

  test('gets a token for them, which never ends before 0.9', async () => {
    await using older = await openWebUITwin({ release: '0.8.0' });
    await using newer = await openWebUITwin({ release: '0.9.0' });
    for (const [twin, expires_at] of [
      [older, null],
      [newer, expect.any(Number)],
    ] as const) {
      const { body } = await add(twin, someone);
      expect(body).toMatchObject({ role: 'pending', email: 'new@harbour.example' });
      expect((await ask(twin, body.token, '/api/v1/auths/')).body).toMatchObject({ expires_at });
    }
  });

  test('may give any role but null', async () => {
    await using twin = await openWebUITwin();

    expect((await add(twin, { ...someone, role: 'stowaway' })).body).toMatchObject({ role: 'stowaway' });
    expect((await add(twin, { ...someone, email: 'o@p.q', role: null })).status).toBe(500);
  });

  test.each([
    ['0.6.42', 500],
    ['0.11.0', 400],
  ] as const)('%s answers a password over 72 bytes with %d', async (release, status) => {
    await using twin = await openWebUITwin({ release });

    expect((await add(twin, { ...someone, password: 'x'.repeat(73) })).status).toBe(status);
  });

  test('is refused an address that is none, or taken in another case', async () => {
    await using twin = await openWebUITwin();

    expect((await add(twin, { ...someone, email: 'nowhere' })).status).toBe(400);
    expect((await add(twin, { ...someone, email: 'BAO@HARBOUR.EXAMPLE' })).status).toBe(400);
  });

  test('makes somebody who is active for three minutes and in the default group', async () => {
    await using twin = await openWebUITwin();
    const groupId = twin.world.groups.all()[0]?.id ?? '';
    twin.world.config.DEFAULT_GROUP_ID = groupId;
    const { id } = (await add(twin, someone)).body;

    expect((await ask(twin, twin.keys.admin, `/api/v1/users/${id}`)).body).toMatchObject({
      is_active: true,
      groups: [{ id: groupId }],
    });
  });
});

describe('settings', () => {
  const save = (twin: OpenWebUITwin, alias: string, body: unknown) =>
    ask(twin, tokenOf(twin, alias), '/api/v1/users/user/settings/update', { body });

  test('are merged at the top level only, and `ui` is wiped when left out', async () => {
    await using twin = await openWebUITwin();
    const model_order = twin.world.users.get(idOf('ada'))?.settings?.model_order;

    expect((await save(twin, 'ada', { ui: { chatBubble: true } })).body).toEqual({ ui: { chatBubble: true }, model_order });
    expect((await save(twin, 'ada', { mine: 1 })).body).toEqual({ ui: {}, mine: 1, model_order });
    expect((await ask(twin, tokenOf(twin, 'ada'), '/api/v1/users/user/settings')).body).toEqual({ ui: {}, mine: 1, model_order });
  });

  test('lose their tool servers when saved by somebody who may not have them', async () => {
    await using twin = await openWebUITwin({ release: '0.7.0' });
    const ui = { toolServers: [{ key: 'k' }], notifications: { webhook_url: 'https://h' } };

    expect((await save(twin, 'bao', { ui })).body).toMatchObject({ ui: { notifications: { webhook_url: 'https://h' } } });
    expect(twin.world.users.get(idOf('bao'))?.settings).not.toHaveProperty('ui.toolServers');
    expect((await save(twin, 'ada', { ui })).body).toMatchObject({ ui });
  });

  test('lose their webhook too since 0.11', async () => {
    await using twin = await openWebUITwin();
    const notifications = { webhook_url: 'https://h', quiet: true };

    expect((await save(twin, 'bao', { ui: { notifications }, notifications })).body).toEqual({
      ui: { notifications: { quiet: true } },
      model_order: expect.any(Array),
    });
  });

  test('need their own permission since 0.10, of everybody but admins', async () => {
    await using older = await openWebUITwin({ release: '0.9.6' });
    await using newer = await openWebUITwin({ release: '0.10.0' });
    for (const twin of [older, newer]) twin.world.defaultPermissions = { settings: { interface: false } };

    expect((await save(older, 'bao', { ui: {} })).status).toBe(200);
    expect((await save(newer, 'bao', { ui: {} })).status).toBe(403);
    expect((await save(newer, 'ada', { ui: {} })).status).toBe(200);
  });

  test.each([
    ['0.6.42', 500],
    ['0.11.0', 200],
  ] as const)('%s meets `ui: null` with %d', async (release, status) => {
    await using twin = await openWebUITwin({ release });

    expect((await save(twin, 'bao', { ui: null })).status).toBe(status);
  });
});

describe('what a user changes about themselves', () => {
  test('the profile is overwritten whole: what is not sent becomes null', async () => {
    await using twin = await openWebUITwin();
    const body = { name: 'Bao', profile_image_url: '/user.png' };

    expect((await ask(twin, tokenOf(twin, 'bao'), '/api/v1/auths/update/profile', { body })).status).toBe(200);
    expect(twin.world.users.get(idOf('bao'))).toMatchObject({ name: 'Bao', bio: null, gender: null, date_of_birth: null });
  });

  test('a status cannot be cleared with null, and is answered with the whole record', async () => {
    await using twin = await openWebUITwin();
    const update = (body: unknown) => ask(twin, tokenOf(twin, 'bao'), '/api/v1/users/user/status/update', { body });

    expect((await update({ status_emoji: null, status_message: '' })).body).toMatchObject({
      status_emoji: '🛟',
      status_message: '',
      settings: {},
    });
    expect((await update({ status_expires_at: '12' })).body).toMatchObject({ status_expires_at: 12 });
    expect((await update({ status_expires_at: 1.5 })).body).toMatchObject({ detail: [{ type: 'int_from_float' }] });
  });

  test('the status can be switched off since 0.7', async () => {
    await using older = await openWebUITwin({ release: '0.6.42' });
    await using newer = await openWebUITwin({ release: '0.7.0' });
    for (const twin of [older, newer]) twin.world.config.ENABLE_USER_STATUS = false;

    expect((await ask(older, tokenOf(older, 'bao'), '/api/v1/users/user/status')).status).toBe(200);
    expect((await ask(newer, tokenOf(newer, 'bao'), '/api/v1/users/user/status')).body).toEqual(restricted);
  });

  test('information is merged key by key, and null stays as null', async () => {
    await using twin = await openWebUITwin();
    const update = (body: unknown) => ask(twin, tokenOf(twin, 'chidi'), '/api/v1/users/user/info/update', { body });

    expect((await update({ deck: null, crew: 2 })).body).toEqual({ location: 'Lagos', deck: null, crew: 2 });
    expect((await update(['no'])).status).toBe(422);
  });

  test('variables are checked by name and size, and shown to nobody else', async () => {
    await using twin = await openWebUITwin();
    const update = async (variables: unknown) =>
      (await ask(twin, tokenOf(twin, 'bao'), '/api/v1/users/user/variables/update', { body: { variables } })).status;

    expect(await update({ team_2: 'x' })).toBe(200);
    expect(await update({ Team: 'x' })).toBe(400);
    expect(await update({ a: 'x'.repeat(20_001) })).toBe(400);
    expect(await update(Object.fromEntries('abcdef'.split('').map((name) => [name, 'x'.repeat(20_000)])))).toBe(400);
    expect((await ask(twin, tokenOf(twin, 'bao'), '/api/v1/users/user/variables')).body).toEqual({ variables: { team_2: 'x' } });
    expect(JSON.stringify((await ask(twin, twin.keys.admin, `/api/v1/users/${idOf('bao')}`)).body)).not.toContain('team_2');
  });

  test('where a release lacks a route, its word is taken for an id or its page is shown', async () => {
    await using twin = await openWebUITwin({ release: '0.10.0' });

    expect(await ask(twin, twin.keys.admin, '/api/v1/users/usage')).toMatchObject({ status: 400, body: notFound });
    expect(await ask(twin, twin.keys.admin, '/api/v1/users/user/variables')).toMatchObject({
      status: 200,
      type: 'text/html; charset=utf-8',
    });
  });

  test('usage takes 7 to 732 days', async () => {
    await using twin = await openWebUITwin();
    const status = async (days: string) => (await ask(twin, tokenOf(twin, 'bao'), `/api/v1/users/usage?days=${days}`)).status;

    expect(await Promise.all(['6', '7', '732', '733', 'x'].map(status))).toEqual([422, 200, 200, 422, 422]);
  });

  test('a password needs the old one', async () => {
    await using twin = await openWebUITwin();
    const update = async (password: string) =>
      (await ask(twin, tokenOf(twin, 'gus'), '/api/v1/auths/update/password', { body: { password, new_password: 'n' } })).status;

    expect(await update('wrong')).toBe(400);
    expect(await update(seededPassword)).toBe(200);
    expect(await update(seededPassword)).toBe(400);
  });
});

describe('the server', () => {
  test('shows a page for any GET it has no route for, and for every HEAD', async () => {
    await using twin = await openWebUITwin();
    for (const path of ['/api/v1/users', '/api/v1/users/user/settings/', '/api/v1/nothing', '/api/v1/groups/create'])
      expect(await ask(twin, twin.keys.admin, path)).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });

    expect(await ask(twin, null, '/health', { method: 'HEAD' })).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    const wrong = await ask(twin, twin.keys.admin, '/api/v1/users/', { method: 'POST' });
    expect(wrong).toMatchObject({ status: 405, body: { detail: 'Method Not Allowed' } });
    expect(wrong.headers.has('allow')).toBe(false);
  });

  test('without its web client redirects for a slash and knows what it does not have', async () => {
    await using twin = await openWebUITwin({ frontend: false });
    const slashed = await ask(twin, twin.keys.admin, '/api/v1/users?page=2');

    expect([slashed.status, slashed.headers.get('location')]).toEqual([307, `${twin.url}/api/v1/users/?page=2`]);
    expect((await ask(twin, twin.keys.admin, '/api/v1/nothing')).status).toBe(404);
    expect((await ask(twin, twin.keys.admin, '/api/v1/groups/create')).status).toBe(405);
  });

  test.each([
    ['0.6.42', /^0$/],
    ['0.11.0', /^0\.\d+/],
  ] as const)('%s says how long it took: %s seconds', async (release, pattern) => {
    await using twin = await openWebUITwin({ release });

    expect((await ask(twin, null, '/health')).headers.get('x-process-time')).toMatch(pattern);
  });

  test('tells its clock in every answer', async () => {
    await using twin = await openWebUITwin({ now: () => 1_800_000_000_000 });

    expect((await ask(twin, null, '/health')).headers.get('date')).toBe('Fri, 15 Jan 2027 08:00:00 GMT');
  });

  test('closes the connection after what it did not foresee', async () => {
    await using twin = await openWebUITwin();
    const answer = await ask(twin, twin.keys.admin, '/api/v1/users/?page=99999999999999999999');

    expect([answer.type, answer.body, answer.headers.get('connection')]).toEqual([
      'text/plain; charset=utf-8',
      'Internal Server Error',
      'close',
    ]);
  });

  test('is configured by a form that must be whole', async () => {
    await using twin = await openWebUITwin();
    const path = '/api/v1/auths/admin/config';
    const { body } = await ask<object>(twin, twin.keys.admin, path);

    expect((await ask(twin, twin.keys.admin, path, { body: { ENABLE_API_KEYS: false } })).status).toBe(422);
    await ask(twin, twin.keys.adminToken, path, { body: { ...body, ENABLE_API_KEYS: false } });
    expect((await ask(twin, twin.keys.admin, path)).status).toBe(403);
  });

  test('names an admin to whoever waits for approval', async () => {
    await using twin = await openWebUITwin();

    expect((await ask(twin, tokenOf(twin, 'gus'), '/api/v1/auths/admin/details')).body).toEqual({
      name: 'Harbour Master',
      email: 'master@harbour.example',
    });
  });
});
