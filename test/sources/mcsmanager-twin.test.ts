import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { createAccountLoader } from '../../src/sources/loading.ts';
import { HARBOUR_DAEMON, ISLAND_DAEMON } from '../../src/twins/mcsmanager/fleet.ts';
import { type McsManagerTwin, mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { addUser, type PanelUser } from '../../src/twins/mcsmanager/world.ts';
import { openPanel, uuids } from './mcsmanager-session.ts';
import { instanceTruth, listedTruth, overviewTruth, userTruth } from './mcsmanager-truth.ts';

const usersOf = (twin: McsManagerTwin): PanelUser[] => [...twin.world.users.values()];
const castMember = (alias: string): string => cast.find((member) => member.alias === alias)?.mcsManager ?? '';
/** What is asked until it is sure that there is no such user. */
const askedOfNobody = (uuid: string): string[] => [`uuid=${uuid}`, '', `uuid=${uuid}`];
const records = (users: readonly PanelUser[], truth: (user: PanelUser) => object): Map<string, object> =>
  new Map(users.map((user) => [user.uuid, truth(user)]));

describe('users', () => {
  test('each read singly are as the panel knows them, for a request each', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const users = usersOf(twin);

    const read = await Promise.all(users.map(({ uuid }) => panel.point('user', uuid)));

    expect(read).toEqual(users.map(userTruth));
    expect(twin.requests).toHaveLength(120);
  });

  test('come all at once by the overview, which never tells when they registered', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const swept = await panel.sweep('overview', uuids.nobody);

    expect(swept).toEqual(records(usersOf(twin), overviewTruth));
    expect(twin.requests.map(({ path }) => path)).toEqual(['/api/auth/overview']);
    expect(panel.session.population()).toBe(120);
  });

  test('come whole by the pages of the search, fifty a request, and one more to be sure of who did not come', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const swept = await panel.sweep('search', uuids.nobody);

    expect(swept).toEqual(records(usersOf(twin), listedTruth));
    expect(twin.requests.map(({ query }) => query)).toEqual([
      'page=1&page_size=50',
      'page=2&page_size=50',
      'page=3&page_size=50',
      ...askedOfNobody(uuids.nobody),
    ]);
  });

  test('are no longer paged through once the wanted ones came', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const swept = await panel.sweep('search', castMember('ada'), castMember('bao'));

    expect(swept.size).toBe(50);
    expect(twin.requests).toHaveLength(1);
  });

  test('whom a deletion moved to a page already read are asked for singly', async () => {
    await using twin = await mcsManagerTwin({ size: 60 });
    twin.faults.add({ path: '/api/auth/search', after: 1, fault: { kind: 'delay', ms: 100 } });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const [, , deleted, ...rest] = usersOf(twin).map(({ uuid }) => uuid);
    const slipped = rest[47] ?? '';
    const last = rest.at(-1) ?? '';

    const sweeping = panel.sweep('search', slipped, last);
    await expect.poll(() => twin.requests.length).toBe(2);
    twin.world.users.delete(deleted ?? '');
    const swept = await sweeping;

    expect(swept.get(last)?.mcsManagerSignIn).toMatchObject({ ssoBound: expect.any(Boolean) });
    expect(swept.get(slipped)).toMatchObject({
      ...userTruth(twin.world.users.get(slipped) as PanelUser),
      mcsManagerSignIn: { code: 'SOURCE_FAILED' },
    });
    expect(twin.requests).toHaveLength(3);
  });

  test('unknown are null once the panel has said so twice and proved good in between, which is asked once for all at a time', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const [one, other, later] = [uuids.nobody, uuids.user, 'f'.repeat(32)];

    const both = await Promise.all([panel.point('user', one), panel.point('user', other)]);
    const last = await panel.point('user', later);

    expect([...both, last]).toEqual([null, null, null]);
    expect(twin.requests.map(({ query }) => query)).toEqual([
      ...[`uuid=${one}`, `uuid=${other}`, '', `uuid=${one}`, `uuid=${other}`],
      ...askedOfNobody(later),
    ]);
  });

  test('of a panel in another zone and locale have the same moments', async () => {
    await using here = await mcsManagerTwin({ size: 12 });
    await using there = await mcsManagerTwin({ size: 12, timeZone: 'Asia/Shanghai', locale: 'zh_CN' });
    await using panel = openPanel(there.url, {
      key: there.keys.admin,
      settings: { timeZone: 'Asia/Shanghai', dateFormat: 'zh-CN' },
    });
    await using misread = openPanel(there.url, { key: there.keys.admin });
    const ada = here.world.users.get(castMember('ada')) as PanelUser;

    const read = await panel.point('user', ada.uuid);
    const wrong = await misread.point('user', ada.uuid);

    const text = there.world.users.get(ada.uuid)?.registerTime;
    expect(read?.registration).toEqual({ ...userTruth(ada).registration, text });
    expect(wrong?.registration).toEqual({ createdAt: null, text });
  });
});

