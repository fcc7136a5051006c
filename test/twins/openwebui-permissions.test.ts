import { describe, expect, test } from 'vitest';
import { castHere } from '../../src/twins/openwebui/cast-accounts.ts';
import { type OpenWebUITwin, openWebUITwin } from '../../src/twins/openwebui/index.ts';
import type { JsonObject } from '../../src/twins/openwebui/json.ts';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { ask } from '../fixtures/open-webui/ask.ts';

const idOf = (alias: string): string => castHere.find((member) => member.alias === alias)?.id ?? '';
const permissionsOf = (twin: OpenWebUITwin, alias: string) =>
  ask(twin, twin.keys.tokenOf(idOf(alias)) ?? '', '/api/v1/users/permissions');

/** Gives the crew, and so Bao, these permissions on top of defaults that say no. */
async function withCrewPermissions(permissions: JsonObject, defaults: JsonObject): Promise<unknown> {
  await using twin = await openWebUITwin();
  twin.world.groups.leave(sampleGroupIds.keepers, idOf('bao'));
  twin.world.groups.change(sampleGroupIds.crew, { permissions });
  twin.world.defaultPermissions = defaults;
  return (await permissionsOf(twin, 'bao')).body;
}

describe('effective permissions', () => {
  test('are the defaults and what groups add; a group cannot take away, and brings its own keys along', async () => {
    await using twin = await openWebUITwin();

    expect((await permissionsOf(twin, 'bao')).body).toMatchObject({
      workspace: { models: true, tools: false },
      chat: { file_upload: true },
      features: { api_keys: true, lantern: true, webhooks: false },
      harbour: { moorings: true, fog: 'false' },
    });
  });

  test('take truth as Python does', async () => {
    const leaves = { text: 'false', empty: '', list: [], full: [0], zero: 0, nothing: null, given: false };
    const defaults = Object.fromEntries(Object.keys(leaves).map((key) => [key, false]));

    expect(await withCrewPermissions({ features: leaves }, { features: defaults })).toEqual({ features: leaves });
    expect(await withCrewPermissions({ features: defaults }, { features: leaves })).toEqual({
      features: { ...defaults, text: 'false', full: [0] },
    });
  });

  test('fail where a group has an object for a leaf, in sign-in and session too', async () => {
    await using twin = await openWebUITwin();
    twin.world.groups.change(sampleGroupIds.crew, { permissions: { chat: { edit: { own: true } } } });
    const token = twin.keys.tokenOf(idOf('bao')) ?? '';
    const body = { email: 'bao@harbour.example', password: seededPassword };

    expect(await permissionsOf(twin, 'bao')).toMatchObject({ status: 500, body: 'Internal Server Error' });
    expect((await ask(twin, token, '/api/v1/auths/')).status).toBe(500);
    expect((await ask(twin, null, '/api/v1/auths/signin', { body })).status).toBe(500);
    expect((await permissionsOf(twin, 'dunja')).status).toBe(200);
  });

  test('of an admin ignore that an admin may do everything', async () => {
    await using twin = await openWebUITwin();

    expect((await permissionsOf(twin, 'ada')).body).toMatchObject({ workspace: { models: false }, features: { api_keys: true } });
  });

  test('reach down to nested groups since 0.12, round a cycle too', async () => {
    await using older = await openWebUITwin({ release: '0.11.0' });
    await using newer = await openWebUITwin({ release: '0.12.4' });
    newer.world.groups.change(sampleGroupIds.crew, { parent_group_id: sampleGroupIds.deckhands });

    expect((await permissionsOf(older, 'dunja')).body).toMatchObject({ workspace: { tools: true, models: false } });
    expect((await permissionsOf(newer, 'dunja')).body).toMatchObject({ workspace: { tools: true, models: true } });
    expect(newer.keys.of(idOf('dunja'))).toMatch(/^sk-/);
  });
});

describe('default permissions', () => {
  const path = '/api/v1/users/default/permissions';
  const read = async (twin: OpenWebUITwin): Promise<Record<string, JsonObject>> =>
    (await ask<Record<string, JsonObject>>(twin, twin.keys.admin, path)).body;

  test('are shown without a key the schema forgets, which the raw ones have until they are saved', async () => {
    await using twin = await openWebUITwin();
    const raw = async () => (await ask(twin, twin.keys.adminToken, '/api/config')).body;
    const shown = await read(twin);

    expect(shown.sharing).not.toHaveProperty('open_chats');
    expect(await raw()).toMatchObject({ permissions: { sharing: { open_chats: false } } });
    await ask(twin, twin.keys.admin, path, { body: shown });
    expect(await raw()).not.toHaveProperty('permissions.sharing.open_chats');
  });

  test('need every section, drop unknown keys and fill absent ones, two of them with true', async () => {
    await using twin = await openWebUITwin();
    const shown = await read(twin);
    const { chat: _, ...incomplete } = shown;

    expect(await ask(twin, twin.keys.admin, path, { body: incomplete })).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'missing', loc: ['body', 'chat'] }] },
    });
    const saved = await ask(twin, twin.keys.admin, path, { body: { ...shown, sharing: { models: true, lighthouse: true } } });
    expect(saved.body).toMatchObject({ sharing: { models: true, tools: false, public_tools: true, public_notes: true } });
    expect(saved.body).not.toHaveProperty('sharing.lighthouse');
  });

  test('take nothing but true and false', async () => {
    await using twin = await openWebUITwin();
    const shown = await read(twin);

    expect(await ask(twin, twin.keys.admin, path, { body: { ...shown, chat: { edit: { own: true } } } })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'chat', 'edit'] }] },
    });
    expect(await read(twin)).toEqual(shown);
  });

  test('know more sections and keys the newer the release', async () => {
    const keys = async (release: '0.6.42' | '0.7.0' | '0.8.5' | '0.10.0' | '0.11.0'): Promise<string[]> => {
      await using twin = await openWebUITwin({ release, size: 10 });
      return Object.entries(await read(twin)).flatMap(([section, grants]) =>
        Object.keys(grants).map((key) => `${section}.${key}`),
      );
    };
    const [first, second, third, fourth, last] = await Promise.all(
      (['0.6.42', '0.7.0', '0.8.5', '0.10.0', '0.11.0'] as const).map(keys),
    );

    expect(second).toEqual(expect.arrayContaining(['settings.interface', 'features.memories']));
    expect(first).not.toContain('settings.interface');
    expect(third).toContain('chat.web_upload');
    expect(second).not.toContain('chat.web_upload');
    expect(fourth).toEqual(expect.arrayContaining(['features.webhooks', 'chat.import']));
    expect(last).toContain('sharing.folders');
    expect(fourth).not.toContain('sharing.folders');
  });

  test('of a fresh server can be asked for since 0.10', async () => {
    await using older = await openWebUITwin({ release: '0.9.6' });
    await using newer = await openWebUITwin({ release: '0.10.0' });
    newer.world.defaultPermissions = {};

    expect((await ask(older, older.keys.admin, `${path}/defaults`)).type).toContain('text/html');
    expect((await ask(newer, newer.keys.admin, `${path}/defaults`)).body).toMatchObject({ chat: { edit: true } });
  });
});
