import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { startRollcall } from './rollcall.ts';
import { writesIn } from './writes-in.ts';

const [someone] = cast;
if (someone === undefined) throw new Error('nobody is in the cast');
const { horde, mcsManager, openWebUI } = someone;

const nothing: readonly (readonly [string, string])[] = [
  ['updateHordeUser', `id: "horde:${horde}", vpn: null, contact: null, adminComment: null, undelete: null, ifUnchanged: null`],
  ['updateHordeSharedKey', 'source: "horde", sharedKeyId: "6d6f8d6a-3f5c-4c43-9a5c-6a6f1f0c1d11", name: null, kudos: null'],
  [
    'updateMcsManagerUser',
    `id: "mcsmanager:${mcsManager}", userName: null, role: null, instances: null, addInstances: null, ssoSub: null`,
  ],
  ['updateOpenWebUIUser', `id: "webui:${openWebUI}", name: null, email: null, role: null, password: null`],
  ['updateOpenWebUIGroup', 'source: "webui", groupId: "g", name: null, description: null, permissions: null'],
  ['updateOpenWebUIProfile', 'source: "webui", name: null'],
];

describe('null in an input', () => {
  test.each(nothing)('%s with nothing else has nothing to change, and asks nobody', async (name, input) => {
    await using rollcall = await startRollcall({ size: 12 });

    const query = `mutation { told: ${name}(input: { ${input} }) {
      sent fields { name } errors { ... on ValidationError { field message } } } }`;
    const { data } = await rollcall.askText(query);

    const errors = [{ field: 'input', message: 'Name at least one field to change.' }];
    expect(data).toEqual({ told: { sent: false, fields: [], errors } });
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
    expect(writesIn(rollcall)).toEqual([]);
  });

  test('beside other fields is left alone, and the description says so', async () => {
    await using rollcall = await startRollcall({ size: 12 });

    const { data } = await rollcall.askText(`{ __type(name: "UpdateHordeUserInput") { description } }`);
    const answer = await rollcall.askText(
      `mutation { told: updateHordeUser(input: { id: "horde:${horde}", vpn: true, contact: null }) { fields { name } errors { __typename } } }`,
    );

    expect(JSON.stringify(data)).toContain('What is absent or null is left alone: null takes nothing away.');
    expect(answer.data).toEqual({ told: { fields: [{ name: 'vpn' }], errors: [] } });
  });
});
