import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type McsManagerTwin, mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { call } from '../fixtures/mcsmanager/client.ts';

const chidi = cast.find(({ alias }) => alias === 'chidi')?.mcsManager ?? '';
const ada = cast.find(({ alias }) => alias === 'ada')?.mcsManager ?? '';

interface UserPage {
  readonly page: number;
  readonly pageSize: number;
  readonly maxPage: number;
  readonly total: number;
  readonly data: { uuid: string; userName: string; permission: unknown; secret: string; apiKey: string }[];
}

/** A page of the search, which answers with a UserPage. */
async function search(twin: McsManagerTwin, query: string): Promise<UserPage> {
  const reply = await call(twin, 'GET', `/auth/search?${query}`, { key: twin.keys.admin });
  expect(reply.status).toBe(200);
  return reply.body.data as UserPage;
}

test.each([
  ['page=1&page_size=50', { page: 1, pageSize: 50, maxPage: 3 }, [0, 50]],
  ['page=1&page_size=100', { page: 1, pageSize: 50, maxPage: 3 }, [0, 50]],
  ['page=2&page_size=0', { page: 2, pageSize: 10, maxPage: 12 }, [10, 20]],
  ['page=0&page_size=-3', { page: 1, pageSize: 1, maxPage: 120 }, [0, 1]],
  ['page=-7&page_size=4', { page: 1, pageSize: 4, maxPage: 30 }, [0, 4]],
  ['page=1.5&page_size=10', { page: 1.5, pageSize: 10, maxPage: 12 }, [5, 15]],
  ['page=2&page_size=2.5', { page: 2, pageSize: 2.5, maxPage: 48 }, [2, 5]],
  ['page=999&page_size=5', { page: 999, pageSize: 5, maxPage: 24 }, [120, 120]],
])('a search with %s takes the window the panel takes', async (query, inForce, [from, to]) => {
  await using twin = await mcsManagerTwin();

  const { data, ...page } = await search(twin, query);

  expect(page).toEqual({ ...inForce, total: 120 });
  expect(data.map(({ uuid }) => uuid)).toEqual([...twin.world.users.keys()].slice(from, to));
});

test.each([
  ['page_size=5', 'Validator failed: "page" is required!'],
  ['page=&page_size=abc', 'Validator failed: "page" is required!'],
  ['page=1', 'Validator failed: "page_size" is required!'],
  ['page=1&page_size=abc', 'Validator failed: "page_size" is not a number'],
])('a search with %s hears of its first bad parameter', async (query, data) => {
  await using twin = await mcsManagerTwin();

  const reply = await call(twin, 'GET', `/auth/search?${query}`, { key: twin.keys.admin });

  expect(reply).toMatchObject({ status: 400, type: 'text/plain; charset=utf-8', body: { status: 400, data } });
});

test('a search by name looks for a part of it, minds the case, and knows no wildcards', async () => {
  await using twin = await mcsManagerTwin();
  const ofChidi = twin.world.users.get(chidi);
  if (ofChidi) ofChidi.userName = 'Chidi 100%';
  const names = async (text: string): Promise<unknown> =>
    (await search(twin, `page=1&page_size=50&userName=${encodeURIComponent(text)}`)).data.map(({ userName }) => userName);

  expect(await names('hidi')).toEqual(['Chidi 100%']);
  expect(await names('chidi')).toEqual([]);
  expect(await names('%')).toEqual(['Chidi 100%']);
  expect(await search(twin, 'page=1&page_size=1&userName=undefined')).toMatchObject({ total: 120 });
  expect(await search(twin, 'page=1&page_size=1&userName=')).toMatchObject({ total: 120 });
  expect(await search(twin, 'page=1&page_size=1&userName=no-such')).toMatchObject({ total: 0, maxPage: 0, data: [] });
});

test('a search by role takes exactly that number, so a text in its place drops out, and an impossible role finds nobody', async () => {
  await using twin = await mcsManagerTwin();
  const admins = (await search(twin, 'page=1&page_size=50&role=10')).data;
  const ofAda = twin.world.users.get(ada);
  if (ofAda) ofAda.permission = '10';

  const without = (await search(twin, 'page=1&page_size=50&role=10')).data;

  expect(admins.map(({ uuid }) => uuid)).toContain(ada);
  expect(without.map(({ uuid }) => uuid)).toEqual(admins.map(({ uuid }) => uuid).filter((uuid) => uuid !== ada));
  expect(await search(twin, 'page=1&page_size=50&role=abc')).toMatchObject({ total: 0 });
  expect((await search(twin, 'page=1&page_size=50&role=-1')).data.every(({ permission }) => permission === -1)).toBe(true);
});

