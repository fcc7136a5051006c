import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/domain/facets.ts';
import { mcsManager } from '../../src/sources/mcsmanager/index.ts';
import { toPermissions, toRole } from '../../src/sources/mcsmanager/map.ts';
import { toApiUrl } from '../../src/sources/mcsmanager/settings.ts';
import { startTwinServer } from '../../src/twins/server.ts';
import {
  exception,
  listedUser,
  openPanel,
  panelAdmin,
  panelUser,
  refusal,
  scriptedPanel,
  told,
  userPage,
  uuids,
} from './mcsmanager-session.ts';

describe('settings', () => {
  test.for([
    ['https://panel.example', 'https://panel.example/api'],
    ['https://panel.example/', 'https://panel.example/api'],
    ['https://panel.example/api', 'https://panel.example/api'],
    ['https://panel.example/api/', 'https://panel.example/api'],
    ['http://panel.example:23333/games', 'http://panel.example:23333/games/api'],
    ['http://panel.example:23333/games/API//', 'http://panel.example:23333/games/API'],
    ['https://panel.example/rapi?apikey=x#top', 'https://panel.example/rapi/api'],
  ])('the address %s leads to %s', ([given, address]) => {
    expect(toApiUrl(given ?? '')).toBe(address);
  });

  test('need an address only; dates are then read as by a panel in UTC and American English', () => {
    expect(mcsManager.settings.parse({ url: 'https://panel.example' })).toEqual({
      url: 'https://panel.example/api',
      timeZone: 'UTC',
      dateFormat: 'en-US',
    });
  });

  test.for([
    {},
    { url: 'panel.example' },
    { url: 'ftp://panel.example' },
    { url: 'https://panel.example', apiKey: '' },
    { url: 'https://panel.example', timeZone: 'Mars/Base' },
    { url: 'https://panel.example', timeZone: '' },
    { url: 'https://panel.example', dateFormat: 'th-TH' },
    { url: 'https://panel.example', timezone: 'UTC' },
  ])('that say what cannot be are refused: %j', (settings) => {
    expect(mcsManager.settings.safeParse(settings).success).toBe(false);
  });
});

describe('ids', () => {
  test('are 32 hex digits without dashes, in lower case', async () => {
    await using panel = openPanel('http://127.0.0.1:9');
    const { canonicalId } = panel.source;

    expect(canonicalId('A1D0A1D0A1D04A1D8A1D0A1D0A1D0001')).toBe('a1d0a1d0a1d04a1d8a1d0a1d0a1d0001');
    for (const text of [
      '',
      'a1d0a1d0-a1d0-4a1d-8a1d-0a1d0a1d0001',
      'a1d0a1d0a1d04a1d8a1d0a1d0a1d000',
      `${uuids.user}0`,
      `${uuids.user}\n`,
      'g'.repeat(32),
    ])
      expect(canonicalId(text)).toBeNull();
  });

  test('of instances that name no daemon or no instance belong to nothing, and nothing is asked', async () => {
    await using upstream = await scriptedPanel({});
    await using panel = openPanel(upstream.url, { key: 'k' });

    for (const key of ['', '/', 'daemon', 'daemon/', '/instance']) expect(await panel.point('instance', key)).toBeNull();
    expect(await panel.sweep('daemonInstances', 'nothing')).toEqual(new Map());
    expect(upstream.requests).toHaveLength(0);
  });

  test('travel encoded, whatever an admin put into a reference', async () => {
    await using upstream = await scriptedPanel({ '/instance': () => refusal(403, 'no') });
    await using panel = openPanel(upstream.url, { key: 'k' });

    await expect(panel.point('instance', 'a&apikey=b/c/../d#e')).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });

    expect(upstream.requests.map(({ path, query }) => [path, query])).toEqual([
      ['/api/instance', 'daemonId=a%26apikey%3Db&uuid=c%2F..%2Fd%23e'],
    ]);
  });
});

