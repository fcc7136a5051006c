import { describe, expect, test } from 'vitest';
import { castHere } from '../../src/twins/openwebui/cast-accounts.ts';
import { type OpenWebUITwin, openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { ask } from '../fixtures/open-webui/ask.ts';

interface Row {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly group_ids: string[];
}

interface Page {
  readonly users: Row[];
  readonly total: number;
}

interface SlimPage {
  readonly users: { readonly groups: unknown; readonly is_active: unknown }[];
  readonly total: number;
}

const idOf = (alias: string): string => castHere.find((member) => member.alias === alias)?.id ?? '';

async function list(twin: OpenWebUITwin, query: string): Promise<Page> {
  const answer = await ask<Page>(twin, twin.keys.admin, `/api/v1/users/${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

const ids = (page: Page): string[] => page.users.map((user) => user.id);

describe('the list', () => {
  test('has thirty a page, the true total on every page, and nothing past the end', async () => {
    await using twin = await openWebUITwin({ size: 65 });
    const pages = await Promise.all([0, 1, 2, 3, 4].map((page) => list(twin, `?order_by=email&direction=asc&page=${page}`)));

    expect(pages.map((page) => page.users.length)).toEqual([30, 30, 30, 5, 0]);
    expect(pages.map((page) => page.total)).toEqual([65, 65, 65, 65, 65]);
    expect(pages[0]?.users.map((user) => user.id)).toEqual(pages[1]?.users.map((user) => user.id));
  });

  test('ordered by address and ascending, shows everybody once', async () => {
    await using twin = await openWebUITwin({ size: 65 });
    const pages = await Promise.all([1, 2, 3].map((page) => list(twin, `?order_by=email&direction=asc&page=${page}`)));
    const emails = pages.flatMap((page) => page.users.map((user) => user.email));

    expect(emails).toEqual(emails.toSorted());
    expect(new Set(emails).size).toBe(65);
  });

  test('has an order by default in 0.6.42 and none since 0.7.0', async () => {
    await using older = await openWebUITwin({ release: '0.6.42' });
    await using newer = await openWebUITwin({ release: '0.7.0' });
    const times = (await list(older, '')).users.map((user) => user.created_at);

    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(ids(await list(newer, ''))).not.toEqual(ids(await list(newer, '')));
  });

  test('loses its default order to any parameter but the page', async () => {
    await using twin = await openWebUITwin({ release: '0.6.42' });
    const isStable = async (query: string): Promise<boolean> => {
      const first = ids(await list(twin, query));
      const second = ids(await list(twin, query));
      return first.join() === second.join();
    };

    expect(await isStable('?page=2')).toBe(true);
    for (const query of ['?direction=asc', '?query=example', '?order_by=shoe_size']) expect(await isStable(query)).toBe(false);
  });

  test('without an order misses some and repeats others from page to page, the same way for the same seed', async () => {
    const read = async (): Promise<string[]> => {
      await using twin = await openWebUITwin({ size: 90 });
      return [...ids(await list(twin, '?page=1')), ...ids(await list(twin, '?page=2')), ...ids(await list(twin, '?page=3'))];
    };
    const seen = await read();

    expect(new Set(seen).size).toBeLessThan(90);
    expect(await read()).toEqual(seen);
  });

  test('without an order does not keep neighbours together either', async () => {
    await using twin = await openWebUITwin();
    const places = new Map(twin.world.users.inserted().map((user, place) => [user.id, place]));
    const page = ids(await list(twin, '')).map((id) => places.get(id) ?? -1);
    const steps = new Set(page.slice(1).map((place, index) => (place - (page[index] ?? 0) + 120) % 120));

    expect(steps).not.toContain(1);
  });

  test('takes insertion for order when told to be like SQLite', async () => {
    await using twin = await openWebUITwin({ order: 'insertion' });

    expect(ids(await list(twin, '?page=2'))).toEqual(
      twin.world.users
        .inserted()
        .slice(30, 60)
        .map((user) => user.id),
    );
  });

  test('ascends for exactly "asc" and descends for all else', async () => {
    await using twin = await openWebUITwin({ size: 20 });
    const ascending = ids(await list(twin, '?order_by=email&direction=asc'));

    for (const other of ['', '&direction=desc', '&direction=ASC', '&direction=up'])
      expect(ids(await list(twin, `?order_by=email${other}`))).toEqual(ascending.toReversed());
  });

  test('passes over an order it does not know without a word', async () => {
    await using twin = await openWebUITwin();

    expect((await list(twin, '?order_by=shoe_size')).total).toBe(120);
  });

  test('ordered by a group has its members first, last when ascending, by name within', async () => {
    await using twin = await openWebUITwin({ size: 20 });
    const members = twin.world.groups.members(sampleGroupIds.crew);
    const isMember = (page: Page): boolean[] => page.users.map((user) => members.has(user.id));
    const first = await list(twin, `?order_by=group_id:${sampleGroupIds.crew}`);
    const last = await list(twin, `?order_by=group_id:${sampleGroupIds.crew}&direction=asc`);
    const names = first.users.slice(0, members.size).map((user) => user.name);

    expect(isMember(first).slice(0, members.size)).not.toContain(false);
    expect(isMember(last).slice(-members.size)).not.toContain(false);
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('finds part of a name or address in any case, with % and _ as wildcards', async () => {
    await using twin = await openWebUITwin({ size: 20 });

    expect((await list(twin, '?query=LINDQ')).users.map((user) => user.name)).toEqual(['Ada Lindqvist']);
    expect((await list(twin, '?query=BAO%40')).users.map((user) => user.name)).toEqual(['Bao Nguyen']);
    expect((await list(twin, '?query=ada%25harbour')).total).toBe(1);
    expect((await list(twin, '?query=_da%20l')).total).toBe(1);
    expect((await list(twin, '?query=%25')).total).toBe(20);
    expect((await list(twin, '?query=')).total).toBe(20);
  });

  test.each([
    ['page=0', 200],
    ['page=-3', 200],
    ['page=1.0', 200],
    ['page=', 422],
    ['page=1.5', 422],
    ['page=two', 422],
    ['page=99999999999999999999', 500],
  ])('meets %s with %d', async (query, status) => {
    await using twin = await openWebUITwin();

    expect((await ask(twin, twin.keys.admin, `/api/v1/users/?${query}`)).status).toBe(status);
  });

  test('tells group ids, never groups or presence; the record by id the other way round', async () => {
    await using twin = await openWebUITwin();
    const row = (await list(twin, '?query=bao%40harbour')).users[0];
    const { body } = await ask(twin, twin.keys.admin, `/api/v1/users/${idOf('bao')}`);
    const keys = Object.keys(row ?? {});

    expect(new Set(row?.group_ids)).toEqual(new Set([sampleGroupIds.crew, sampleGroupIds.keepers]));
    expect(keys).not.toContain('groups');
    expect(keys).not.toContain('is_active');
    expect(body).toMatchObject({ is_active: true, groups: [{ name: 'Lighthouse keepers' }, { name: 'Crew' }] });
    expect(body).not.toHaveProperty('group_ids');
  });

  test('has a scim column since 0.8.3, and a picture for everybody', async () => {
    await using older = await openWebUITwin({ release: '0.8.0' });
    await using newer = await openWebUITwin({ release: '0.8.3' });
    const hex = async (twin: OpenWebUITwin) => (await list(twin, '?query=hex%40harbour')).users[0];

    expect(await hex(older)).toMatchObject({ profile_image_url: '' });
    expect(await hex(older)).not.toHaveProperty('scim');
    expect(await hex(newer)).toMatchObject({ profile_image_url: `/api/v1/users/${idOf('hex')}/profile/image`, scim: null });
  });
});

describe('slim rows', () => {
  test('say the same of everybody: no groups, not active', async () => {
    await using twin = await openWebUITwin();
    const { users, total } = (await ask<SlimPage>(twin, twin.keys.admin, '/api/v1/users/all')).body;

    expect(total).toBe(120);
    expect(new Set(users.map((user) => JSON.stringify([user.groups, user.is_active])))).toEqual(new Set(['[[],false]']));
  });

  test('are newest first, ties and all', async () => {
    await using twin = await openWebUITwin();
    const { body } = await ask<Page>(twin, twin.keys.admin, '/api/v1/users/all');

    expect(body.users.map((user) => user.id)).toEqual(twin.world.users.ordered('created_at', 'desc').map((user) => user.id));
  });

  test('show every address to every verified user through a search for nothing', async () => {
    await using twin = await openWebUITwin();

    const { body } = await ask(twin, twin.keys.tokenOf(idOf('fumiko')) ?? '', '/api/v1/users/search');

    expect(body).toMatchObject({
      total: 120,
      users: expect.arrayContaining([expect.objectContaining({ email: expect.any(String) })]),
    });
  });

  test('lack bio, groups and presence before 0.8', async () => {
    await using twin = await openWebUITwin({ release: '0.7.0' });
    const { body } = await ask<Page>(twin, twin.keys.admin, '/api/v1/users/search?query=bao%40');

    expect(Object.keys(body.users[0] ?? {}).toSorted()).toEqual([
      'email',
      'id',
      'name',
      'role',
      'status_emoji',
      'status_expires_at',
      'status_message',
    ]);
  });

  test('of one user, since 0.8, tell the truth', async () => {
    await using older = await openWebUITwin({ release: '0.7.0' });
    await using newer = await openWebUITwin({ release: '0.8.0' });
    const path = `/api/v1/users/${idOf('bao')}/info`;

    expect((await ask(older, older.keys.admin, path)).type).toContain('text/html');
    expect((await ask(newer, newer.keys.admin, path)).body).toMatchObject({ is_active: true, groups: [{}, {}] });
  });
});

describe('one user by id', () => {
  test('is shown whole to any verified user before 0.8, to admins alone since', async () => {
    await using older = await openWebUITwin({ release: '0.7.0', canary: 'CANARY' });
    await using newer = await openWebUITwin({ release: '0.8.0' });
    const path = `/api/v1/users/${idOf('bao')}`;
    const { body } = await ask(older, older.keys.tokenOf(idOf('fumiko')) ?? '', path);

    expect(JSON.stringify(body)).toContain('CANARY');
    expect((await ask(newer, newer.keys.tokenOf(idOf('fumiko')) ?? '', path)).status).toBe(401);
  });

  test('is 400 when unknown, except where it is nothing at all or 404', async () => {
    await using twin = await openWebUITwin();
    const statusAndBody = async (path: string): Promise<unknown[]> => {
      const { status, body } = await ask(twin, twin.keys.admin, `/api/v1/users/nobody${path}`);
      return [status, body];
    };
    const notFound = { detail: "We could not find what you're looking for :/" };

    expect(await statusAndBody('')).toEqual([400, notFound]);
    expect(await statusAndBody('/info')).toEqual([400, notFound]);
    expect(await statusAndBody('/oauth/sessions')).toEqual([400, notFound]);
    expect(await statusAndBody('/profile/image')).toEqual([400, notFound]);
    expect(await statusAndBody('/preview')).toEqual([404, notFound]);
    expect(await statusAndBody('/active')).toEqual([200, { active: false }]);
    expect(await statusAndBody('/groups')).toEqual([200, []]);
  });

  test('is found by the id of a shared chat before 0.9', async () => {
    await using older = await openWebUITwin({ release: '0.8.0' });
    await using newer = await openWebUITwin({ release: '0.9.0' });

    expect((await ask(older, older.keys.admin, '/api/v1/users/shared-chat-of-bao')).body).toMatchObject({ id: idOf('bao') });
    expect((await ask(newer, newer.keys.admin, '/api/v1/users/shared-chat-of-bao')).status).toBe(400);
  });

  test('shows an admin the provider tokens in clear, and 400 when there are none', async () => {
    await using twin = await openWebUITwin({ canary: 'CANARY' });
    const sessions = async (alias: string) => ask(twin, twin.keys.admin, `/api/v1/users/${idOf(alias)}/oauth/sessions`);

    expect((await sessions('bao')).body).toMatchObject([
      { provider: 'oidc', token: { refresh_token: expect.stringContaining('CANARY') } },
    ]);
    expect((await sessions('fumiko')).status).toBe(400);
  });

  test('is active for three minutes after each call, the last second included', async () => {
    let now = 1_800_000_000_000;
    await using twin = await openWebUITwin({ now: () => now });
    const isActive = async () => (await ask(twin, twin.keys.admin, `/api/v1/users/${idOf('fumiko')}/active`)).body;

    expect(await isActive()).toEqual({ active: false });
    await ask(twin, twin.keys.tokenOf(idOf('fumiko')) ?? '', '/api/v1/auths/');
    now += 180_000;
    expect(await isActive()).toEqual({ active: true });
    now += 1_000;
    expect(await isActive()).toEqual({ active: false });
  });

  test('is noted as here no more often than the interval says', async () => {
    let now = 1_800_000_000_000;
    await using twin = await openWebUITwin({ now: () => now, presenceInterval: 600 });
    const visit = async (): Promise<number | undefined> => {
      await ask(twin, twin.keys.tokenOf(idOf('fumiko')) ?? '', '/api/v1/auths/');
      return twin.world.users.get(idOf('fumiko'))?.last_active_at;
    };

    expect(await visit()).toBe(1_800_000_000);
    now += 599_000;
    expect(await visit()).toBe(1_800_000_000);
    now += 1_000;
    expect(await visit()).toBe(1_800_000_600);
  });
});

describe('a profile picture', () => {
  const picture = (twin: OpenWebUITwin, alias: string) =>
    ask(twin, twin.keys.admin, `/api/v1/users/${idOf(alias)}/profile/image`);

  test('elsewhere is redirected to', async () => {
    await using twin = await openWebUITwin();
    const answer = await picture(twin, 'ada');

    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://pictures.example/ada.png']);
  });

  test('inline is decoded, with its true type in newer releases', async () => {
    await using older = await openWebUITwin({ release: '0.6.42' });
    await using newer = await openWebUITwin({ release: '0.11.0' });
    for (const twin of [older, newer])
      twin.world.users.change(idOf('chidi'), { profile_image_url: 'data:image/gif;base64,R0lGODlh' });

    expect(await picture(older, 'chidi')).toMatchObject({ status: 200, type: 'image/png', body: 'GIF89a' });
    expect(await picture(newer, 'chidi')).toMatchObject({ status: 200, type: 'image/gif', body: 'GIF89a' });
    expect((await picture(newer, 'chidi')).headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('nowhere is the default one', async () => {
    await using twin = await openWebUITwin();
    const answer = await picture(twin, 'hex');

    expect([answer.headers.get('content-type'), answer.headers.get('content-length')]).toEqual(['image/png', '7858']);
    expect(answer.headers.has('etag')).toBe(true);
  });
});
