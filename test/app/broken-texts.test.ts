import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { startRollcall } from './rollcall.ts';

const bao = cast.find(({ alias }) => alias === 'bao');
const onPanel = { id: `mcsmanager:${bao?.mcsManager}` };
const onHorde = { id: `horde:${bao?.horde}` };
const onChat = { id: `webui:${bao?.openWebUI}` };
const group = { groupId: sampleGroupIds.crew };
const someone = { name: 'New', email: 'new@x.example', password: 'quite long' };
const strong = 'Placeholder-1';

/** One mutation with one text that is broken, and the field that is at fault. */
type Row = readonly [name: string, input: (broken: string) => Readonly<Record<string, unknown>>, field: string];

const rows: readonly Row[] = [
  ['addOpenWebUIUser', (name) => ({ ...someone, name }), 'name'],
  ['addOpenWebUIUser', (password) => ({ ...someone, password }), 'password'],
  ['updateOpenWebUIUser', (name) => ({ ...onChat, name }), 'name'],
  ['updateOpenWebUIUser', (password) => ({ ...onChat, password }), 'password'],
  ['updateOpenWebUIUser', (tail) => ({ ...onChat, avatarUrl: `https://x.example/${tail}` }), 'avatarUrl'],
  ['createOpenWebUIGroup', (name) => ({ name }), 'name'],
  ['createOpenWebUIGroup', (key) => ({ name: 'G', permissions: { chat: { [key]: true } } }), 'permissions.chat'],
  ['updateOpenWebUIGroup', (description) => ({ ...group, description }), 'description'],
  ['updateOpenWebUIDefaultPermissions', (key) => ({ grants: [{ section: 'chat', key, allowed: true }] }), 'grants.0.key'],
  ['updateOpenWebUIProfile', (bio) => ({ bio }), 'bio'],
  ['updateOpenWebUIProfile', (gender) => ({ gender }), 'gender'],
  ['updateOpenWebUISettings', (text) => ({ ui: { models: ['m', text] } }), 'ui.models.1'],
  ['updateOpenWebUISettings', (key) => ({ ui: { [key]: true } }), 'ui'],
  ['updateOpenWebUIInfo', (text) => ({ info: { place: { name: text } } }), 'info.place.name'],
  ['setOpenWebUIStatus', (message) => ({ message }), 'message'],
  ['changeOpenWebUIPassword', (currentPassword) => ({ currentPassword, newPassword: strong }), 'currentPassword'],
  ['changeOpenWebUIPassword', (newPassword) => ({ currentPassword: strong, newPassword }), 'newPassword'],
  ['createMcsManagerUser', (userName) => ({ userName, password: strong }), 'userName'],
  ['createMcsManagerUser', (text) => ({ userName: 'New', password: strong + text }), 'password'],
  ['updateMcsManagerUser', (userName) => ({ ...onPanel, userName }), 'userName'],
  ['updateMcsManagerUser', (ssoSub) => ({ ...onPanel, ssoSub }), 'ssoSub'],
  ['updateMcsManagerUser', (loginTime) => ({ ...onPanel, loginTime }), 'loginTime'],
  [
    'updateMcsManagerUser',
    (instanceId) => ({ ...onPanel, addInstances: [{ daemonId: 'd', instanceId }] }),
    'addInstances.0.instanceId',
  ],
  ['setMcsManagerPassword', (text) => ({ ...onPanel, password: strong + text }), 'password'],
  ['updateHordeUser', (username) => ({ ...onHorde, username }), 'username'],
  ['updateHordeUser', (adminComment) => ({ ...onHorde, adminComment }), 'adminComment'],
  ['createHordeSharedKey', (name) => ({ name }), 'name'],
];

describe.for([
  ['a NUL', 'CANARY\0text'],
  ['half a character', 'CANARY\ud83d text'],
  ['the other half', 'CANARY\udda6 text'],
])('%s', ([, broken]) => {
  test('is refused in every text of a write, by its place, before anything is asked', async () => {
    await using rollcall = await startRollcall({ size: 12 });
    const told: unknown[] = [];
    for (const [name, input] of rows) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const payload = '{ sent errors { __typename ... on ValidationError { field message } } }';
      const answer = await rollcall.askText(`mutation ($input: ${type}!) { ${name}(input: $input) ${payload} }`, {
        input: input(broken ?? ''),
      });
      expect(answer.text).not.toContain('CANARY');
      told.push([name, answer.data?.[name]]);
    }

    expect(told).toEqual(
      rows.map(([name, , field]) => {
        const message = expect.stringMatching(/^(?:Text|Keys) without NUL and without half characters\.$/);
        return [name, { sent: false, errors: [{ __typename: 'ValidationError', field, message }] }];
      }),
    );
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
    expect(rollcall.logged.join()).not.toContain('CANARY');
  });
});