describe('roles', () => {
  test.for<[Json, string, string, boolean, boolean]>([
    [-1, 'BANNED', '-1', false, true],
    [0, 'GUEST', '0', false, false],
    [1, 'USER', '1', false, false],
    [5, 'USER', '5', false, false],
    [9.5, 'USER', '9.5', false, false],
    [10, 'ADMIN', '10', true, false],
    [11, 'ADMIN', '11', true, false],
    ['10', 'ADMIN', '10', true, false],
    ['1', 'USER', '1', false, false],
    ['0', 'GUEST', '0', false, false],
    ['-1', 'BANNED', '-1', false, true],
    [-2, 'UNKNOWN', '-2', false, true],
    [0.5, 'UNKNOWN', '0.5', false, false],
    ['boss', 'UNKNOWN', 'boss', false, false],
    [' ', 'UNKNOWN', ' ', false, false],
    [true, 'UNKNOWN', 'true', false, false],
    [{ level: 10 }, 'UNKNOWN', '{"level":10}', false, false],
    [[10], 'UNKNOWN', '[10]', false, false],
  ])('of permission %j', ([permission, role, nativeRole, bypassesGrants, isShutOut]) => {
    expect(toRole(permission)).toEqual({ role, nativeRole, bypassesGrants, isShutOut });
  });

  test('grant what the panel lets in from that number on', () => {
    const allowed = (permission: Json): string[] =>
      toPermissions(permission).grants.flatMap((grant) => (grant.allowed ? [`${grant.section}.${grant.key}`] : []));

    expect(allowed(-1)).toEqual([]);
    expect(allowed(0)).toEqual(['mcsmanager.login']);
    expect(allowed(1)).toEqual(['mcsmanager.login', 'mcsmanager.user']);
    expect(allowed('10')).toEqual(['mcsmanager.login', 'mcsmanager.user', 'mcsmanager.admin']);
  });

  test('of no number grant nothing and refuse nothing, for that is not known', () => {
    expect(toPermissions('boss')).toEqual({ grants: [] });
  });
});

describe('what an admin can store', () => {
  const readAs = async (changes: Record<string, unknown>): Promise<unknown> => {
    await using upstream = await scriptedPanel({ '/auth/': () => told(panelUser(changes)) });
    await using panel = openPanel(upstream.url, { key: 'k' });
    return await panel.point('user', uuids.user);
  };

  test.for([
    [12_345, '12345'],
    [{ first: 'Ada' }, '{"first":"Ada"}'],
    ['', ''],
    ['玩家七', '玩家七'],
  ])('as a name is shown, as JSON where it is no text: %j', async ([userName, username]) => {
    expect(await readAs({ userName })).toMatchObject({ identity: { username, displayName: null } });
  });

  test('as a date is kept as text, and read where it can be', async () => {
    expect(await readAs({ registerTime: 'not a date', loginTime: 1_795_278_733 })).toMatchObject({
      registration: { createdAt: null, text: 'not a date' },
      presence: { lastActiveAt: null, text: '1795278733', isActive: null },
    });
  });

  test('as nothing means never', async () => {
    expect(await readAs({ registerTime: '', loginTime: '' })).toMatchObject({
      registration: { createdAt: null, text: null },
      presence: { lastActiveAt: null, text: null, isActive: null },
    });
  });

  test('as a key shows only that there is one, even where the panel does not mask it', async () => {
    const read = await readAs({ apiKey: 'a-key-in-the-clear' });

    expect(read).toMatchObject({ mcsManagerSecurity: { hasApiKey: true } });
    expect(JSON.stringify(read)).not.toContain('in-the-clear');
  });
});

