import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { HARBOUR_DAEMON, ISLAND_DAEMON } from '../../src/twins/mcsmanager/fleet.ts';
import { type McsManagerTwin, mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import type { DaemonState, InstanceRef } from '../../src/twins/mcsmanager/world.ts';
import { call, type PanelReply } from '../fixtures/mcsmanager/client.ts';

const chidi = cast.find(({ alias }) => alias === 'chidi')?.mcsManager ?? '';
const bao = cast.find(({ alias }) => alias === 'bao')?.mcsManager ?? '';

interface Described {
  readonly instanceUuid: string;
  readonly daemonId: string;
  readonly status: number;
  readonly nickname: string;
  readonly hostIp: string;
}

const asAdmin = (twin: McsManagerTwin, path: string): Promise<PanelReply> => call(twin, 'GET', path, { key: twin.keys.admin });

/** The instances of an advanced read. */
async function advanced(twin: McsManagerTwin, uuid: string, value = 'true'): Promise<Described[]> {
  const reply = await asAdmin(twin, `/auth?uuid=${uuid}&advanced=${value}`);
  expect(reply.status).toBe(200);
  return (reply.body.data as { instances: Described[] }).instances;
}

function refsOf(twin: McsManagerTwin, uuid: string): readonly InstanceRef[] {
  return twin.world.users.get(uuid)?.instances ?? [];
}

function put(twin: McsManagerTwin, daemonId: string, state: DaemonState): void {
  const daemon = twin.world.daemons.get(daemonId);
  if (daemon) daemon.state = state;
}

test('any text switches the advanced read on, false and 0 too; an empty one does not', async () => {
  await using twin = await mcsManagerTwin();

  for (const value of ['true', 'false', '0']) expect((await advanced(twin, chidi, value))[0]).toHaveProperty('nickname');
  expect((await advanced(twin, chidi, ''))[0]).not.toHaveProperty('nickname');
});

test('an instance that is gone from its daemon is missing from the advanced read and present in the plain one', async () => {
  await using twin = await mcsManagerTwin();
  const [first, ...others] = refsOf(twin, chidi);
  twin.world.daemons.get(first?.daemonId ?? '')?.instances.delete(first?.instanceUuid ?? '');

  const plain = await asAdmin(twin, `/auth?uuid=${chidi}`);

  expect((await advanced(twin, chidi)).map(({ instanceUuid }) => instanceUuid)).toEqual(
    others.map(({ instanceUuid }) => instanceUuid),
  );
  expect(plain.body.data).toMatchObject({ instances: [first, ...others] });
});

test('a daemon that is away, or that nobody knows, is stood in for by an unknown instance with the status of a busy one', async () => {
  await using twin = await mcsManagerTwin({ secondDaemon: 'away' });
  const user = twin.world.users.get(chidi);
  user?.instances.push({ instanceUuid: 'x', daemonId: 'nobody knows' });

  const described = await advanced(twin, chidi);

  const unknown = described.filter(({ daemonId }) => daemonId !== HARBOUR_DAEMON);
  expect(unknown.map(({ daemonId }) => daemonId)).toEqual([ISLAND_DAEMON, 'nobody knows']);
  expect(unknown[1]).toEqual({
    hostIp: '-- Unknown --',
    instanceUuid: 'x',
    daemonId: 'nobody knows',
    status: -1,
    nickname: '-- Unknown --',
    remarks: '',
    ie: '',
    oe: '',
    endTime: 0,
    lastDatetime: 0,
    stopCommand: '',
    processType: '',
    docker: {},
    info: {},
  });
});

test('a daemon that hangs costs its time for each instance, and then they are missing', async () => {
  await using twin = await mcsManagerTwin({ hangMs: 60 });
  const onHarbour = refsOf(twin, bao).filter(({ daemonId }) => daemonId === HARBOUR_DAEMON).length;
  put(twin, HARBOUR_DAEMON, 'hanging');
  const started = performance.now();

  const described = await advanced(twin, bao);

  expect(onHarbour).toBeGreaterThan(1);
  expect(performance.now() - started).toBeGreaterThanOrEqual(onHarbour * 60 - 5);
  expect(described.map(({ daemonId }) => daemonId)).toEqual([ISLAND_DAEMON]);
});

test('while one read waits for a daemon that hangs, others are answered', async () => {
  await using twin = await mcsManagerTwin({ hangMs: 300, secondDaemon: 'hanging' });
  const finished: string[] = [];

  const slow = advanced(twin, chidi).then(() => finished.push('slow'));
  await asAdmin(twin, '/auth').then(() => finished.push('quick'));
  await slow;

  expect(finished).toEqual(['quick', 'slow']);
});

test('the list of daemons comes from memory: a daemon that hangs is available, one that is away is not', async () => {
  await using twin = await mcsManagerTwin({ secondDaemon: 'away' });
  put(twin, HARBOUR_DAEMON, 'hanging');

  const reply = await asAdmin(twin, '/service/remote_services_list');

  expect(reply.body.data).toEqual([
    { uuid: HARBOUR_DAEMON, ip: '127.0.0.1', port: 24444, prefix: '', available: true, remarks: 'harbour' },
    { uuid: ISLAND_DAEMON, ip: '127.0.0.2', port: 24444, prefix: '', available: false, remarks: 'island' },
  ]);
});

test('the panel’s overview counts the daemons and waits for one that hangs', async () => {
  await using twin = await mcsManagerTwin({ secondDaemon: 'hanging', hangMs: 50 });
  const started = performance.now();

  const reply = await asAdmin(twin, '/overview');

  expect(performance.now() - started).toBeGreaterThanOrEqual(45);
  expect(reply.body.data).toMatchObject({ version: '10.18.2', remoteCount: { available: 2, total: 2 } });
  const [harbour, island] = (reply.body.data as { remote: object[] }).remote;
  expect(harbour).toHaveProperty('version', '4.18.2');
  expect(Object.keys(Object(island))).toEqual(['uuid', 'ip', 'port', 'prefix', 'available', 'remarks', 'remoteMappings']);
});
