import { expect, test } from 'vitest';
import { startRollcall } from '../app/rollcall.ts';

const ada = { webui: 'webui:a1d00001-0000-4000-8000-000000000001', mcsmanager: 'mcsmanager:a1d0a1d0a1d04a1d8a1d0a1d0a1d0001' };
const without = (anonymous: string[]) => ({ config: (input: object) => ({ ...input, access: { anonymous } }) });

test('a link to a source on which the caller may know nobody is not shown', async () => {
  await using rollcall = await startRollcall(without([]));

  const { data, errors } = await rollcall.askText(
    '{ user(id: "horde:101") { id accounts { id } permissions { account { id } } openWebUI { id } } }',
  );

  const seen = [{ id: 'horde:101' }];
  expect(data).toEqual({ user: { id: 'horde:101', accounts: seen, permissions: [{ account: seen[0] }], openWebUI: null } });
  expect(errors).toMatchObject([{ path: ['user', 'openWebUI'], extensions: { code: 'FORBIDDEN', source: 'webui' } }]);
});

test('nobody is told who the person behind an account is that they may not see', async () => {
  await using rollcall = await startRollcall(without([]));

  const { data, errors, text } = await rollcall.askText(`{ user(id: "${ada.webui}") { id horde { username } } }`);

  expect(data).toEqual({ user: null });
  expect(errors).toMatchObject([{ path: ['user'], extensions: { code: 'FORBIDDEN', source: 'webui' } }]);
  expect(text).not.toContain('ada#101');
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});

test('a person whose primary account is out of sight goes by the first one in sight, in lists too', async () => {
  await using rollcall = await startRollcall(without(['read@webui', 'read@mcsmanager']));

  const one = await rollcall.askText(`{ user(id: "${ada.webui}") { id } }`);
  const list = await rollcall.askText(
    '{ users(source: "mcsmanager", first: 100, search: "ada") { edges { node { id username } } } }',
  );

  // The Horde shows its users to anybody, so a link to it hides nothing.
  expect(one.data).toEqual({ user: { id: 'horde:101' } });
  expect(list.data).toEqual({ users: { edges: [] } });
});

test('an unknown source or kind of accounts is told, not taken for one without any', async () => {
  await using rollcall = await startRollcall();

  const { errors } = await rollcall.askText('{ user(id: "horde:101") { a: accounts(source: "nope") { id } } }');
  const other = await rollcall.askText('{ user(id: "horde:101") { accounts(kind: "NOPE") { id } } }');

  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(other.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
