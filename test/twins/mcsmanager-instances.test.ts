import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { HARBOUR_DAEMON, ISLAND_DAEMON } from '../../src/twins/mcsmanager/fleet.ts';
import { type McsManagerTwin, mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { call, type PanelReply } from '../fixtures/mcsmanager/client.ts';

const chidi = cast.find(({ alias }) => alias === 'chidi')?.mcsManager ?? '';
const bao = cast.find(({ alias }) => alias === 'bao')?.mcsManager ?? '';

const asAdmin = (twin: McsManagerTwin, path: string): Promise<PanelReply> => call(twin, 'GET', path, { key: twin.keys.admin });

interface InstancePage {
  readonly maxPage: number;
  readonly allTags: string[];
  readonly data: { instanceUuid: string; status: number; config: { nickname: string; tag: string[] } }[];
}

async function instancePage(twin: McsManagerTwin, query: string): Promise<InstancePage> {
  const reply = await asAdmin(twin, `/service/remote_service_instances?daemonId=${HARBOUR_DAEMON}&page=1&page_size=50${query}`);
  expect(reply.status).toBe(200);
  return reply.body.data as InstancePage;
}

test('a page of instances is sorted by status and name, filtered by name, status and tags, and has no total', async () => {
  await using twin = await mcsManagerTwin();
  const truth = [...(twin.world.daemons.get(HARBOUR_DAEMON)?.instances.values() ?? [])];
  const page = await instancePage(twin, '');
  const [tag = ''] = page.allTags;

  const sorted = truth.sort((a, b) => b.status - a.status || (a.nickname < b.nickname ? -1 : 1));
  expect(page.data.map(({ instanceUuid }) => instanceUuid)).toEqual(sorted.map(({ uuid }) => uuid));
  expect(Object.keys(page)).toEqual(['page', 'pageSize', 'maxPage', 'allTags', 'data']);
  const named = await instancePage(twin, '&instance_name=CHIDI');
  expect(named.data.length).toBe(truth.filter(({ nickname }) => nickname.startsWith('chidi')).length);
  expect(named.data.length).toBeGreaterThan(0);
  const stopped = await instancePage(twin, '&status=0');
  expect(stopped.data.length).toBe(truth.filter(({ status }) => status === 0).length);
  const tagged = await instancePage(twin, `&tag=${encodeURIComponent(JSON.stringify([tag]))}`);
  expect(tagged.data.map(({ config }) => config.tag.includes(tag))).toEqual(tagged.data.map(() => true));
  expect(tagged.data.length).toBeLessThan(page.data.length);
});

test('instances of an unknown daemon, and of one that is away, are a 400', async () => {
  await using twin = await mcsManagerTwin({ secondDaemon: 'away' });
  const of = (daemonId: string): Promise<PanelReply> =>
    asAdmin(twin, `/service/remote_service_instances?daemonId=${daemonId}&page=1&page_size=50`);

  expect(await of('unknown')).toMatchObject({
    status: 400,
    type: 'text/plain; charset=utf-8',
    body: { data: 'Initialization failed, the remote node does not exist!' },
  });
  expect(await of(ISLAND_DAEMON)).toMatchObject({ status: 400, body: { data: expect.stringContaining('IP: 127.0.0.2') } });
});

test('a page of every daemon at once is keyed by daemon, and all daemons come with all their instances', async () => {
  await using twin = await mcsManagerTwin();

  const pages = await asAdmin(twin, '/service/remote_services_instances_global?page=1&page_size=3');
  const all = await asAdmin(twin, '/service/remote_services');

  expect(Object.keys(Object(pages.body.data))).toEqual([HARBOUR_DAEMON, ISLAND_DAEMON]);
  expect(pages.body.data).toMatchObject({ [ISLAND_DAEMON]: { page: 1, pageSize: 3, data: [{}, {}, {}] } });
  const counts = (all.body.data as { instances: unknown[] }[]).map(({ instances }) => instances.length);
  expect(counts).toEqual([...twin.world.daemons.values()].map(({ instances }) => instances.size));
});

test('an instance is shown to its owner and to admins, to others not: a 500', async () => {
  await using twin = await mcsManagerTwin();
  const [own] = twin.world.users.get(chidi)?.instances ?? [];
  const path = `/instance?daemonId=${own?.daemonId}&uuid=${own?.instanceUuid}`;

  const toOwner = await call(twin, 'GET', path, { key: twin.keys.of(chidi) });
  const toOther = await call(twin, 'GET', path, { key: twin.keys.of(bao) });

  expect(toOwner).toMatchObject({ status: 200, body: { data: { instanceUuid: own?.instanceUuid, space: 0, processInfo: {} } } });
  expect(await asAdmin(twin, path)).toMatchObject({ status: 200 });
  expect(toOther).toMatchObject({
    status: 500,
    type: 'application/json; charset=utf-8',
    body: { data: 'Insufficient Permissions' },
  });
});

test('an instance nobody knows, and one on a daemon that is away, are a 500; a missing parameter is a 400', async () => {
  await using twin = await mcsManagerTwin({ secondDaemon: 'away' });

  expect(await asAdmin(twin, `/instance?daemonId=${HARBOUR_DAEMON}&uuid=2`)).toMatchObject({
    status: 500,
    body: { data: 'The operation failed, the instance 2 does not exist.' },
  });
  expect(await asAdmin(twin, `/instance?daemonId=${ISLAND_DAEMON}&uuid=2`)).toMatchObject({ status: 500 });
  expect(await asAdmin(twin, `/instance?daemonId=${HARBOUR_DAEMON}`)).toMatchObject({
    status: 400,
    body: { data: 'Validator failed: "uuid" is required!' },
  });
});