describe('instances and daemons', () => {
  const keysOf = (twin: McsManagerTwin, daemonId: string): string[] =>
    [...(twin.world.daemons.get(daemonId)?.instances.keys() ?? [])].map((uuid) => `${daemonId}/${uuid}`);

  test('of one daemon come together, as it knows them, in one request', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const truth = [...(twin.world.daemons.get(HARBOUR_DAEMON)?.instances.values() ?? [])];

    const swept = await panel.sweep('daemonInstances', ...keysOf(twin, HARBOUR_DAEMON), `${HARBOUR_DAEMON}/${uuids.nobody}`);

    expect(swept).toEqual(new Map(truth.map((one) => [`${HARBOUR_DAEMON}/${one.uuid}`, instanceTruth(HARBOUR_DAEMON, one)])));
    expect(swept.size).toBeGreaterThan(20);
    expect(twin.requests).toHaveLength(1);
  });

  test('read singly are the same, for a request each', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const truth = [...(twin.world.daemons.get(ISLAND_DAEMON)?.instances.values() ?? [])];

    const read = await Promise.all(keysOf(twin, ISLAND_DAEMON).map((key) => panel.point('instance', key)));

    expect(read).toEqual(truth.map((one) => instanceTruth(ISLAND_DAEMON, one)));
    expect(twin.requests).toHaveLength(truth.length);
  });

  test('that are gone from their daemon are null, once the panel says that the daemon is there', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const gone = await Promise.all(['a', 'b'].map((name) => panel.point('instance', `${HARBOUR_DAEMON}/${name}`)));

    expect(gone).toEqual([null, null]);
    expect(twin.requests.map(({ path }) => path)).toEqual([
      ...['/api/instance', '/api/instance'],
      '/api/service/remote_services_list',
      ...['/api/instance', '/api/instance'],
    ]);
  });

  test('of a daemon that is away or that the panel does not know are unreachable, singly and together', async () => {
    await using twin = await mcsManagerTwin({ secondDaemon: 'away' });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const [away = ''] = keysOf(twin, ISLAND_DAEMON);

    for (const key of [away, `${uuids.nobody}/${uuids.nobody}`]) {
      await expect(panel.point('instance', key)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE', retryable: true });
      await expect(panel.sweep('daemonInstances', key)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    }
    // Either the instance and then which daemons there are, or the page of its daemon.
    expect(twin.requests).toHaveLength(2 * 2 + 2);
  });

  test('of a daemon that is silent time out, whether the panel gives it up or we do', async () => {
    await using twin = await mcsManagerTwin({ secondDaemon: 'hanging', hangMs: 5_100 });
    await using patient = openPanel(twin.url, { key: twin.keys.admin, http: { deadlineMs: 9_000 } });
    await using hasty = openPanel(twin.url, { key: twin.keys.admin, http: { deadlineMs: 100 } });
    const [key = ''] = keysOf(twin, ISLAND_DAEMON);

    const outcomes = await Promise.allSettled([
      patient.point('instance', key),
      patient.sweep('daemonInstances', key),
      hasty.point('instance', key),
      hasty.sweep('daemonInstances', key),
    ]);

    expect(outcomes).toMatchObject(outcomes.map(() => ({ status: 'rejected', reason: { code: 'SOURCE_TIMEOUT' } })));
    expect(twin.requests).toHaveLength(4);
  });

  test('more than a page of them are read page by page, as long as that takes fewer requests than asking singly', async () => {
    await using twin = await mcsManagerTwin();
    const island = twin.world.daemons.get(ISLAND_DAEMON);
    const [model] = [...(island?.instances.values() ?? [])];
    if (island === undefined || model === undefined) throw new Error('the island has instances');
    for (let n = 100; n < 220; n += 1)
      island.instances.set(`extra${n}`, { ...model, uuid: `extra${n}`, status: -1, nickname: `z${n}` });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const early = await panel.sweep('daemonInstances', `${ISLAND_DAEMON}/${model.uuid}`);
    const earlyRequests = twin.requests.length;
    const one = await panel.sweep('daemonInstances', `${ISLAND_DAEMON}/extra219`);
    const oneRequests = twin.requests.length - earlyRequests;
    const extras = [...island.instances.keys()].filter((id) => id.startsWith('extra'));
    const all = await panel.sweep('daemonInstances', ...extras.map((id) => `${ISLAND_DAEMON}/${id}`));
    const sweep = panel.session.reads.find(({ name }) => name === 'daemonInstances');

    expect([early.size, earlyRequests]).toEqual([50, 1]);
    // Two more pages may hold it; its own address does.
    expect([one.size, oneRequests]).toEqual([51, 2]);
    expect([all.size, twin.requests.length]).toEqual([island.instances.size, 1 + 2 + 3]);
    expect(sweep?.shape === 'sweep' && sweep.cost(ISLAND_DAEMON, 120).requests).toBe(3);
  });

  test('daemons come by name in one request', async () => {
    await using twin = await mcsManagerTwin({ secondDaemon: 'away' });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const daemons = await panel.sweep('daemons', HARBOUR_DAEMON);

    expect([...daemons.values()]).toEqual([
      { daemon: { daemonId: HARBOUR_DAEMON, name: 'harbour', available: true } },
      { daemon: { daemonId: ISLAND_DAEMON, name: 'island', available: false } },
    ]);
    expect(twin.requests).toHaveLength(1);
  });
});

