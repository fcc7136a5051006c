import { describe, expect, test } from 'vitest';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';

const ada = { webui: 'webui:a1d00001-0000-4000-8000-000000000001', mcsmanager: 'mcsmanager:a1d0a1d0a1d04a1d8a1d0a1d0a1d0001' };
const across = ['banUser', 'unbanUser', 'deleteUser'] as const;

const startWith = (anonymous: string[]): Promise<Rollcall> =>
  startRollcall({ mcsManager: { hashMs: 0 }, config: (input) => ({ ...input, access: { anonymous } }) });

/** Whatever a payload can tell of other accounts than the one that was named. */
const shown = 'user { id username accounts { id } } changes { accountId account { user { id accounts { id } } } }';
const asking = (name: string, input: string, selection = shown): string =>
  `mutation { told: ${name}(input: { ${input} }) { ${selection} } }`;

describe('from an account on a source of which the caller may know nobody', () => {
  const scopes = ['read', 'read:private', 'write', 'write:admin'];
  const moderator = ['horde', 'webui'].flatMap((source) => scopes.map((scope) => `${scope}@${source}`));

  test.for(across)('%s is refused as a read is, whoever is linked to it, before anything is asked', async (name) => {
    await using rollcall = await startWith(moderator);
    const read = await rollcall.askText(`{ user(id: "${ada.mcsmanager}") { id accounts { id } } }`);

    for (const more of ['', ', dryRun: true', ', idempotencyKey: "k"', ', sources: ["horde"]', ', sources: ["webui"]']) {
      const { data, errors, text } = await rollcall.askText(asking(name, `id: "${ada.mcsmanager}"${more}`));

      expect(data).toEqual({ told: null });
      expect(errors).toMatchObject([{ path: ['told'], extensions: read.errors?.[0]?.extensions }]);
      expect(text).not.toMatch(/horde|webui/);
    }
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });

  test('an account that nothing links is refused in the same words', async () => {
    await using rollcall = await startWith(moderator);

    const linked = await rollcall.askText(asking('banUser', `id: "${ada.mcsmanager}"`));
    const alone = await rollcall.askText(asking('banUser', 'id: "mcsmanager:00000000000000000000000000000001"'));

    expect(alone.text).toBe(linked.text);
  });
});

describe('who may write on a source and read nothing there', () => {
  test.for(across)('has %s done to the account that is named, and is told of no other', async (name) => {
    await using rollcall = await startWith(['write@webui', 'write:admin@webui']);

    for (const more of [', dryRun: true', ', idempotencyKey: "k"', ', idempotencyKey: "k"']) {
      const { data, errors, text } = await rollcall.askText(asking(name, `id: "${ada.webui}"${more}`));

      expect(data).toMatchObject({ told: { user: null, changes: [{ accountId: ada.webui }] } });
      expect(errors).toMatchObject([
        { path: ['told', 'user'], extensions: { code: 'FORBIDDEN', source: 'webui', scope: 'read' } },
      ]);
      expect(text).not.toMatch(/horde|ada#101|mcsmanager/);
    }
    expect(rollcall.calls()).toMatchObject({ horde: 0, mcsManager: 0 });
  });

  test('is not told by other mutations either whose account it is, whatever is asked of the person', async () => {
    await using rollcall = await startWith(['write@webui']);
    const update = (selection: string) =>
      rollcall.askText(asking('updateOpenWebUIUser', `id: "${ada.webui}", name: "Ada", dryRun: true`, selection));

    const user = await update('user { id username kudos accounts { id } }');
    const account = await update('account { user { id accounts { id } } }');

    expect(user.data).toEqual({ told: { user: null } });
    expect(user.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', source: 'webui', scope: 'read' } }]);
    expect(account.data).toEqual({ told: { account: { user: { id: ada.webui, accounts: [{ id: ada.webui }] } } } });
    expect(rollcall.calls()).toMatchObject({ horde: 0 });
  });

  test('is not told by a read, whatever is asked of the person', async () => {
    await using rollcall = await startWith(['write@webui']);

    for (const selection of ['id', 'id username', 'kudos horde { id }', 'accounts { id username }']) {
      const { data, errors } = await rollcall.askText(`{ user(id: "${ada.webui}") { ${selection} } }`);

      expect(data).toEqual({ user: null });
      expect(errors).toMatchObject([{ path: ['user'], extensions: { code: 'FORBIDDEN', source: 'webui', scope: 'read' } }]);
    }
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });
});

describe('with a key for a source that nobody has checked', () => {
  const madeUp = { 'x-source-key-webui': 'made-up', 'x-source-key-mcsmanager': 'made-up' };
  const askings = [
    `{ user(id: "${ada.webui}") { id username accounts { id } } }`,
    `{ user(id: "${ada.webui}") { horde { id } } }`,
    `{ usersById(ids: ["${ada.webui}", "${ada.mcsmanager}"]) { username accounts { id } } }`,
    `{ node(id: "${ada.webui}") { ... on OpenWebUIAccount { user { id username accounts { id } } } } }`,
    `{ user(id: "horde:101") { id accounts { id } } }`,
    asking('banUser', `id: "${ada.webui}", dryRun: true`),
    asking('banUser', `id: "horde:101", dryRun: true`),
  ];

  test.for(askings)('%s tells no more of links than without it', async (query) => {
    await using rollcall = await startWith([]);

    const { text } = await rollcall.askText(query, {}, madeUp);

    const named = ['webui', 'mcsmanager', 'horde:101'].filter((each) => !query.includes(each));
    expect(query).toMatch(/webui|horde:101/);
    for (const other of named) expect(text).not.toMatch(new RegExp(`${other}[:"]`));
    if (!query.includes('horde:101')) expect(text).not.toContain('ada#101');
    expect(text).not.toContain(query.includes('horde:101') ? 'a1d0' : 'horde:101');
  });

  test('links are told as the scopes allow that the caller holds besides', async () => {
    await using rollcall = await startWith(['read']);

    const { data } = await rollcall.askText(`{ user(id: "horde:101") { accounts { id } } }`, {}, madeUp);

    expect(data).toMatchObject({ user: { accounts: [{ id: 'horde:101' }, {}, {}] } });
  });
});

test('what is done to the accounts that a caller sees says nothing of those on other sources', async () => {
  await using rollcall = await startWith(['read@horde', 'read@webui', 'write@horde', 'write@webui']);

  const { data, errors, text } = await rollcall.askText(asking('banUser', `id: "${ada.webui}", dryRun: true`));

  const accounts = [{ id: 'horde:101' }, { id: ada.webui }];
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ told: { user: { accounts }, changes: [{ accountId: 'horde:101' }, { accountId: ada.webui }] } });
  expect(text).not.toContain('mcsmanager');
  expect(rollcall.calls().mcsManager).toBe(0);
});

test.for(across)(
  'the description of %s says beforehand what no answer can: that there may be accounts out of sight',
  async (name) => {
    await using rollcall = await startWith(['read', 'write']);

    const { text } = await rollcall.askText('{ __schema { mutationType { fields { name description } } } }');

    const { fields } = JSON.parse(text).data.__schema.mutationType;
    const { description } = fields.find((field: { readonly name: string }) => field.name === name);
    expect(description).toContain('neither touched nor told of. Whoever moderates needs a key that sees all the sources.');
  },
);
