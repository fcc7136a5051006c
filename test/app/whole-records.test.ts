import { expect, test } from 'vitest';
import { primaryAdminId } from '../../src/twins/openwebui/seeded-world.ts';
import { idOf } from '../sources/openwebui-writing.ts';
import { mutate, own, start, world } from './openwebui-mutating.ts';

const slow = { kind: 'delay', ms: 300 } as const;

test('one’s own profile, which goes back whole, undoes nothing that is changed of the same account under its id', async () => {
  await using rollcall = await start();
  const { openWebUI } = rollcall.community;
  openWebUI.faults.add({ method: 'POST', path: /\/auths\/update\/profile$/, times: 1, fault: slow });

  const profile = mutate(rollcall, 'updateOpenWebUIProfile', { bio: 'Keeps the log.' });
  await expect.poll(() => openWebUI.requests.some(({ path }) => path.endsWith('/auths/update/profile'))).toBe(true);
  const renamed = await mutate(rollcall, 'updateOpenWebUIUser', { id: `webui:${primaryAdminId}`, name: 'The Keeper' });

  expect([(await profile).errors, renamed.errors]).toEqual([[], []]);
  expect(world(rollcall).users.get(primaryAdminId)).toMatchObject({ bio: 'Keeps the log.', name: 'The Keeper' });
});

test('settings, which go back whole, undo nothing that the same person saves with another key', async () => {
  await using rollcall = await start();
  const { openWebUI } = rollcall.community;
  const [one, other] = [own(rollcall, 'bao'), own(rollcall, 'bao')];
  openWebUI.faults.add({ method: 'POST', path: /\/user\/settings\/update$/, times: 1, fault: slow });
  const save = (ui: object, as: typeof one) => mutate(rollcall, 'updateOpenWebUISettings', { ui }, as);

  const first = save({ toolServers: null, notifications: null, theme: 'dark' }, one);
  await expect.poll(() => openWebUI.requests.some(({ path }) => path.endsWith('/user/settings/update'))).toBe(true);
  const second = await save({ toolServers: null, notifications: null, chatBubble: true }, other);

  expect([(await first).errors, second.errors]).toEqual([[], []]);
  expect(world(rollcall).users.get(idOf('bao'))?.settings?.['ui']).toMatchObject({ theme: 'dark', chatBubble: true });
});
