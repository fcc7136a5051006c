import { describe, expect, test } from 'vitest';
import { blankUser } from '../../src/twins/openwebui/blank-user.ts';
import { castHere } from '../../src/twins/openwebui/cast-accounts.ts';
import { type OpenWebUITwin, openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { capabilitiesOf } from '../../src/twins/openwebui/releases.ts';
import { primaryAdminId } from '../../src/twins/openwebui/seeded-world.ts';
import { createEmptyWorld } from '../../src/twins/openwebui/world.ts';
import { ask } from '../fixtures/open-webui/ask.ts';
import { differences } from '../fixtures/open-webui/differences.ts';

const read = async <Body>(twin: OpenWebUITwin, path: string): Promise<Body> =>
  (await ask<Body>(twin, twin.keys.admin, path)).body;

describe('the seeded world', () => {
  test('is the same for the same seed and another for another', async () => {
    const now = () => 1_800_000_000_000;
    await using one = await openWebUITwin({ now });
    await using same = await openWebUITwin({ now });
    await using other = await openWebUITwin({ now, seed: 2 });
    const path = '/api/v1/users/?order_by=email&direction=asc';

    expect(await read(same, path)).toEqual(await read(one, path));
    expect(await read(other, path)).not.toEqual(await read(one, path));
  });

  test('holds the cast under their own ids however small it is, each with the role of their standing', async () => {
    await using twin = await openWebUITwin({ size: 1 });
    const roles = castHere.map((member) => [member.alias, twin.world.users.get(member.id)?.role]);

    expect(twin.world.users.size).toBe(1 + castHere.length);
    expect(Object.fromEntries(roles)).toMatchObject({ ada: 'admin', bao: 'user', gus: 'pending', hex: 'banned' });
    expect(twin.world.users.ordered('created_at', 'asc')[0]?.id).toBe(primaryAdminId);
  });

  test('has the canary in each secret place', async () => {
    await using twin = await openWebUITwin({ canary: 'CANARY' });
    const ada = castHere.find((member) => member.alias === 'ada')?.id ?? '';
    const { settings } = await read<{ settings: { ui: unknown } }>(twin, `/api/v1/users/${ada}`);
    const marked = expect.stringContaining('CANARY');

    expect(settings.ui).toMatchObject({
      toolServers: [{ key: marked, headers: { 'x-tide-key': marked }, info: { oauth_client_info: marked } }],
      directConnections: { OPENAI_API_KEYS: [marked] },
      notifications: { webhook_url: marked },
    });
    expect(await read(twin, `/api/v1/users/${ada}/oauth/sessions`)).toMatchObject([
      { token: { access_token: marked, refresh_token: marked, id_token: marked } },
    ]);
    expect(twin.keys.admin).toContain('CANARY');
    expect(twin.world.variables.get(ada)).toMatchObject({ passphrase: marked });
  });

  test('can be changed by hand, and the twin answers accordingly', async () => {
    await using twin = await openWebUITwin();
    const id = castHere[1]?.id ?? '';
    await read(twin, '/api/v1/users/?order_by=email&direction=asc');

    twin.world.users.change(id, { name: 'Renamed', email: 'aaa@harbour.example' });
    twin.world.users.add(
      blankUser({ id: 'new', email: 'aab@harbour.example', name: 'New', role: 'user', created_at: 1_799_999_999 }),
    );
    twin.world.users.remove(castHere[0]?.id ?? '');
    const page = await read(twin, '/api/v1/users/?order_by=email&direction=asc');

    expect(page).toMatchObject({ total: 120, users: expect.arrayContaining([expect.objectContaining({ id: 'new' })]) });
    expect(page).toMatchObject({ users: Array.from({ length: 30 }, (_, place) => (place === 0 ? { name: 'Renamed' } : {})) });
    expect(await read(twin, '/api/v1/users/?query=ada%40harbour')).toMatchObject({ total: 0 });
  });

  test('of a hundred thousand starts in seconds and finds any page', async () => {
    const started = performance.now();
    await using twin = await openWebUITwin({ size: 100_000 });
    const elapsed = performance.now() - started;

    expect(twin.world.users.size).toBe(100_000);
    expect(await read(twin, '/api/v1/users/?order_by=email&direction=asc&page=3334')).toMatchObject({
      total: 100_000,
      users: Array.from({ length: 10 }, () => expect.anything()),
    });
    expect(elapsed).toBeLessThan(8_000);
  });

  test('puts an answer in fewer bytes for whoever takes gzip, and leaves it to the others', async () => {
    await using twin = await openWebUITwin();
    const headers = { authorization: `Bearer ${twin.keys.admin}` };
    const packed = await fetch(`${twin.url}/api/v1/users/all`, { headers: { ...headers, 'accept-encoding': 'gzip' } });
    const plain = await fetch(`${twin.url}/api/v1/users/all`, { headers: { ...headers, 'accept-encoding': 'identity' } });

    expect([packed.headers.get('content-encoding'), plain.headers.get('content-encoding')]).toEqual(['gzip', null]);
    expect(await packed.json()).toEqual(await plain.json());
  });
});

describe('an empty world', () => {
  const body = { name: 'First', email: 'First@harbour.example', password: 'x' };

  test('makes the first to sign up its admin and closes the door', async () => {
    await using twin = await openWebUITwin({ world: createEmptyWorld({ release: '0.11.0' }) });

    expect((await ask(twin, null, '/api/config')).body).toMatchObject({ onboarding: true });
    expect((await ask(twin, null, '/api/v1/auths/signup', { body })).body).toMatchObject({ role: 'admin' });
    expect((await ask(twin, null, '/api/config')).body).not.toHaveProperty('onboarding');
    expect((await ask(twin, null, '/api/v1/auths/signup', { body: { ...body, email: 'b@b.b' } })).status).toBe(403);
  });

  test.each([
    ['0.9.5', 403],
    ['0.9.6', 200],
  ] as const)('with the door closed lets the first in from 0.9.6 on: %s says %d', async (release, status) => {
    await using twin = await openWebUITwin({ world: createEmptyWorld({ release }) });
    twin.world.config.ENABLE_SIGNUP = false;

    expect((await ask(twin, null, '/api/v1/auths/signup', { body })).status).toBe(status);
  });

  test.each([
    ['0.7.0', 500],
    ['0.8.0', 400],
  ] as const)('answers a password over 72 bytes as %s does, with %d', async (release, status) => {
    await using twin = await openWebUITwin({ world: createEmptyWorld({ release }) });

    expect((await ask(twin, null, '/api/v1/auths/signup', { body: { ...body, password: 'x'.repeat(73) } })).status).toBe(status);
  });
});

test('multi-factor sign-in answers without a token from 0.12 on', async () => {
  await using twin = await openWebUITwin({ release: '0.12.4' });
  twin.world.multiFactor = true;
  twin.world.passwords.set(primaryAdminId, 'x');

  const { body } = await ask(twin, null, '/api/v1/auths/signin', { body: { email: 'master@harbour.example', password: 'x' } });

  expect(body).toEqual({ next_step: 'verify', challenge_token: expect.any(String), expires_in: 300 });
});

test('a release is compared number by number', () => {
  expect(capabilitiesOf('0.10.0').settingsNeedPermission).toBe(true);
  expect(capabilitiesOf('0.9.6').settingsNeedPermission).toBe(false);
  expect(capabilitiesOf('0.8.11').adminMintsFreely).toBe(true);
  expect(capabilitiesOf('1.0.0').nestedGroups).toBe(true);
});

test('the comparison with recordings notices what is other, missing, too much or of another unit', () => {
  const recorded = { name: 'a', created_at: 1_795_279_338, list: [1], token: '<jwt>' };

  expect(differences(recorded, { ...recorded, created_at: 1_800_000_000, token: 'a.b.c' }, '')).toEqual([]);
  expect(differences(recorded, { ...recorded, name: 'b', token: 'a.b' }, '')).toHaveLength(2);
  expect(differences(recorded, { name: 'a', created_at: 1_795_279_338_000, list: [], extra: null }, '')).toHaveLength(4);
});
