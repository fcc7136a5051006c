import { describe, expect, test } from 'vitest';
import { castHere } from '../../src/twins/openwebui/cast-accounts.ts';
import { type OpenWebUITwin, openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { sampleChannelIds } from '../../src/twins/openwebui/sample-channels.ts';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { ask } from '../fixtures/open-webui/ask.ts';

interface Membership {
  readonly name: string;
  readonly membership_type?: string;
}

const idOf = (alias: string): string => castHere.find((member) => member.alias === alias)?.id ?? '';
const tokenOf = (twin: OpenWebUITwin, alias: string): string => twin.keys.tokenOf(idOf(alias)) ?? '';
const asAdmin = <Body>(twin: OpenWebUITwin, path: string, question: Parameters<typeof ask>[3] = {}) =>
  ask<Body>(twin, twin.keys.admin, `/api/v1/groups/${path}`, question);

describe('groups', () => {
  test('are all there for an admin, newest change first, and only their own for others', async () => {
    await using twin = await openWebUITwin();
    const { body } = await asAdmin<{ updated_at: number }[]>(twin, '');
    const times = body.map((group) => group.updated_at);

    expect(times).toHaveLength(6);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect((await ask(twin, tokenOf(twin, 'fumiko'), '/api/v1/groups/')).body).toMatchObject([
      { name: 'Readers', permissions: null },
    ]);
  });

  test('that share with all show themselves to strangers who ask that way, since the parameter replaced membership', async () => {
    await using older = await openWebUITwin({ release: '0.6.42' });
    await using newer = await openWebUITwin({ release: '0.11.0' });
    const names = async (twin: OpenWebUITwin, share: boolean): Promise<string[]> => {
      twin.world.groups.change(sampleGroupIds.operators, { data: { config: { share: true } } });
      const { body } = await ask<{ name: string }[]>(twin, tokenOf(twin, 'fumiko'), `/api/v1/groups/?share=${share}`);
      return body.map((group) => group.name);
    };

    expect(await names(older, true)).toEqual(['Readers']);
    expect(await names(newer, true)).toEqual(['Readers', 'Operators']);
    expect(await names(newer, false)).toEqual([]);
  });

  test.each([
    ['0.11.0', 401],
    ['0.12.4', 404],
  ] as const)('that nobody knows are %s with %d', async (release, status) => {
    await using twin = await openWebUITwin({ release });

    expect((await asAdmin(twin, 'id/nothing')).status).toBe(status);
    expect((await asAdmin(twin, 'id/nothing/users', { method: 'POST' })).body).toEqual([]);
    expect((await asAdmin(twin, 'id/nothing/delete', { method: 'DELETE' })).status).toBe(release === '0.11.0' ? 200 : 404);
  });

  test('start shared with their members since 0.8.8, and may share a name', async () => {
    await using older = await openWebUITwin({ release: '0.8.5' });
    await using newer = await openWebUITwin({ release: '0.8.8' });
    const body = { name: 'Readers', description: '' };

    expect((await asAdmin(older, 'create', { body })).body).toMatchObject({ data: null, member_count: 0 });
    expect((await asAdmin(newer, 'create', { body })).body).toMatchObject({ data: { config: { share: 'members' } } });
  });

  test('keep their permissions when none are sent, and lose them to an empty object', async () => {
    await using twin = await openWebUITwin();
    const update = (permissions: unknown) =>
      asAdmin(twin, `id/${sampleGroupIds.crew}/update`, { body: { name: 'Crew', description: '', permissions } });

    for (const same of [undefined, null])
      expect((await update(same)).body).toMatchObject({ permissions: { workspace: { models: true } } });
    expect((await update({})).body).toMatchObject({ permissions: {} });
  });

  test('take in who exists, pass over who does not, and move to the front by it', async () => {
    let now = 1_800_000_000_000;
    await using twin = await openWebUITwin({ now: () => now });
    const before = twin.world.groups.members(sampleGroupIds.operators).size;
    now += 5_000;
    const change = (act: string, user_ids: unknown) =>
      asAdmin(twin, `id/${sampleGroupIds.operators}/users/${act}`, { body: { user_ids } });

    expect((await change('add', [idOf('bao'), idOf('bao'), 'nobody'])).body).toMatchObject({
      member_count: before + 1,
      updated_at: 1_800_000_005,
    });
    expect((await change('add', null)).status).toBe(200);
    expect((await change('remove', [idOf('bao'), 'nobody'])).body).toMatchObject({ member_count: before });
    expect(twin.world.groups.all()[0]?.id).toBe(sampleGroupIds.operators);
  });

  test('cannot be exported without members in 0.6.42', async () => {
    await using older = await openWebUITwin({ release: '0.6.42' });
    await using newer = await openWebUITwin({ release: '0.11.0' });
    for (const twin of [older, newer])
      for (const id of [...twin.world.groups.members(sampleGroupIds.keepers)]) twin.world.groups.leaveAll(id);

    expect((await asAdmin(older, `id/${sampleGroupIds.keepers}/export`)).status).toBe(500);
    expect((await asAdmin(newer, `id/${sampleGroupIds.keepers}/export`)).body).toMatchObject({ user_ids: [] });
  });

  test('tell any verified user their name and size since 0.8', async () => {
    await using twin = await openWebUITwin({ release: '0.8.0' });
    const { body } = await ask(twin, tokenOf(twin, 'fumiko'), `/api/v1/groups/id/${sampleGroupIds.operators}/info`);

    expect(body).toMatchObject({ name: 'Operators', member_count: 2 });
    expect(body).not.toHaveProperty('permissions');
  });
});

describe('nested groups', () => {
  test('refuse a parent that is empty, unknown or below', async () => {
    await using twin = await openWebUITwin({ release: '0.12.4' });
    const move = async (parent_group_id: unknown): Promise<unknown[]> => {
      const body = { name: 'Crew', description: '', parent_group_id };
      const answer = await asAdmin(twin, `id/${sampleGroupIds.crew}/update`, { body });
      return [answer.status, twin.world.groups.get(sampleGroupIds.crew)?.parent_group_id];
    };

    expect(await move('')).toEqual([400, null]);
    expect(await move('nothing')).toEqual([404, null]);
    expect(await move(sampleGroupIds.deckhands)).toEqual([400, null]);
    expect(await move(sampleGroupIds.crew)).toEqual([400, null]);
    expect(await move(sampleGroupIds.readers)).toEqual([200, sampleGroupIds.readers]);
    expect(await move(undefined)).toEqual([200, sampleGroupIds.readers]);
    expect(await move(null)).toEqual([200, null]);
  });

  test('count their own members as direct and those below as inherited', async () => {
    await using twin = await openWebUITwin({ release: '0.12.4' });
    const read = async (query: string) => (await asAdmin(twin, `id/${sampleGroupIds.crew}/members${query}`)).body;
    const { members } = twin.world.groups;
    const crew = members(sampleGroupIds.crew);
    const effective = new Set([...crew, ...members(sampleGroupIds.deckhands)]).size;

    expect(await read('?membership=effective')).toMatchObject({
      total: effective,
      counts: { direct: crew.size, inherited: effective - crew.size, effective },
    });
    expect(await read('?membership=inherited&query=dunja')).toMatchObject({
      total: 1,
      items: [{ name: 'Dunja Petrović', membership_type: 'inherited', via_group_ids: [sampleGroupIds.deckhands] }],
    });
    expect((await asAdmin(twin, `id/${sampleGroupIds.crew}/members?page=0`)).status).toBe(422);
  });

  test('are mine with how they came to be', async () => {
    await using twin = await openWebUITwin({ release: '0.12.4' });
    const names = async (query: string): Promise<unknown[]> => {
      const { body } = await ask<Membership[]>(twin, tokenOf(twin, 'dunja'), `/api/v1/users/groups${query}`);
      return body.map((group) => [group.name, group.membership_type]);
    };

    expect(await names('')).toEqual([
      ['Readers', undefined],
      ['Deck hands', undefined],
    ]);
    expect(await names('?include_inherited=true')).toEqual([
      ['Readers', 'direct'],
      ['Deck hands', 'direct'],
      ['Crew', 'inherited'],
    ]);
  });
});

describe('members of a channel', () => {
  const members = (twin: OpenWebUITwin, alias: string, channel: keyof typeof sampleChannelIds) =>
    ask<{ users: unknown[] }>(twin, tokenOf(twin, alias), `/api/v1/channels/${sampleChannelIds[channel]}/members`);

  test('are whole records before 0.10, secrets and all', async () => {
    await using older = await openWebUITwin({ release: '0.9.6', canary: 'CANARY' });
    await using newer = await openWebUITwin({ release: '0.10.0', canary: 'CANARY' });

    expect(JSON.stringify((await members(older, 'chidi', 'watch')).body)).toContain('CANARY');
    const { body } = await members(newer, 'chidi', 'watch');
    expect(body).toMatchObject({ total: 3, users: [{ is_active: expect.any(Boolean) }, {}, {}] });
    expect(JSON.stringify(body)).not.toContain('CANARY');
  });

  test('are no business of an admin who is none of them', async () => {
    await using twin = await openWebUITwin();
    const refusal = { status: 403, body: { detail: 'Something went wrong :/' } };

    expect(await members(twin, 'ada', 'direct')).toMatchObject(refusal);
    expect(await members(twin, 'fumiko', 'bridge')).toMatchObject(refusal);
    expect((await members(twin, 'ada', 'bridge')).body).toMatchObject({ total: 2 });
  });

  test('of an open channel are all but the pending', async () => {
    await using twin = await openWebUITwin();
    const present = twin.world.users.inserted().filter((user) => user.role !== 'pending').length;

    const { body } = await members(twin, 'fumiko', 'announcements');

    expect(body).toMatchObject({ total: present });
    expect(body.users).toHaveLength(30);
  });

  test('are not told where channels are off or not granted', async () => {
    await using off = await openWebUITwin({ channels: false });
    await using denied = await openWebUITwin();
    denied.world.defaultPermissions = { features: { channels: false } };

    expect(await members(off, 'chidi', 'watch')).toMatchObject({ status: 403, body: { detail: 'Channels is disabled' } });
    expect((await members(denied, 'chidi', 'watch')).status).toBe(401);
  });

  test('are told where the stored defaults say nothing and the built-in ones grant it', async () => {
    await using twin = await openWebUITwin();
    twin.world.defaultPermissions = {};

    expect((await members(twin, 'chidi', 'watch')).status).toBe(200);
  });

  test('of a channel just made, whose times are nanoseconds to the last digit', async () => {
    await using twin = await openWebUITwin();
    const body = JSON.stringify({ type: 'group', name: 'new', user_ids: [idOf('chidi')] });
    const authorization = `Bearer ${tokenOf(twin, 'bao')}`;

    const answer = await fetch(`${twin.url}/api/v1/channels/create`, { method: 'POST', body, headers: { authorization } });
    const text = await answer.text();

    const created = BigInt(/"created_at":(\d{19}),/.exec(text)?.[1] ?? 0);
    expect(created).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect([...twin.world.channels.values()].at(-1)?.created_at).toBe(created);
  });
});
