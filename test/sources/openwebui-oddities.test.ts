import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { createAccountLoader } from '../../src/sources/loading.ts';
import { createFallback } from '../../src/sources/openwebui/fallback.ts';
import { openWebUI } from '../../src/sources/openwebui/index.ts';
import {
  activeUser,
  forbidden,
  json,
  listedUser,
  noPermission,
  openSource,
  page,
  readPoint,
  readShared,
  readSweep,
  serve,
  slimUser,
} from './openwebui-session.ts';

const key = 'sk-any';
const refusal = new SourceError('SOURCE_FORBIDDEN', 'webui');
const group = (id: string, permissions: unknown = null) => ({
  id,
  user_id: 'ada',
  name: 'Crew',
  description: '',
  data: null,
  meta: null,
  permissions,
  created_at: 1_700_000_000,
  updated_at: 1_700_000_000,
  member_count: 1,
});

describe('what a key may see', () => {
  test('the service’s key is remembered from one session to the next, a caller’s is not', async () => {
    await using upstream = await serve(({ path }) =>
      path.endsWith('/info') ? json({ ...slimUser(), is_active: true }) : forbidden,
    );
    await using webui = openSource(upstream.url);
    const read = (credential: Parameters<typeof webui.open>[0]) => readPoint(webui.open(credential), 'user', 'mia');

    await read({ class: 'service', key });
    await read({ class: 'service', key });
    expect(upstream.requests).toHaveLength(3);

    await read({ class: 'caller', key, holder: 'one' });
    await read({ class: 'caller', key, holder: 'one' });
    expect(upstream.requests).toHaveLength(7);
  });

  test('up to 0.7 any user’s key is shown one user whole, though no list', async () => {
    await using upstream = await serve(({ path }) => (path === '/api/v1/users/mia' ? json(activeUser()) : forbidden));
    await using webui = openSource(upstream.url, { key });

    await expect(webui.session.list({}).page(0)).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
    expect(await readPoint(webui.session, 'user', 'mia')).toMatchObject({ settings: null, avatar: { url: '/user.png' } });
  });

  test('a list sweep that is refused is made up of single reads', async () => {
    await using upstream = await serve(({ path }) => {
      if (path === '/api/v1/users/mia/info') return json({ ...slimUser(), is_active: true });
      return path.endsWith('/info') ? json({ detail: 'We could not find' }, 400) : forbidden;
    });
    await using webui = openSource(upstream.url, { key });

    const swept = await readSweep(webui.session, 'list', ['mia', 'nobody']);

    expect([...swept.keys()]).toEqual(['mia']);
    expect(swept.get('mia')).toMatchObject({ presence: { isActive: true, lastActiveAt: null }, settings: refusal });
  });

  test('a refusal is believed for a minute, and a better right noticed after it', async () => {
    let now = 0;
    const fallback = createFallback(() => now);
    const asked: string[] = [];
    let refused = true;
    const ask = (what: string) =>
      fallback.ask(
        what,
        async () => {
          asked.push('first');
          if (refused) throw refusal;
          return 'whole';
        },
        async () => {
          asked.push('second');
          return 'slim';
        },
      );

    expect(await Promise.all([ask('mia'), ask('noor'), ask('ola')])).toEqual(['slim', 'slim', 'slim']);
    expect(asked).toEqual(['first', 'second', 'second', 'second']);
    refused = false;
    now = 59_999;
    expect(await ask('mia')).toBe('slim');
    now = 60_000;
    expect(await Promise.all([ask('mia'), ask('noor')])).toEqual(['whole', 'whole']);
  });

  test('a key that had the right has not lost it by one refusal, but by two without anything granted between', async () => {
    const fallback = createFallback(() => 0);
    const granted: string[] = [];
    const ask = (answer: 'whole' | 'refused') =>
      fallback.ask(
        answer,
        async () => {
          granted.push(answer);
          if (answer === 'refused') throw refusal;
          return answer;
        },
        async () => 'slim',
      );

    for (const answer of ['whole', 'refused', 'whole', 'refused'] as const) await ask(answer);
    expect(await ask('whole')).toBe('whole');
    expect(await Promise.all([ask('refused'), ask('refused')])).toEqual(['slim', 'slim']);

    expect(await ask('whole')).toBe('slim');
    expect(granted).toEqual(['whole', 'refused', 'whole', 'refused', 'whole', 'refused', 'refused']);
  });

  test('while it is found out, only who asks the same asks, too: the request is one, and goes on though the first leave', async () => {
    const fallback = createFallback();
    const asked: string[] = [];
    const answer = Promise.withResolvers<string>();
    const ask = (what: string) =>
      fallback.ask(
        what,
        () => {
          asked.push(what);
          return answer.promise;
        },
        async () => 'slim',
      );

    const all = Promise.all([ask('mia'), ask('mia'), ask('noor')]);
    const meanwhile = [...asked];
    answer.resolve('whole');
    await all;

    expect([meanwhile, asked]).toEqual([
      ['mia', 'mia'],
      ['mia', 'mia', 'noor'],
    ]);
  });

  test('a fault of the first asking is not passed on to those who waited for it', async () => {
    const fallback = createFallback();
    const fault = new SourceError('SOURCE_FAILED', 'webui');
    let asked = 0;
    const ask = (what: string) =>
      fallback.ask(
        what,
        async () => {
          asked += 1;
          if (asked === 1) throw fault;
          return 'whole';
        },
        async () => 'slim',
      );

    expect(await Promise.allSettled([ask('mia'), ask('noor'), ask('ola')])).toEqual([
      { status: 'rejected', reason: fault },
      { status: 'fulfilled', value: 'whole' },
      { status: 'fulfilled', value: 'whole' },
    ]);
    expect(asked).toBe(3);
  });
});