describe('rows', () => {
  test('one odd one spoils its own facets and nobody else’s', async () => {
    const odd = listedUser({ uuid: uuids.nobody, instances: 'none', secret: 'S3CRET' });
    await using upstream = await scriptedPanel({
      '/auth/overview': () => told([panelUser(), odd]),
      '/auth/search': () => userPage([odd, listedUser()]),
    });
    await using panel = openPanel(upstream.url, { key: 'k' });

    const swept = await panel.sweep('overview', uuids.user);
    const { accounts } = await panel.session.list({}).page(0);

    expect(swept.get(uuids.user)?.identity).toEqual({ username: 'player_one', displayName: null });
    expect(swept.get(uuids.nobody)?.identity).toMatchObject({ code: 'SOURCE_MALFORMED' });
    expect(accounts.map(({ id, record }) => [id, record.role])).toMatchObject([
      [uuids.nobody, { code: 'SOURCE_MALFORMED' }],
      [uuids.user, { role: 'USER' }],
    ]);
    expect(JSON.stringify(accounts)).not.toContain('S3CRET');
  });

  test('one without an id spoils the answer, for nobody knows whose it is', async () => {
    await using upstream = await scriptedPanel({ '/auth/overview': () => told([panelUser(), { userName: 'who' }]) });
    await using panel = openPanel(upstream.url, { key: 'k' });

    await expect(panel.sweep('overview', uuids.user)).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });

  test('that repeat on the next page count once', async () => {
    await using upstream = await scriptedPanel({
      '/auth/search': ({ query }) => userPage([listedUser()], Number(query.get('page')), 2, 2),
    });
    await using panel = openPanel(upstream.url, { key: 'k' });

    const { accounts, total } = await panel.session.search('player', 10);

    expect([accounts.length, total]).toEqual([1, 2]);
    expect(upstream.requests).toHaveLength(2);
  });

  test('that never come end the paging, whatever number of pages the panel claims', async () => {
    await using upstream = await scriptedPanel({
      '/auth/search': ({ query }) => userPage(query.get('page') === '1' ? [listedUser()] : [], 1, 1_000_000_000, 9),
    });
    await using panel = openPanel(upstream.url, { key: 'k' });

    expect(await panel.session.findByUsername('player_one')).toEqual([uuids.user]);
    expect(upstream.requests).toHaveLength(2);
    await panel.sweep('search', uuids.nobody).catch(() => undefined);
    expect(upstream.requests.filter(({ path }) => path === '/api/auth/search')).toHaveLength(4);
  });

  test('of a release without single sign-on leave open whether one is bound', async () => {
    const { ssoBound: _none, ssoSub: _neither, ...old } = listedUser();
    await using upstream = await scriptedPanel({ '/auth/search': () => userPage([old]) });
    await using panel = openPanel(upstream.url, { key: 'k' });

    expect((await panel.sweep('search', uuids.user)).get(uuids.user)).toMatchObject({
      mcsManagerSignIn: { passWordType: 1, ssoBound: null },
    });
  });
});