test('one user whose name is no text breaks every search by name, and no other', async () => {
  await using twin = await mcsManagerTwin();
  const ofChidi = twin.world.users.get(chidi);
  if (ofChidi) ofChidi.userName = 12_345;

  const byName = await call(twin, 'GET', '/auth/search?page=1&page_size=5&userName=a', { key: twin.keys.admin });

  expect(byName).toMatchObject({ status: 400, body: { data: 'dataValue.includes is not a function' } });
  expect(await search(twin, 'page=1&page_size=5&role=1')).toMatchObject({ page: 1 });
});

test('a listed user has exactly the fields of the panel, two-factor secret in the clear and key masked', async () => {
  await using twin = await mcsManagerTwin();
  const truth = twin.world.users.get(ada);

  const listed = (await search(twin, 'page=1&page_size=50&userName=ada')).data.find(({ uuid }) => uuid === ada);

  expect(truth?.secret).not.toBe('');
  expect(listed).toEqual({
    uuid: ada,
    userName: 'ada',
    passWord: '',
    passWordType: 1,
    salt: '',
    permission: 10,
    registerTime: truth?.registerTime,
    loginTime: truth?.loginTime,
    instances: truth?.instances,
    apiKey: '__MCSM_SECRET_DATA__',
    isInit: true,
    secret: truth?.secret,
    open2FA: true,
    ssoSub: truth?.ssoSub,
    ssoBound: true,
  });
});

test('an admin reads anybody by uuid; to others the uuid means nothing and they get themselves', async () => {
  await using twin = await mcsManagerTwin();
  const truth = twin.world.users.get(chidi);

  const byAdmin = await call(twin, 'GET', `/auth?uuid=${chidi}`, { key: twin.keys.admin });
  const byOther = await call(twin, 'GET', `/auth?uuid=${ada}`, { key: twin.keys.of(chidi) });

  expect(byAdmin.body.data).toEqual({
    uuid: chidi,
    userName: 'chidi',
    loginTime: truth?.loginTime,
    registerTime: truth?.registerTime,
    instances: truth?.instances,
    permission: 1,
    apiKey: '__MCSM_SECRET_DATA__',
    isInit: true,
    open2FA: true,
    token: '',
  });
  expect(byOther.body.data).toEqual(byAdmin.body.data);
});

test('an unknown uuid and one given twice are a 500, an empty one is oneself', async () => {
  await using twin = await mcsManagerTwin();
  const unknown = { status: 500, type: 'application/json; charset=utf-8', body: { data: 'The UID does not exist' } };

  expect(await call(twin, 'GET', `/auth?uuid=${'0'.repeat(32)}`, { key: twin.keys.admin })).toMatchObject(unknown);
  expect(await call(twin, 'GET', `/auth?uuid=${chidi}&uuid=${chidi}`, { key: twin.keys.admin })).toMatchObject(unknown);
  expect(await call(twin, 'GET', '/auth?uuid=', { key: twin.keys.of(ada) })).toMatchObject({ body: { data: { uuid: ada } } });
});

test('the overview lists everybody at once and gives the time of the login as that of the registration', async () => {
  await using twin = await mcsManagerTwin();

  const reply = await call(twin, 'GET', '/auth/overview', { key: twin.keys.admin });

  expect(reply.body.data).toEqual(
    [...twin.world.users.values()].map(({ uuid, userName, permission, instances, loginTime }) => ({
      uuid,
      userName,
      permission,
      instances,
      loginTime,
      registerTime: loginTime,
    })),
  );
});

test('the canary is in every secret a read shows, and not in the read that shows none', async () => {
  await using twin = await mcsManagerTwin({ canary: 'canary-7c1' });
  const text = async (path: string): Promise<string> =>
    JSON.stringify((await call(twin, 'GET', path, { key: twin.keys.admin })).body);
  const [ref] = twin.world.users.get(ada)?.instances ?? [];
  const detail = JSON.parse(await text(`/instance?daemonId=${ref?.daemonId}&uuid=${ref?.instanceUuid}`));

  const page = await search(twin, 'page=1&page_size=50');
  const secrets = page.data.map(({ secret }) => secret).filter((secret) => secret !== '');
  expect(secrets.length).toBeGreaterThan(3);
  expect(secrets.every((secret) => secret.includes('canary-7c1'))).toBe(true);
  expect(detail.data.config.rconPassword).toContain('canary-7c1');
  expect(detail.data.config.startCommand).toContain('canary-7c1');
  expect(await text('/service/remote_services')).toMatch(/"env":\["EULA=TRUE","RCON_PASSWORD=canary-7c1/);
  expect(await text('/service/remote_services')).toMatch(/"openFrpToken":"canary-7c1/);
  expect(await text(`/auth?uuid=${ada}`)).not.toContain('canary-7c1');
  expect(await text('/auth/overview')).not.toContain('canary-7c1');
  expect(twin.keys.of(ada)).toContain('canary-7c1');
});

test('a canary that could not be part of a key is refused at the start', async () => {
  await expect(mcsManagerTwin({ canary: 'not a key' })).rejects.toThrow('A canary may hold only what an API key may');
});