describe('lists and names', () => {
  test('pages hold fifty users in the panel’s order and tell how many there are', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const list = panel.session.list({});

    const pages = await Promise.all([0, 1, 2, 3].map((index) => list.page(index)));

    expect(pages.map(({ accounts, total, more }) => [accounts.length, total, more])).toEqual([
      [50, 120, true],
      [50, 120, true],
      [20, 120, false],
      [0, 120, false],
    ]);
    const rows = pages.flatMap(({ accounts }) => accounts);
    expect(rows.map(({ id, record }) => [id, record])).toEqual(usersOf(twin).map((user) => [user.uuid, listedTruth(user)]));
    expect(list).toMatchObject({ pageSize: 50, stableOrder: false });
    expect(twin.requests).toHaveLength(4);
  });

  test('a restart of the panel changes the order, and only that', async () => {
    await using twin = await mcsManagerTwin({ size: 40 });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const idsOf = async (): Promise<string[]> => (await panel.session.list({}).page(0)).accounts.map(({ id }) => id);

    const before = await idsOf();
    twin.restart();
    const after = await idsOf();

    expect(after).not.toEqual(before);
    expect(after.toSorted()).toEqual(before.toSorted());
  });

  test('every role word of the capabilities narrows the list to that role', async () => {
    await using twin = await mcsManagerTwin();
    addUser(twin.world, { uuid: 'a'.repeat(32), userName: 'visitor', permission: 0 });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    for (const [role, word] of Object.entries(panel.source.capabilities.roleWords)) {
      const { accounts, total } = await panel.session.list({ role: word }).page(0);
      expect(accounts.length).toBeGreaterThan(0);
      expect(
        accounts.every(({ record }) => record.role !== undefined && 'role' in record.role && record.role.role === role),
      ).toBe(true);
      expect(total).toBe(usersOf(twin).filter(({ permission }) => String(permission) === word).length);
    }
    expect(twin.requests).toHaveLength(4);
    expect(panel.session.population()).toBeUndefined();
  });

  test('a list by a part of the name goes by letter case', async () => {
    await using twin = await mcsManagerTwin({ size: 12 });
    addUser(twin.world, { uuid: 'a'.repeat(32), userName: 'Adapter' });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const small = await panel.session.list({ search: 'ada' }).page(0);
    const capital = await panel.session.list({ search: 'Ada' }).page(0);

    expect(small.accounts.map(({ id }) => id)).toContain(castMember('ada'));
    expect(capital.accounts.map(({ id }) => id)).toEqual(['a'.repeat(32)]);
  });

  test('a search puts the very name first, then names that begin so, and says how many there are', async () => {
    await using twin = await mcsManagerTwin({ size: 12 });
    const names = ['a quill', 'quilling', 'quill', 'tranquillity'];
    for (const [nth, userName] of names.entries()) addUser(twin.world, { uuid: String(nth).repeat(32), userName });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const all = await panel.session.search('quill', 10);
    const two = await panel.session.search('quill', 2);

    expect(all.accounts.map(({ record }) => record.identity)).toMatchObject(
      ['quill', 'quilling', 'a quill', 'tranquillity'].map((username) => ({ username })),
    );
    expect([all.total, all.more]).toEqual([4, false]);
    expect(two.accounts.map(({ id }) => id)).toEqual(['2'.repeat(32), '1'.repeat(32)]);
    expect([two.total, two.more]).toEqual([4, true]);
    expect(twin.requests).toHaveLength(2);
  });

  test('a name finds everybody who has exactly it, over several pages if many have it in theirs', async () => {
    await using twin = await mcsManagerTwin({ size: 12 });
    for (let n = 100; n < 170; n += 1) addUser(twin.world, { uuid: `${n}`.padStart(32, '0'), userName: `quill${n}` });
    addUser(twin.world, { uuid: 'a'.repeat(32), userName: 'quill' });
    addUser(twin.world, { uuid: 'b'.repeat(32), userName: 'quill' });
    addUser(twin.world, { uuid: 'c'.repeat(32), userName: 'Quill' });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    expect(await panel.session.findByUsername('quill')).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
    expect(twin.requests).toHaveLength(2);
    expect(await panel.session.findByUsername('quil')).toEqual([]);
    expect(await panel.session.findByUsername('')).toEqual([]);
    expect(twin.requests).toHaveLength(4);
  });

  test('the word that the panel takes for no filter finds whoever is called so, and nobody else', async () => {
    await using twin = await mcsManagerTwin();
    addUser(twin.world, { uuid: 'a'.repeat(32), userName: 'undefined' });
    addUser(twin.world, { uuid: 'b'.repeat(32), userName: 'ndefined' });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    expect(await panel.session.findByUsername('undefined')).toEqual(['a'.repeat(32)]);
    expect((await panel.session.search('undefined', 5)).accounts.map(({ id }) => id)).toEqual(['a'.repeat(32)]);
    expect(() => panel.session.list({ search: 'undefined' })).toThrow(expect.objectContaining({ code: 'SOURCE_UNSUPPORTED' }));
    expect(twin.requests).toHaveLength(2);
  });

  test('one name that is not text breaks the panel’s search, but not ours', async () => {
    await using twin = await mcsManagerTwin();
    addUser(twin.world, { uuid: 'a'.repeat(32), userName: 12_345 });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    expect(await panel.session.findByUsername('ada')).toEqual([castMember('ada')]);
    expect(twin.requests.map(({ path }) => path)).toEqual(['/api/auth/search', '/api/auth/overview']);
    expect(await panel.session.findByUsername('12345')).toEqual(['a'.repeat(32)]);
    expect((await panel.session.search('ada', 1)).accounts.map(({ id }) => id)).toEqual([castMember('ada')]);
    await expect(panel.session.list({ search: 'ada' }).page(0)).rejects.toMatchObject({
      code: 'SOURCE_UNSUPPORTED',
      message:
        'The source cannot do this. While some user’s name is not text it finds nobody by name: list the users without a search.',
    });
    expect((await panel.session.list({}).page(2)).accounts).toHaveLength(21);
  });
});