describe('an unknown user', () => {
  const unknown = () => exception(500, 'The UID does not exist');

  test('is not believed in while the panel answers nobody', async () => {
    await using upstream = await scriptedPanel({ '/auth/': unknown });
    await using panel = openPanel(upstream.url, { key: 'k' });

    const asked = await Promise.allSettled([panel.point('user', uuids.user), panel.point('user', uuids.nobody)]);

    expect(asked).toMatchObject(asked.map(() => ({ reason: { code: 'SOURCE_FAILED' } })));
    expect(upstream.requests).toHaveLength(3);
  });

  test('is not believed in on the word of a key that may read only its owner', async () => {
    await using upstream = await scriptedPanel({
      '/auth/': ({ query }) => (query.has('uuid') ? unknown() : told(panelUser())),
    });
    await using panel = openPanel(upstream.url, { key: 'k' });

    await expect(panel.point('user', uuids.nobody)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  test('is one in any language, and a text in place of an exception is none', async () => {
    const inChinese = exception(500, '该 UID 不存在');
    const answers = [inChinese, inChinese, refusal(500, 'The UID does not exist'), refusal(500, null)];
    await using upstream = await scriptedPanel({
      '/auth/': ({ query }) => (query.has('uuid') ? (answers.shift() ?? unknown()) : told(panelAdmin)),
    });
    await using panel = openPanel(upstream.url, { key: 'k' });

    expect(await panel.point('user', uuids.nobody)).toBeNull();
    await expect(panel.point('user', uuids.nobody)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    await expect(panel.point('user', uuids.nobody)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  test('is not believed in before the panel says so again while all is well', async () => {
    // What it says to each question for a user, in turn: trouble, and then what is so.
    const answers = [unknown(), told(panelUser()), told(panelUser()), unknown(), told(panelUser())];
    await using upstream = await scriptedPanel({
      '/auth/': ({ query }) => (query.has('uuid') ? (answers.shift() ?? unknown()) : told(panelAdmin)),
    });
    await using panel = openPanel(upstream.url, { key: 'k' });
    const ask = () => panel.point('user', uuids.user);

    // Nothing was known of the panel; then it has just answered; and in the end there is nobody.
    expect([await ask(), await ask(), await ask()]).toEqual(
      Array(3).fill(expect.objectContaining({ identity: expect.anything() })),
    );
    expect(upstream.requests).toHaveLength(7);
    expect(await ask()).toBeNull();
    expect(upstream.requests).toHaveLength(10);
  });

  test('is not believed in on the word of a request that was under way before the panel was well', async () => {
    // Trouble for the first two who ask; the second of them hears of it late, when the first asks again.
    const [first, second, well] = [unknown(), unknown(), told(panelUser())];
    let asked = 0;
    await using upstream = await startTwinServer(async ({ query }) => {
      if (!query.has('uuid')) {
        await expect.poll(() => asked).toBe(2);
        return told(panelAdmin);
      }
      asked += 1;
      if (asked === 2) await expect.poll(() => asked).toBe(3);
      return [first, second][asked - 1] ?? well;
    });
    await using panel = openPanel(upstream.url, { key: 'k' });
    const early = panel.point('user', uuids.user);
    await expect.poll(() => upstream.requests.length).toBe(2);
    const late = panel.point('user', uuids.user);

    expect(await early).toMatchObject({ identity: expect.anything() });
    expect(await late).toMatchObject({ identity: expect.anything() });
  });

  test('is asked for twice and the panel twice for itself, however far apart the answers for several come', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'].map((digit) => digit.repeat(32));
    await using upstream = await startTwinServer(async ({ query }) => {
      const at = ids.indexOf(query.get('uuid') ?? '');
      // Long enough apart for whatever the one before had to ask.
      if (at >= 0) await new Promise((resolve) => setTimeout(resolve, 60 * at));
      return at < 0 ? told(panelAdmin) : unknown();
    });
    await using panel = openPanel(upstream.url, { key: 'k' });

    expect(await Promise.all(ids.map((id) => panel.point('user', id)))).toEqual(ids.map(() => null));
    expect(upstream.requests.length).toBeLessThanOrEqual(2 * ids.length + 2);
  });
});

test('an instance is not believed gone before the panel says so again while its daemon is there', async () => {
  const [daemonId, instanceId] = [uuids.nobody, uuids.user];
  const trouble = exception(500, 'Some trouble');
  const instance = { instanceUuid: instanceId, status: 3, config: { nickname: 'n' }, info: {} };
  const answers = [trouble, told(instance), trouble, trouble];
  let daemons = [{ uuid: daemonId, available: true }];
  await using upstream = await scriptedPanel({
    '/auth/': () => told(panelAdmin),
    '/instance': () => answers.shift() ?? trouble,
    '/service/remote_services_list': () => told(daemons),
  });
  await using panel = openPanel(upstream.url, { key: 'k' });
  const ask = () => panel.point('instance', `${daemonId}/${instanceId}`);

  expect(await ask()).toMatchObject({ instance: expect.anything() });
  expect(await ask()).toBeNull();
  daemons = [];
  await expect(ask()).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
});

describe('a panel', () => {
  test('that nobody has set up says so', async () => {
    await using upstream = await scriptedPanel({ '/auth/status': () => told({ isInstall: false, language: 'en_us' }) });
    await using panel = openPanel(upstream.url);

    expect(await panel.session.status()).toMatchObject({ message: 'The panel has no user yet and lets anybody set it up.' });
  });

  test.for(['', '<script>', 'x'.repeat(41)])('whose version is none tells none: %j', async (version) => {
    await using upstream = await scriptedPanel({
      '/auth/status': () => ({
        ...told({ isInstall: true }),
        headers: { 'content-type': 'application/json', 'x-version': version },
      }),
    });
    await using panel = openPanel(upstream.url);

    expect(await panel.session.status()).toMatchObject({ version: null });
  });

  test('lists in one order only', async () => {
    await using panel = openPanel('http://127.0.0.1:9', { key: 'k' });

    expect(() => panel.session.list({ order: 'NAME' })).toThrow(
      expect.objectContaining({
        code: 'SOURCE_UNSUPPORTED',
        message: 'The source cannot do this. It lists users in one order only, CREATED.',
      }),
    );
  });

  test('with every facet of its capabilities has a read that brings it', async () => {
    await using panel = openPanel('http://127.0.0.1:9', { key: 'k' });

    const brought = new Set(panel.session.reads.flatMap(({ brings }) => brings));

    expect(brought).toEqual(panel.source.facets);
  });

  test('costs what its size makes it cost', async () => {
    await using panel = openPanel('http://127.0.0.1:9', { key: 'k' });
    const costs = panel.session.reads.flatMap((read) => (read.shape === 'sweep' ? [[read.name, read.cost('d', 2_000)]] : []));

    expect(Object.fromEntries(costs)).toEqual({
      overview: { requests: 1, bytes: 260_000 },
      search: { requests: 40, bytes: 560_000, weight: 1_200 },
      daemonInstances: { requests: 1, bytes: 15_500 },
      daemons: { requests: 1, bytes: 500 },
    });
  });
});

describe('an instance', () => {
  const instance = (changes: Record<string, unknown> = {}, config: Record<string, unknown> = {}) => ({
    instanceUuid: 'i',
    status: 3,
    started: 1,
    config: { nickname: 'n', createDatetime: 1_795_278_730_647, lastDatetime: 1_795_278_732_680, endTime: 0, ...config },
    info: { mcPingOnline: true, currentPlayers: 3, maxPlayers: 20, version: '1.21' },
    ...changes,
  });
  const readAs = async (answer: object): Promise<unknown> => {
    await using upstream = await scriptedPanel({ '/instance': () => told(answer) });
    await using panel = openPanel(upstream.url, { key: 'k' });
    return (await panel.point('instance', 'd/i'))?.instance;
  };

  test('whose game server is not answering has no players, not zero', async () => {
    expect(await readAs(instance())).toMatchObject({ currentPlayers: 3, maxPlayers: 20, version: '1.21' });
    expect(
      await readAs(instance({ info: { mcPingOnline: false, currentPlayers: 0, maxPlayers: 0, version: '' } })),
    ).toMatchObject({
      currentPlayers: null,
      maxPlayers: null,
      version: null,
    });
  });

  test('that was never started has its creation time for its start, which is none', async () => {
    expect(await readAs(instance({}, { lastDatetime: 1_795_278_730_647 }))).toMatchObject({
      createdAt: new Date(1_795_278_730_647),
      lastStartedAt: null,
      endsAt: null,
    });
  });

  test('of a status that is not known yet is unknown, with the number kept', async () => {
    expect(await readAs(instance({ status: 7 }))).toMatchObject({ status: 'UNKNOWN', nativeStatus: '7' });
  });

  test('of an older daemon, with text for times and without tags, is read as far as it goes', async () => {
    expect(await readAs(instance({}, { createDatetime: '2023/3/4', lastDatetime: '', endTime: '' }))).toMatchObject({
      tags: [],
      type: null,
      createdAt: null,
      lastStartedAt: null,
      endsAt: null,
      autoStart: null,
    });
  });
});