describe('rows', () => {
  test('a row that does not fit is an error of its own, and the others come', async () => {
    const rows = [listedUser({ id: 'odd', role: 7 }), listedUser()];
    await using upstream = await serve(() => json({ users: rows, total: 2 }));
    await using webui = openSource(upstream.url, { key });

    const { accounts } = await webui.session.list({}).page(0);
    const swept = await readSweep(webui.session, 'all', ['odd', 'mia']);

    expect(accounts.map(({ id }) => id)).toEqual(['odd', 'mia']);
    expect(accounts[0]?.record).toMatchObject({ identity: { code: 'SOURCE_MALFORMED' }, settings: { code: 'SOURCE_MALFORMED' } });
    expect(accounts[1]?.record).toMatchObject({ identity: { username: 'Mia', displayName: 'Mia' } });
    expect(swept.get('odd')).toMatchObject({ identity: { code: 'SOURCE_MALFORMED' } });
    expect(swept.get('mia')).toMatchObject({ email: 'mia@example.com' });
  });

  test('the constants of slim rows are nobody’s groups and nobody’s presence', async () => {
    await using upstream = await serve(() => json({ users: [slimUser()], total: 1 }));
    await using webui = openSource(upstream.url, { key });

    const record = (await readSweep(webui.session, 'all', ['mia'])).get('mia');

    expect(Object.keys(record ?? {}).toSorted()).toEqual(['bio', 'email', 'identity', 'role', 'userStatus']);
  });

  test('an empty name, an odd role and unknown keys are taken as they are', async () => {
    await using upstream = await serve(() => json(activeUser({ name: '', role: 'suspended', brand_new: [1], scim: undefined })));
    await using webui = openSource(upstream.url, { key });

    expect(await readPoint(webui.session, 'user', 'mia')).toMatchObject({
      identity: { username: '', displayName: '' },
      role: { role: 'UNKNOWN', nativeRole: 'suspended', bypassesGrants: false, isShutOut: true },
      openWebUIDetails: { scim: null },
    });
  });

  test('presence of a row is told by the server’s clock, however wrong ours may be', async () => {
    const date = 'Sat, 21 Nov 2026 10:00:00 GMT';
    const now = Date.parse(date) / 1000;
    const rows = [listedUser({ last_active_at: now - 180 }), listedUser({ id: 'bo', last_active_at: now - 181 })];
    await using upstream = await serve(() => json({ users: rows, total: 2 }, 200, { date }));
    await using webui = openSource(upstream.url, { key });

    const { accounts } = await webui.session.list({}).page(0);

    expect(accounts.map(({ record }) => record.presence)).toMatchObject([{ isActive: true }, { isActive: false }]);
  });

  test('an answer about somebody else is not believed', async () => {
    await using upstream = await serve(() => json(activeUser({ id: 'bo' })));
    await using webui = openSource(upstream.url, { key });

    await expect(readPoint(webui.session, 'user', 'mia')).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });

  test('who slips between two pages is asked for singly', async () => {
    const everybody = Array.from({ length: 61 }, (_, index) => listedUser({ id: `u${index}`, email: `${index}@example.com` }));
    await using upstream = await serve(({ path, query }) => {
      const asked = /users\/(u\d+)$/.exec(path)?.[1];
      if (asked !== undefined) return json(activeUser({ id: asked }));
      const start = (Number(query.get('page')) - 1) * 30;
      // Somebody of the first page is deleted before the second is read: u30 moves onto the page that was read already.
      const rows = start === 0 ? everybody : everybody.toSpliced(5, 1);
      return json({ users: rows.slice(start, start + 30), total: rows.length });
    });
    await using webui = openSource(upstream.url, { key });
    const loader = createAccountLoader(webui.session, 'webui');

    const loaded = await Promise.all(everybody.map(({ id }) => loader.load(String(id), 'registration')));

    expect(loaded.every(({ exists }) => exists)).toBe(true);
    const singly = upstream.requests.filter(({ path }) => path !== '/api/v1/users/').map(({ path }) => path);
    // The first counts them all.
    expect(singly).toEqual(['/api/v1/users/search', '/api/v1/users/u30']);
    expect(upstream.requests).toHaveLength(5);
  });
});

