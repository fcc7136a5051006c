import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { MemberDocument, ThreeFacetsDocument } from '../operations/generated/graphql.ts';
import { startRollcall } from './rollcall.ts';

test('a member with three accounts is answered whole, by the id of any of them', async () => {
  await using rollcall = await startRollcall();
  const [ada] = cast;

  const answers = [];
  for (const id of [`horde:${ada?.horde}`, `mcsmanager:${ada?.mcsManager}`, `webui:${ada?.openWebUI}`]) {
    answers.push(await rollcall.ask(MemberDocument, { id }));
  }

  const [first, second, third] = answers;
  expect(first?.errors).toBeUndefined();
  expect(first?.data?.user).toMatchObject({
    username: 'ada#101',
    horde: { kudos: rollcall.community.horde.world.users.get(101)?.kudos },
    openWebUI: { email: 'ada@harbour.example', groups: [{ name: 'Operators' }] },
    permissions: [
      { role: 'MODERATOR', account: { source: { id: 'horde' } } },
      { role: 'ADMIN', account: { source: { id: 'mcsmanager' } } },
      { role: 'ADMIN', account: { source: { id: 'webui' } } },
    ],
  });
  expect(first?.data?.user?.mcsManager?.instances?.length).toBeGreaterThan(0);
  expect(second?.data).toEqual(first?.data);
  expect(third?.data).toEqual(first?.data);
});

test('three facets of a user cost one request upstream', async () => {
  await using rollcall = await startRollcall();

  const { data } = await rollcall.ask(ThreeFacetsDocument, { id: 'horde:101' });

  expect(data?.user?.kudosDetails).not.toBeNull();
  expect(rollcall.calls()).toEqual({ horde: 1, mcsManager: 0, openWebUI: 0 });
});
