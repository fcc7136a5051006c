import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { addUser } from '../../src/twins/mcsmanager/world.ts';
import { call, type PanelReply } from '../fixtures/mcsmanager/client.ts';
import { asAdmin, create, DONE, edit, smallTwin, truth } from '../fixtures/mcsmanager/writing.ts';

const chidi = cast.find(({ alias }) => alias === 'chidi')?.mcsManager ?? '';
const bao = cast.find(({ alias }) => alias === 'bao')?.mcsManager ?? '';

test('deleting takes a list, skips unknown uuids, and says true whatever happened', async () => {
  await using twin = await smallTwin();

  expect(await asAdmin(twin, 'DELETE', '/auth', { body: [chidi, '0'.repeat(32), bao] })).toMatchObject(DONE);
  expect(twin.world.users.size).toBe(10);
  expect(await asAdmin(twin, 'GET', `/auth?uuid=${chidi}`)).toMatchObject({ status: 500 });
  expect(await asAdmin(twin, 'DELETE', '/auth', { body: [] })).toMatchObject(DONE);
  expect(await asAdmin(twin, 'DELETE', '/auth', { body: [null] })).toMatchObject(DONE);
});

test('deleting with an object, a JSON text or no body is a 500', async () => {
  await using twin = await smallTwin();
  const refused = { status: 500, type: 'application/json; charset=utf-8', body: { data: 'Unable to delete user data' } };

  expect(await asAdmin(twin, 'DELETE', '/auth', { body: { uuid: chidi } })).toMatchObject(refused);
  expect(await asAdmin(twin, 'DELETE', '/auth', { body: chidi })).toMatchObject(refused);
  expect(await asAdmin(twin, 'DELETE', '/auth')).toMatchObject(refused);
});

test('a list of uuids sent as plain text is a success that deletes nobody', async () => {
  await using twin = await smallTwin();

  const reply = await asAdmin(twin, 'DELETE', '/auth', {
    text: JSON.stringify([chidi]),
    headers: { 'content-type': 'text/plain' },
  });

  expect(reply).toMatchObject(DONE);
  expect(twin.world.users.has(chidi)).toBe(true);
});

test('once the last user is gone, anybody may install', async () => {
  await using twin = await smallTwin();
  const installing = { body: { username: 'stranger', password: 'Placeholder-1' } };

  const before = await call(twin, 'POST', '/auth/install', installing);
  await asAdmin(twin, 'DELETE', '/auth', { body: [...twin.world.users.keys()] });
  const status = await call(twin, 'GET', '/auth/status');
  const after = await call(twin, 'POST', '/auth/install', installing);

  expect(before).toMatchObject({
    status: 400,
    body: { data: 'Admin account has already been created and cannot be recreated' },
  });
  expect(status.body.data).toMatchObject({ isInstall: false });
  expect(after).toMatchObject(DONE);
  expect([...twin.world.users.values()]).toMatchObject([{ userName: 'stranger', permission: 10 }]);
});

test('an ordinary user can write nothing but their own password and key', async () => {
  await using twin = await smallTwin();
  const key = twin.keys.of(chidi);
  const refused = { status: 403, body: { data: 'Incorrect key' } };

  expect(await call(twin, 'POST', '/auth', { key, body: {} })).toMatchObject(refused);
  expect(await call(twin, 'PUT', '/auth', { key, body: { uuid: chidi, config: { permission: 10 } } })).toMatchObject(refused);
  expect(await call(twin, 'DELETE', '/auth', { key, body: [bao] })).toMatchObject(refused);
});

test('the own password needs no old one; absent it is weak, null it is a raw exception, and the key goes on working', async () => {
  await using twin = await smallTwin();
  const update = (body: object): Promise<PanelReply> => call(twin, 'PUT', '/auth/update', { key: twin.keys.of(chidi), body });

  expect(await update({ passWord: 'Placeholder-3', isInit: false })).toMatchObject(DONE);
  expect(truth(twin, chidi)).toMatchObject({ password: 'Placeholder-3', isInit: false });
  expect(await update({})).toMatchObject({ status: 500, body: { data: expect.stringMatching(/^Invalid password\./) } });
  expect(await update({ passWord: null })).toMatchObject({ status: 500, body: { data: expect.stringContaining('null') } });
  expect(await call(twin, 'GET', '/auth', { key: twin.keys.of(chidi) })).toMatchObject({ status: 200 });
});

test('asking for an own key kills the old one and shows the new one once; not asking for it takes it away', async () => {
  await using twin = await smallTwin();
  const old = twin.keys.of(chidi);

  const made = await call(twin, 'PUT', '/auth/api', { key: old, body: { enable: true } });
  const key = String(made.body.data);
  expect(made).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8' });
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(await call(twin, 'GET', '/auth', { key: old })).toMatchObject({ status: 403 });

  const off = await call(twin, 'PUT', '/auth/api', { key, body: {} });
  expect(off).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8', body: { data: '' } });
  expect(await call(twin, 'PUT', '/auth/api', { key, body: {} })).toMatchObject({ status: 403 });
});

test('a second factor cannot be bound with a key', async () => {
  await using twin = await smallTwin();

  expect(await call(twin, 'POST', '/auth/bind2fa', { key: twin.keys.of(chidi) })).toMatchObject({ status: 500 });
});

test('writes are in the audit log by name, with the time as text', async () => {
  await using twin = await smallTwin({ now: () => 1_795_278_733_490 });
  addUser(twin.world, { uuid: '4'.repeat(32), userName: 'short-lived' });
  await create(twin, {});
  await edit(twin, bao, { userName: 'bao the second' });
  await asAdmin(twin, 'DELETE', '/auth', { body: ['4'.repeat(32)] });

  const reply = await asAdmin(twin, 'GET', '/overview/operation_logs?limit=2');

  const common = { operation_time: '1795278733490', operator_name: 'admin', operator_ip: '127.0.0.1' };
  expect(reply.body.data).toMatchObject([
    { ...common, type: 'user_config_change', target_user_name: 'bao the second', operation_level: 'info' },
    { ...common, type: 'user_delete', target_user_name: 'short-lived', operation_level: 'warning' },
  ]);
  expect(await asAdmin(twin, 'GET', '/overview/operation_logs?limit=201')).toMatchObject({ status: 500 });
});