test('a server whose pages never reach its total is not asked for ever', async () => {
  await using upstream = await serve(() => json({ users: [slimUser()], total: 1_000_000 }));
  await using webui = openSource(upstream.url, { key });

  expect(await webui.session.findByUsername('Mia')).toEqual(['mia']);
  expect(await readPoint(webui.session, 'channelMembers', 'crew')).toEqual({ channelMembers: ['mia'] });
  expect((await readSweep(webui.session, 'list', ['bo'])).has('bo')).toBe(false);
  expect(upstream.requests.length).toBeLessThanOrEqual(5);
});

describe('groups', () => {
  const answer = (path: string) => {
    if (path === '/api/v1/groups/')
      return json([group('crew', { chat: { edit: { mine: true } } }), group('other', { chat: { edit: true } })]);
    if (path === '/api/v1/users/default/permissions') return json({ chat: { edit: false } });
    return json(
      activeUser({ id: path.split('/').at(-1), groups: [{ id: path.endsWith('mia') ? 'crew' : 'other', name: 'Crew' }] }),
    );
  };

  test('a group that the server cannot combine is an error of its members’ permissions alone', async () => {
    await using upstream = await serve(({ path }) => answer(path));
    await using webui = openSource(upstream.url, { key });
    const loader = createAccountLoader(webui.session, 'webui');

    const [mia, bo] = await Promise.allSettled([loader.load('mia', 'permissions'), loader.load('bo', 'permissions')]);

    expect(mia).toMatchObject({ status: 'rejected', reason: { code: 'SOURCE_MALFORMED' } });
    expect(bo).toEqual({
      status: 'fulfilled',
      value: { exists: true, value: { grants: [{ section: 'chat', key: 'edit', allowed: true }] } },
    });
    expect(upstream.requests).toHaveLength(4);
  });

  test('names of a row’s groups come from the one list of groups, and a group that is gone is left out', async () => {
    await using upstream = await serve(({ path }) =>
      path === '/api/v1/groups/'
        ? json([group('crew')])
        : json({ users: ['mia', 'bo', 'cy'].map((id) => listedUser({ id, group_ids: ['gone', 'crew'] })), total: 3 }),
    );
    await using webui = openSource(upstream.url, { key });
    const loader = createAccountLoader(webui.session, 'webui');
    for (const account of (await webui.session.list({}).page(0)).accounts) loader.prime({ ...account, fetchedAt: new Date() });

    const loaded = await Promise.all(['mia', 'bo', 'cy'].map((id) => loader.load(id, 'groups')));

    for (const one of loaded) expect(one).toEqual({ exists: true, value: [{ id: 'crew', name: 'Crew' }] });
    expect(await loader.load('crew', 'openWebUIGroup')).toMatchObject({ exists: true, value: { name: 'Crew', memberCount: 1 } });
    expect(upstream.requests.map(({ path }) => path)).toEqual(['/api/v1/users/', '/api/v1/groups/']);
  });

  test('default permissions that cannot be had are an error of permissions only', async () => {
    await using upstream = await serve(({ path }) =>
      path.endsWith('/default/permissions') ? json({ detail: noPermission }, 401) : answer(path),
    );
    await using webui = openSource(upstream.url, { key });
    const loader = createAccountLoader(webui.session, 'webui');

    const asked = await Promise.allSettled([loader.load('bo', 'permissions'), loader.load('bo', 'identity')]);

    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    await expect(readShared(webui.session, 'defaults')).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
  });
});