describe('keys', () => {
  test('an administrator’s tells who it is and what it may, and the status asks without it', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });

    const self = await panel.session.self();
    const status = await panel.session.status();

    const [admin] = usersOf(twin);
    expect(self).toMatchObject({ id: admin?.uuid, record: userTruth(admin as PanelUser) });
    expect(status).toEqual({ version: '10.18.2', message: null, credential: 'An administrator’s key: every user can be read.' });
    expect(twin.requests.map(({ path, headers }) => [path, headers['x-request-api-key']])).toEqual([
      ['/api/auth/', twin.keys.admin],
      ['/api/auth/status', undefined],
    ]);
  });

  test('none at all shows the status only, and asks for nothing that is refused without one', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url);

    expect(await panel.session.self()).toBeNull();
    expect(await panel.session.status()).toEqual({
      version: '10.18.2',
      message: null,
      credential: 'No key: the panel shows no user.',
    });
    await expect(panel.point('user', castMember('ada'))).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
    await expect(panel.sweep('overview', castMember('ada'))).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
    await expect(panel.session.list({}).page(0)).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
    expect(twin.requests).toHaveLength(1);
  });

  test('an ordinary user’s reads that user and nobody else, whatever the way', async () => {
    await using twin = await mcsManagerTwin();
    const own = castMember('chidi');
    const truth = userTruth(twin.world.users.get(own) as PanelUser);
    await using panel = openPanel(twin.url, { key: twin.keys.of(own) });
    const other = castMember('ada');

    expect(await panel.session.self()).toMatchObject({ id: own, record: truth });
    expect(await panel.point('user', own)).toEqual(truth);
    await expect(panel.point('user', other)).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
    await expect(panel.point('user', uuids.nobody)).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
    expect(twin.requests).toHaveLength(4);

    const swept = await panel.sweep('search', own, other);
    expect(swept.get(own)).toMatchObject({ ...truth, mcsManagerSignIn: { code: 'SOURCE_FORBIDDEN' } });
    expect(swept.get(other)).toMatchObject({ identity: { code: 'SOURCE_FORBIDDEN' } });
    expect((await panel.sweep('overview', own)).get(own)).toMatchObject(truth);
    await expect(panel.session.list({}).page(0)).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
    await expect(panel.sweep('daemons', HARBOUR_DAEMON)).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
    expect(twin.requests).toHaveLength(8);
    expect(await panel.session.status()).toMatchObject({ credential: 'An ordinary user’s key: only that user can be read.' });
  });

  test('an ordinary user’s reads the instances of that user, and says of the others why not', async () => {
    await using twin = await mcsManagerTwin();
    const ownInstances = twin.world.users.get(castMember('bao'))?.instances ?? [];
    const keys = ownInstances
      .filter(({ daemonId }) => daemonId === HARBOUR_DAEMON)
      .map((ref) => `${HARBOUR_DAEMON}/${ref.instanceUuid}`);
    const [mine = '', dead = ''] = [keys[0], keys.at(-1)];
    const foreign = twin.world.users.get(castMember('ada'))?.instances.find(({ daemonId }) => daemonId === HARBOUR_DAEMON);
    const theirs = `${HARBOUR_DAEMON}/${foreign?.instanceUuid}`;
    await using panel = openPanel(twin.url, { key: twin.keys.of(castMember('bao')) });

    const swept = await panel.sweep('daemonInstances', mine, dead, theirs);

    expect(swept.get(mine)).toMatchObject({ instance: { status: expect.any(String) } });
    expect(swept.get(theirs)).toMatchObject({ instance: { code: 'SOURCE_FORBIDDEN' } });
    expect(swept.get(dead)).toMatchObject({ instance: { code: 'SOURCE_UNREACHABLE' } });
    await expect(panel.point('instance', theirs)).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
    const elsewhere = mine.replace(HARBOUR_DAEMON, ISLAND_DAEMON);
    await expect(panel.point('instance', elsewhere)).rejects.toMatchObject({ code: 'SOURCE_FORBIDDEN' });
  });

  test.for([
    ['wrong', 'f'.repeat(32)],
    ['of no possible letters', 'a key\r\nx-evil: 1'],
  ])('%s are unauthorized everywhere, the owner asked for once', async ([, key]) => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: key ?? '' });

    const outcomes = await Promise.allSettled([
      panel.point('user', castMember('ada')),
      panel.sweep('overview', castMember('ada')),
      panel.sweep('search', castMember('ada')),
      panel.session.list({}).page(0),
      panel.session.findByUsername('ada'),
      panel.session.self(),
    ]);

    expect(outcomes).toMatchObject(outcomes.map(() => ({ reason: { code: 'SOURCE_UNAUTHORIZED' } })));
    expect(twin.requests.filter(({ path, query }) => path === '/api/auth/' && query === '').length).toBeLessThan(2);
    expect(await panel.session.status()).toMatchObject({ credential: 'The panel does not accept the key.' });
  });

  test('of the banned, of two users at once, and all while keys are switched off are unauthorized', async () => {
    await using twin = await mcsManagerTwin();
    const shared = twin.world.users.get(castMember('bao')) as PanelUser;
    addUser(twin.world, { uuid: 'a'.repeat(32), userName: 'double', apiKey: shared.apiKey });
    const codes = async (key: string): Promise<unknown> => {
      await using panel = openPanel(twin.url, { key });
      return await panel.sweep('overview', castMember('ada')).catch((error: { code: string }) => error.code);
    };

    expect(await codes(twin.keys.banned)).toBe('SOURCE_UNAUTHORIZED');
    expect(await codes(String(shared.apiKey))).toBe('SOURCE_UNAUTHORIZED');
    twin.world.settings.enableApiKey = 'ONLY_ADMIN';
    expect(await codes(twin.keys.of(castMember('chidi')))).toBe('SOURCE_UNAUTHORIZED');
    twin.world.settings.enableApiKey = false;
    expect(await codes(twin.keys.admin)).toBe('SOURCE_UNAUTHORIZED');
  });

  test('and every other secret stay out of whatever is read, and go nowhere but into their header', async () => {
    await using twin = await mcsManagerTwin({ canary: 'canary-7-' });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const harbour = `${HARBOUR_DAEMON}/${castMember('ada')}`;

    const all = await Promise.all([
      Promise.all(usersOf(twin).map(({ uuid }) => panel.point('user', uuid))),
      panel.sweep('overview', uuids.nobody),
      panel.sweep('search', uuids.nobody),
      panel.sweep('daemonInstances', harbour),
      panel.point('instance', [...(await panel.sweep('daemonInstances', harbour)).keys()][0] ?? ''),
      panel.sweep('daemons', HARBOUR_DAEMON),
      panel.session.list({}).page(0),
      panel.session.search('a', 50),
      panel.session.self(),
      panel.session.status(),
    ]);

    const shown = JSON.stringify(all.map((part) => (part instanceof Map ? [...part] : part)));
    expect(shown.length).toBeGreaterThan(100_000);
    expect(shown).not.toContain('canary-7-');
    expect(shown).not.toContain('__MCSM_SECRET_DATA__');
    expect(twin.requests.every(({ query }) => !query.includes('canary-7-'))).toBe(true);
    expect(twin.requests.every(({ headers }) => headers['x-requested-with'] === 'XMLHttpRequest')).toBe(true);
    expect(twin.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
  });
});

