import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { call } from '../fixtures/mcsmanager/client.ts';
import { asAdmin, DONE, edit, smallTwin, truth } from '../fixtures/mcsmanager/writing.ts';

const chidi = cast.find(({ alias }) => alias === 'chidi')?.mcsManager ?? '';

test('an edit of nobody is a success that does nothing', async () => {
  await using twin = await smallTwin();
  const before = JSON.stringify([...twin.world.users]);

  expect(await edit(twin, '0'.repeat(32), { userName: 'ghost' })).toMatchObject(DONE);
  expect(await asAdmin(twin, 'PUT', '/auth', { body: { config: { userName: 'ghost' } } })).toMatchObject(DONE);
  expect(await edit(twin, chidi, ['a list'])).toMatchObject(DONE);
  expect(JSON.stringify([...twin.world.users])).toBe(before);
});

test('an edit without config or body is a raw exception', async () => {
  await using twin = await smallTwin();

  const noConfig = await asAdmin(twin, 'PUT', '/auth', { body: { uuid: chidi } });
  const noBody = await asAdmin(twin, 'PUT', '/auth');

  expect(noConfig).toMatchObject({
    status: 500,
    type: 'application/json; charset=utf-8',
    body: { data: "Cannot destructure property 'passWord' of 'config' as it is undefined." },
  });
  expect(noBody.status).toBe(500);
});

test('an edit stores what it is given without a look: names in use, permissions as text, dates that are none', async () => {
  await using twin = await smallTwin();

  await edit(twin, chidi, {
    userName: 'ada',
    permission: '1',
    registerTime: 'not a date',
    loginTime: '2020-01-02',
    isInit: 'false',
  });

  expect(truth(twin, chidi)).toMatchObject({
    userName: 'ada',
    permission: '1',
    registerTime: 'not a date',
    loginTime: '2020-01-02',
    isInit: true,
  });
});

test('an edit passes over empty names and dates, over permission 0, and over what it does not know', async () => {
  await using twin = await smallTwin();
  const before = { ...truth(twin, chidi) };

  for (const permission of [0, null, false]) await edit(twin, chidi, { permission });
  await edit(twin, chidi, { userName: '', registerTime: '', loginTime: '', passWord: '', instances: null });
  await edit(twin, chidi, { uuid: 'x', salt: 'x', passWordType: 0, nickname: 'x' });

  expect(truth(twin, chidi)).toEqual(before);
});

test('an edit replaces the list of instances, unchecked and with nothing but the two ids as text', async () => {
  await using twin = await smallTwin();

  await edit(twin, chidi, {
    instances: [
      { daemonId: 1, instanceUuid: 'x', nickname: 'dropped' },
      { daemonId: 1, instanceUuid: 'x' },
    ],
  });
  const twice = truth(twin, chidi).instances;
  await edit(twin, chidi, { instances: [] });

  expect(twice).toEqual([
    { instanceUuid: 'x', daemonId: '1' },
    { instanceUuid: 'x', daemonId: '1' },
  ]);
  expect(truth(twin, chidi).instances).toEqual([]);
});

test('one bad instance is a 500, but all else except the password is applied, in memory only', async () => {
  await using twin = await smallTwin();
  const { instances, password } = truth(twin, chidi);

  const reply = await edit(twin, chidi, {
    userName: 'half-done',
    permission: 10,
    passWord: 'Placeholder-2',
    instances: [{ instanceUuid: 'x' }],
  });

  expect(reply).toMatchObject({
    status: 500,
    type: 'application/json; charset=utf-8',
    body: { data: 'Type error, The instances of user must be IUserHaveInstance array.' },
  });
  expect(truth(twin, chidi)).toMatchObject({ userName: 'half-done', permission: 10, instances, password });
  expect(await call(twin, 'GET', '/auth/overview', { key: twin.keys.of(chidi) })).toMatchObject({ status: 200 });

  twin.restart();
  expect(truth(twin, chidi)).toMatchObject({ userName: 'chidi', permission: 1, instances, password });
});

test('a new password takes the second factor away, a weak one is a 500 and takes nothing', async () => {
  await using twin = await smallTwin();
  const before = { ...truth(twin, chidi) };

  const weak = await edit(twin, chidi, { passWord: 'weak', userName: 'not applied' });
  const between = { ...truth(twin, chidi) };
  await edit(twin, chidi, { passWord: 'Placeholder-2', secret: 'IGNORED', open2FA: true });

  expect(before.open2FA).toBe(true);
  expect(weak).toMatchObject({
    status: 500,
    body: {
      data: 'Invalid password. It must contain uppercase and lowercase letters, numbers, and have a length between 9 and 36 characters',
    },
  });
  expect(between).toEqual(before);
  expect(truth(twin, chidi)).toMatchObject({ secret: '', open2FA: false, password: 'Placeholder-2' });
});

test('the mask written back becomes the key: the real one is dead, the mask works', async () => {
  await using twin = await smallTwin();
  const key = twin.keys.of(chidi);

  await edit(twin, chidi, { apiKey: '__MCSM_SECRET_DATA__' });

  expect(await call(twin, 'GET', '/auth', { key })).toMatchObject({ status: 403 });
  expect(await call(twin, 'GET', '/auth', { key: '__MCSM_SECRET_DATA__' })).toMatchObject({ body: { data: { uuid: chidi } } });
});

test('a key set by an admin is stored as it is, even where it cannot work, and an empty one takes it away', async () => {
  await using twin = await smallTwin();

  await edit(twin, chidi, { apiKey: 'has spaces in it' });
  expect(truth(twin, chidi).apiKey).toBe('has spaces in it');
  expect(await call(twin, 'GET', '/auth', { key: 'has spaces in it' })).toMatchObject({ status: 403 });

  await edit(twin, chidi, { apiKey: '' });
  expect(await asAdmin(twin, 'GET', `/auth?uuid=${chidi}`)).toMatchObject({ body: { data: { apiKey: '' } } });
});