describe('asking', () => {
  test('the key goes in one header, and nothing else tells who asks', async () => {
    await using upstream = await serve(() => json({ users: [], total: 0 }, 200, { 'set-cookie': 'token=SECRET' }));
    await using webui = openSource(upstream.url, { key });

    await webui.session.list({}).page(0);
    await webui.session.list({ order: 'NAME_DESC', search: 'a&b=c d' }).page(4);

    expect(upstream.requests.map(({ headers }) => [headers.authorization, headers.cookie, headers['x-api-key']])).toEqual([
      ['Bearer sk-any', undefined, undefined],
      ['Bearer sk-any', undefined, undefined],
    ]);
    expect(upstream.requests.map(({ query }) => query)).toEqual([
      'order_by=email&direction=asc&page=1',
      'order_by=name&direction=desc&query=a%26b%3Dc%20d&page=5',
    ]);
  });

  test('an address with a path is kept to', async () => {
    await using upstream = await serve(() => json(activeUser()));
    await using webui = openSource(`${upstream.url}/chat/`, { key });

    await readPoint(webui.session, 'user', 'mia');

    expect(upstream.requests.map(({ path }) => path)).toEqual(['/chat/api/v1/users/mia']);
  });

  test('what cannot be listed is said with the way round it', async () => {
    await using webui = openSource('http://127.0.0.1:9', { key });

    expect(() => webui.session.list({ role: 'user' })).toThrow(/^The source cannot do this. It cannot list by role: look at/);
    expect(() => webui.session.list({ order: 'KUDOS' })).toThrow(
      /^The source cannot do this. It can list in the orders EMAIL, NAME/,
    );
    expect(webui.source.capabilities.orders[0]).toBe('EMAIL');
  });

  test('every facet that is brought is promised, and none besides', async () => {
    await using webui = openSource('http://127.0.0.1:9', { key });
    const brought = [
      ...webui.session.reads.flatMap(({ brings }) => brings),
      ...webui.session.derivations.map(({ facet }) => facet),
    ];

    expect([...webui.source.facets].toSorted()).toEqual([...new Set(brought)].toSorted());
  });

  test('a health that is not good is told as such', async () => {
    await using upstream = await serve(({ path }) => (path === '/health' ? json({ status: false }) : json({ version: '0.9.0' })));
    await using webui = openSource(upstream.url);

    expect(await webui.session.status()).toEqual({ version: '0.9.0', message: 'not healthy', credential: null });
  });

  test('settings without an address, or with words that are no settings, are refused', () => {
    const accepts = (settings: unknown): boolean => openWebUI.settings.safeParse(settings).success;

    expect(accepts({ url: 'https://chat.example' })).toBe(true);
    for (const wrong of [{}, { url: 'chat.example' }, { url: 'ftp://chat.example' }, { url: 'https://chat.example', key: 'x' }]) {
      expect(accepts(wrong)).toBe(false);
    }
  });

  test('a pending user’s key on a release without the short form is forbidden, not unsupported', async () => {
    await using upstream = await serve(({ path }) => (path.endsWith('/info') ? page() : forbidden));
    await using webui = openSource(upstream.url, { key });

    await expect(readPoint(webui.session, 'user', 'mia')).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
  });

  test('a page in place of the short form that was there before is no refusal: what is kept stays', async () => {
    let isWell = true;
    const info = json(activeUser({ id: 'mia' }));
    await using upstream = await serve(({ path }) => (!path.endsWith('/info') ? forbidden : isWell ? info : page()));
    await using webui = openSource(upstream.url, { key });
    await readPoint(webui.session, 'user', 'mia');

    isWell = false;

    await expect(readPoint(webui.session, 'user', 'mia')).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });
});