describe('through the loader', () => {
  test('five facets of a user cost one request', async () => {
    await using twin = await mcsManagerTwin();
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const loader = createAccountLoader(panel.session, 'panel');
    const facets = ['identity', 'role', 'registration', 'presence', 'instanceRefs'] as const;

    const loaded = await Promise.all(facets.map((facet) => loader.load(castMember('ada'), facet)));

    expect(loaded.every(({ exists }) => exists)).toBe(true);
    expect(twin.requests).toHaveLength(1);
  });

  test('fifty users cost one overview where it tells enough, and fifty requests where it does not', async () => {
    await using twin = await mcsManagerTwin({ size: 2_000 });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const fifty = usersOf(twin).slice(700, 750);
    await panel.session.list({}).page(0);
    twin.forget();
    const loader = createAccountLoader(panel.session, 'panel');

    await Promise.all(fifty.map(({ uuid }) => loader.load(uuid, 'role')));
    const forRoles = twin.requests.length;
    await Promise.all(fifty.map(({ uuid }) => loader.load(uuid, 'registration')));

    expect([forRoles, twin.requests.length - forRoles]).toEqual([1, 50]);
  });

  test('how a user signs in is found by the search alone, and of an unknown user nothing is', async () => {
    await using twin = await mcsManagerTwin({ size: 60 });
    await using panel = openPanel(twin.url, { key: twin.keys.admin });
    const loader = createAccountLoader(panel.session, 'panel');

    const [ada, nobody] = await Promise.all([castMember('ada'), uuids.nobody].map((id) => loader.load(id, 'mcsManagerSignIn')));

    expect(ada).toMatchObject({ exists: true, value: { passWordType: 1 } });
    expect(nobody).toEqual({ exists: false });
    expect(twin.requests).toHaveLength(2 + askedOfNobody(uuids.nobody).length);
  });
});
