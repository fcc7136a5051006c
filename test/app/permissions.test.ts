import { expect, test } from 'vitest';
import { startRollcall } from './rollcall.ts';

const chidi = 'c41d0003-0000-4000-8000-000000000003';

test.for(['banned', 'pending', 'moderator', 'king'])(
  'the role "%s" of an Open WebUI is let in nowhere and allows nothing',
  async (role) => {
    await using rollcall = await startRollcall();
    rollcall.community.openWebUI.world.users.change(chidi, { role });

    const { data } = await rollcall.askText(
      `{ node(id: "webui:${chidi}") { ... on OpenWebUIAccount {
      permissions { granted: chat { delete } allows(permission: "chat.delete") unknown: allows(permission: "chat.fly") }
    } } }`,
    );

    expect(data).toEqual({ node: { permissions: { granted: { delete: true }, allows: false, unknown: null } } });
  },
);

test('the flagged of a Horde and the guests of a panel are let in, and allowed what is granted', async () => {
  await using rollcall = await startRollcall();
  const { horde, mcsManager } = rollcall.community;
  Object.assign(horde.world.users.get(108)?.roles ?? {}, { trusted: true });
  const guest = [...mcsManager.world.users.values()].find(({ permission }) => permission === 0);

  const { data } = await rollcall.askText(`{
    flagged: user(id: "horde:108") { horde { permissions { role allows(permission: "horde.trusted") } } }
    guest: user(id: "mcsmanager:${guest?.uuid}") { mcsManager { permissions { role allows(permission: "mcsmanager.login") } } }
  }`);

  expect(data).toEqual({
    flagged: { horde: { permissions: { role: 'BANNED', allows: true } } },
    guest: { mcsManager: { permissions: { role: 'GUEST', allows: true } } },
  });
});

const ada = 'a1d00001-0000-4000-8000-000000000001';

test.for([
  ['0.6.42', false],
  ['0.8.12', null],
  ['0.9.0', true],
  ['0.11.0', true],
] as const)('an administrator of Open WebUI %s may have an API key without being granted one: %s', async ([release, keys]) => {
  await using rollcall = await startRollcall({ openWebUI: { release } });
  const asks = `{ node(id: "webui:${ada}") { ... on OpenWebUIAccount { permissions {
    keys: allows(permission: "features.api_keys") temporary: allows(permission: "chat.temporary_enforced") models: allows(permission: "workspace.models")
  } } } }`;
  const asked = async () => (await rollcall.askText(asks)).data;
  expect(await asked()).toEqual({ node: { permissions: { keys: true, temporary: false, models: true } } });

  const gone = await rollcall.askText(
    `mutation { removeOpenWebUIGroupMembers(input: { groupId: "60000001-0000-4000-8000-000000000001", accounts: ["webui:${ada}"] }) { sent } }`,
  );

  expect(gone.data).toEqual({ removeOpenWebUIGroupMembers: { sent: true } });
  expect(await asked()).toEqual({ node: { permissions: { keys, temporary: false, models: true } } });
});
