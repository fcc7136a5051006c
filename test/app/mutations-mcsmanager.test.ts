import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import type { PanelUser } from '../../src/twins/mcsmanager/world.ts';
import { type Answer, type Rollcall, type RollcallOptions, startRollcall } from './rollcall.ts';

const member = (alias: string): string => cast.find((one) => one.alias === alias)?.mcsManager ?? '';
const [ada, bao, chidi, hex] = [member('ada'), member('bao'), member('chidi'), member('hex')];
const nobody = '0123456789abcdef0123456789abcdef';
const at = (uuid: string): string => `mcsmanager:${uuid}`;
const password = 'CANARY-Secret-1';

const start = (options: RollcallOptions = {}) =>
  startRollcall({ size: 12, ...options, mcsManager: { hashMs: 0, ...options.mcsManager } });

/** Callers without key or token have these scopes. */
const withScopes = (...anonymous: string[]): RollcallOptions => ({ config: (input) => ({ ...input, access: { anonymous } }) });

const payload = `{
  __typename dryRun sent
  fields { name requested before after verdict }
  errors {
    __typename
    ... on WriteError { message }
    ... on ValidationError { field }
    ... on Conflict { fields { name expected actual } }
    ... on Forbidden { source }
    ... on SourceFailed { code retryable }
    ... on PartlyApplied { applied missing }
    ... on UnknownOutcome { unknown }
  }
}`;

/** Runs one mutation with one input. The shape of what comes is the test's to say. */
async function write(
  { askText }: Rollcall,
  name: string,
  input: Readonly<Record<string, unknown>>,
  selection = payload,
  headers: HeadersInit = {},
): Promise<Answer<Record<string, unknown>> & { readonly written: unknown }> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await askText(`mutation ($input: ${type}!) { ${name}(input: $input) ${selection} }`, { input }, headers);
  return { ...answer, written: answer.data?.[name] };
}

function truth({ community }: Rollcall, uuid: string): PanelUser | undefined {
  return community.mcsManager.world.users.get(uuid);
}

const writesOf = ({ community }: Rollcall): string[] =>
  community.mcsManager.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

describe('a payload', () => {
  test('tells what was requested, what is applied, and shows account and person as they are now', async () => {
    await using rollcall = await start();

    const { written, errors } = await write(
      rollcall,
      'updateMcsManagerUser',
      { id: at(chidi), userName: 'Chidi', isInit: true, role: 'ADMIN' },
      `{ __typename dryRun sent fields { name requested before after verdict } requested { name value } applied { name value }
         drift { name } account { username permission permissions { role } } user { mcsManager { username } } errors { __typename } }`,
    );

    expect(errors).toBeUndefined();
    expect(written).toEqual({
      __typename: 'UpdateMcsManagerUserPayload',
      dryRun: false,
      sent: true,
      fields: [
        { name: 'userName', requested: 'Chidi', before: 'chidi', after: 'Chidi', verdict: 'APPLIED' },
        { name: 'isInit', requested: true, before: true, after: true, verdict: 'UNCHANGED' },
        { name: 'role', requested: 'ADMIN', before: 'USER', after: 'ADMIN', verdict: 'APPLIED' },
      ],
      requested: [
        { name: 'userName', value: 'Chidi' },
        { name: 'isInit', value: true },
        { name: 'role', value: 'ADMIN' },
      ],
      applied: [
        { name: 'userName', value: 'Chidi' },
        { name: 'isInit', value: true },
        { name: 'role', value: 'ADMIN' },
      ],
      drift: [],
      account: { username: 'Chidi', permission: '10', permissions: { role: 'ADMIN' } },
      user: { mcsManager: { username: 'Chidi' } },
      errors: [],
    });
    expect(truth(rollcall, chidi)).toMatchObject({ userName: 'Chidi', permission: 10 });
  });

  test('of a write that was not applied lists the drift and typed errors', async () => {
    await using rollcall = await start();
    const body = JSON.stringify({ status: 200, data: true, time: 1 });
    const madeUp = { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body } as const;
    rollcall.community.mcsManager.faults.add({ method: 'PUT', fault: madeUp });

    const { written } = await write(
      rollcall,
      'updateMcsManagerUser',
      { id: at(chidi), userName: 'Chidi' },
      '{ sent applied { name } drift { name after } account { username } errors { __typename ... on NotApplied { missing } } }',
    );

    expect(written).toEqual({
      sent: true,
      applied: [],
      drift: [{ name: 'userName', after: 'chidi' }],
      account: { username: 'chidi' },
      errors: [{ __typename: 'NotApplied', missing: ['userName'] }],
    });
  });

  test('of a dry run tells what would change, and nothing was sent', async () => {
    await using rollcall = await start();

    const { written } = await write(rollcall, 'updateMcsManagerUser', { id: at(chidi), userName: 'Chidi', dryRun: true });

    expect(written).toMatchObject({ dryRun: true, sent: false, fields: [{ verdict: 'WOULD_CHANGE' }], errors: [] });
    expect(writesOf(rollcall)).toEqual([]);
  });

  test('of a write about nobody has no account', async () => {
    await using rollcall = await start();

    const { written, errors } = await write(
      rollcall,
      'updateMcsManagerUser',
      { id: at(nobody), userName: 'x' },
      '{ account { id } user { id } errors { __typename } }',
    );

    expect(errors).toBeUndefined();
    expect(written).toEqual({ account: null, user: null, errors: [{ __typename: 'NotFound' }] });
  });

  test('has every fault of the input, each by its field, and nothing was asked', async () => {
    await using rollcall = await start();

    const { written } = await write(rollcall, 'createMcsManagerUser', { userName: ' ', password: 'short', role: 'MODERATOR' });

    expect(written).toMatchObject({
      sent: false,
      errors: [
        { __typename: 'ValidationError', field: 'userName' },
        { __typename: 'ValidationError', field: 'password' },
        { __typename: 'ValidationError', field: 'role' },
      ],
    });
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });
});

describe('several mutations', () => {
  test('of one request run one after the other, each seeing what the one before it did', async () => {
    await using rollcall = await start();

    const { data } = await rollcall.askText(
      `mutation ($id: ID!) {
        first: updateMcsManagerUser(input: { id: $id, userName: "one" }) { account { username } }
        second: updateMcsManagerUser(input: { id: $id, userName: "two", ifUnchanged: { userName: "one" } }) { account { username } errors { __typename } }
        third: updateMcsManagerUser(input: { id: $id, userName: "three", ifUnchanged: { userName: "one" } }) {
          account { username } errors { ... on Conflict { fields { name expected actual } } } }
      }`,
      { id: at(bao) },
    );

    expect(data).toEqual({
      first: { account: { username: 'one' } },
      second: { account: { username: 'two' }, errors: [] },
      third: { account: { username: 'two' }, errors: [{ fields: [{ name: 'userName', expected: 'one', actual: 'two' }] }] },
    });
  });

  test('of two clients at once: no lost update goes unreported', async () => {
    await using rollcall = await start();
    const seen = { id: at(bao), ifUnchanged: { userName: 'bao' } };

    const answers = await Promise.all(
      ['one', 'two'].map((userName) => write(rollcall, 'updateMcsManagerUser', { ...seen, userName })),
    );

    const [winner, loser] = answers.map(({ written }) => written);
    expect(winner).toMatchObject({ sent: true, errors: [] });
    expect(loser).toMatchObject({ sent: false, errors: [{ __typename: 'Conflict', fields: [{ actual: 'one' }] }] });
    expect(truth(rollcall, bao)?.userName).toBe('one');
  });

  test('under one idempotencyKey are one write', async () => {
    await using rollcall = await start();
    const input = { userName: 'Nova', password, idempotencyKey: 'k' };

    const first = await write(rollcall, 'createMcsManagerUser', input, '{ sent account { id username } errors { __typename } }');
    const again = await write(rollcall, 'createMcsManagerUser', input, '{ sent account { id username } errors { __typename } }');
    const other = await write(rollcall, 'createMcsManagerUser', { ...input, password: 'Another-Secret-2' });

    expect(first.written).toMatchObject({ sent: true, account: { username: 'Nova' }, errors: [] });
    expect(again.written).toEqual(first.written);
    expect(other.written).toMatchObject({ sent: false, errors: [{ __typename: 'Conflict' }] });
    expect(writesOf(rollcall)).toEqual(['POST /api/auth']);
  });
});

describe('scopes', () => {
  const forbidden = (path: string, scope: string) => [
    { path: [path], extensions: { code: 'FORBIDDEN', source: 'mcsmanager', scope } },
  ];

  test.each([
    ['nothing but reading', ['read', 'read:private', 'read:privileged', 'write:admin']],
    ['writing elsewhere', ['read', 'write@horde', 'write@webui']],
  ])('of %s do not write: a refusal at the mutation’s path, before anything is asked', async (_what, scopes) => {
    await using rollcall = await start(withScopes(...scopes));

    for (const [name, input] of [
      ['updateMcsManagerUser', { id: at(bao), userName: 'x' }],
      ['setMcsManagerPassword', { id: at(bao), password }],
      ['setMcsManagerApiKey', { id: at(bao), enabled: false }],
      ['banMcsManagerUser', { id: at(bao) }],
      ['unbanMcsManagerUser', { id: at(hex) }],
    ] as const) {
      const { written, errors } = await write(rollcall, name, input);
      expect(written).toBeNull();
      expect(errors).toMatchObject(forbidden(name, 'write'));
    }
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });

  test('without write:admin nobody is made or deleted', async () => {
    await using rollcall = await start(withScopes('read', 'write'));

    const create = await write(rollcall, 'createMcsManagerUser', { userName: 'Nova', password });
    const remove = await write(rollcall, 'deleteMcsManagerUsers', { ids: [at(bao)] }, '{ dryRun }');

    expect(create.errors).toMatchObject(forbidden('createMcsManagerUser', 'write:admin'));
    expect(remove.errors).toMatchObject(forbidden('deleteMcsManagerUsers', 'write:admin'));
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });

  test('to write alone do not show what was there', async () => {
    await using rollcall = await start(withScopes('write'));

    const { written, errors } = await write(
      rollcall,
      'updateMcsManagerUser',
      { id: at(bao), userName: 'renamed', dryRun: true },
      '{ fields { before after verdict } account { username } errors { __typename } }',
    );
    rollcall.calls();
    const guessed = await write(rollcall, 'updateMcsManagerUser', {
      ...{ id: at(bao), userName: 'renamed', ifUnchanged: { registerTime: 'other' } },
    });
    const { mcsManager: asked } = rollcall.calls();
    const done = await write(rollcall, 'updateMcsManagerUser', { id: at(bao), userName: 'renamed' });

    expect(written).toEqual({
      fields: [{ before: null, after: null, verdict: 'WOULD_CHANGE' }],
      account: { username: null },
      errors: [],
    });
    expect(errors).toMatchObject([{ path: ['updateMcsManagerUser', 'account', 'username'], extensions: { code: 'FORBIDDEN' } }]);
    expect([guessed.written, asked]).toEqual([null, 0]);
    expect(guessed.errors).toMatchObject(forbidden('updateMcsManagerUser', 'read'));
    expect(done.written).toMatchObject({ fields: [{ before: null, after: null, verdict: 'APPLIED' }], errors: [] });
    expect(truth(rollcall, bao)?.userName).toBe('renamed');
  });

  test('are not asked for from who brings a key of their own: then the panel decides', async () => {
    await using rollcall = await start(withScopes());
    const { keys } = rollcall.community.mcsManager;
    const update = (uuid: string) =>
      write(rollcall, 'updateMcsManagerUser', { id: at(bao), isInit: false }, payload, {
        'x-source-key-mcsmanager': keys.of(uuid),
      });

    const asUser = await update(bao);
    const asAdmin = await update(ada);

    expect(asUser.written).toMatchObject({ sent: true, errors: [{ __typename: 'Forbidden', source: 'mcsmanager' }] });
    expect(asAdmin.written).toMatchObject({ sent: true, errors: [] });
    expect(truth(rollcall, bao)?.isInit).toBe(false);
  });

  test('stand in the description of every mutation', async () => {
    await using rollcall = await start();
    const mutations = rollcall.app.schema.getMutationType();

    for (const [name, field] of Object.entries(mutations?.getFields() ?? {})) {
      expect(field.description, name).toMatch(/Scope: `write(:admin)?`\.$/);
    }
  });
});

describe('keys and passwords', () => {
  test('a new key is told once, to whom it belongs', async () => {
    await using rollcall = await start({ mcsManager: { canary: 'CANARY' } });
    const headers = { 'x-source-key-mcsmanager': rollcall.community.mcsManager.keys.of(bao) };

    const { written } = await write(
      rollcall,
      'setMcsManagerApiKey',
      { id: at(bao), enabled: true },
      '{ key fields { name requested after verdict } errors { __typename } }',
      headers,
    );

    expect(written).toEqual({
      key: truth(rollcall, bao)?.apiKey,
      fields: [
        { name: 'enabled', requested: true, after: true, verdict: 'APPLIED' },
        { name: 'key', requested: '[secret]', after: null, verdict: 'APPLIED' },
      ],
      errors: [],
    });
    expect(rollcall.logged.join()).not.toContain('CANARY');
  });

  test('no secret that was sent or is kept comes back or is logged', async () => {
    await using rollcall = await start({ mcsManager: { canary: 'CANARY' } });

    const answers = [
      await write(rollcall, 'createMcsManagerUser', { userName: 'Nova', password }),
      await write(rollcall, 'setMcsManagerPassword', { id: at(chidi), password, switchOff2FA: true, idempotencyKey: 'CANARY' }),
      await write(rollcall, 'setMcsManagerPassword', { id: at(chidi), password: 'CANARY' }),
      await write(rollcall, 'setMcsManagerPassword', { id: 'CANARY', password }),
      await write(rollcall, 'updateMcsManagerUser', { id: at(ada), ssoSub: password }),
    ];

    expect(truth(rollcall, chidi)).toMatchObject({ password, open2FA: false });
    expect(answers.map(({ text }) => text.replaceAll('\\"CANARY\\" is not an account id', '')).join()).not.toContain('CANARY');
    expect(rollcall.logged.join()).not.toContain('CANARY');
  });
});

describe('deleteMcsManagerUsers', () => {
  const selection = '{ dryRun changes { accountId sent fields { name verdict } account { id } errors { __typename } } }';

  test('has an outcome for each: gone now, not there, and not to be deleted', async () => {
    await using rollcall = await start();
    const service = [...rollcall.community.mcsManager.world.users.keys()][0] ?? '';

    const { written } = await write(
      rollcall,
      'deleteMcsManagerUsers',
      { ids: [at(bao), at(nobody), at(service), at(bao.toUpperCase())] },
      selection,
    );

    const fields = (verdict: string) => [{ name: 'deleted', verdict }];
    expect(written).toEqual({
      dryRun: false,
      changes: [
        { accountId: at(bao), sent: true, fields: fields('APPLIED'), account: null, errors: [] },
        { accountId: at(nobody), sent: false, fields: fields('UNCHANGED'), account: null, errors: [] },
        {
          accountId: at(service),
          sent: false,
          fields: fields('NOT_SENT'),
          account: { id: at(service) },
          errors: [{ __typename: 'Conflict' }],
        },
      ],
    });
    expect(truth(rollcall, bao)).toBeUndefined();
    expect(writesOf(rollcall)).toEqual(['DELETE /api/auth']);
  });

  test('of somebody on another kind of source, or of nobody, asks nothing', async () => {
    await using rollcall = await start();

    for (const ids of [['horde:101'], [], ['no id']]) {
      const { errors } = await write(rollcall, 'deleteMcsManagerUsers', { ids }, selection);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });
});

describe('over all of a person’s accounts', () => {
  const across = (rollcall: Rollcall, name: string, input: object, selection: string) =>
    rollcall.askText(`mutation ($input: UserChangeInput!) { ${name}(input: $input) ${selection} }`, { input });
  const changes = '{ changes { accountId sent account { id } errors { __typename } } user { mcsManager { permission } } }';

  test('banUser and unbanUser have an outcome for each account, the primary first', async () => {
    await using rollcall = await start();
    const [primary, ...others] = [`horde:102`, at(bao), `webui:${cast.find(({ alias }) => alias === 'bao')?.openWebUI}`];

    const ban = await across(rollcall, 'banUser', { id: at(bao) }, changes);
    const banned = truth(rollcall, bao)?.permission;
    const unban = await across(rollcall, 'unbanUser', { id: at(bao) }, changes);

    for (const { data } of [ban, unban]) {
      const { banUser, unbanUser } = data as Record<string, { changes: { accountId: string }[] }>;
      expect((banUser ?? unbanUser)?.changes.map(({ accountId }) => accountId)).toEqual([primary, ...others]);
    }
    expect(ban.data).toMatchObject({ banUser: { user: { mcsManager: { permission: '-1' } } } });
    expect(banned).toBe(-1);
    expect(truth(rollcall, bao)?.permission).toBe(1);
  });

  test('only those on the named sources are touched', async () => {
    await using rollcall = await start();

    const { data } = await across(rollcall, 'banUser', { id: 'horde:102', sources: ['mcsmanager'] }, changes);

    expect(data).toEqual({
      banUser: {
        changes: [{ accountId: at(bao), sent: true, account: { id: at(bao) }, errors: [] }],
        user: { mcsManager: { permission: '-1' } },
      },
    });
  });

  test('those that the caller may not write are refused, and cost the others nothing', async () => {
    await using rollcall = await start(withScopes('read', 'write@mcsmanager'));

    const some = await across(rollcall, 'banUser', { id: at(bao) }, changes);
    const none = await across(rollcall, 'banUser', { id: at(bao), sources: ['horde'] }, changes);
    const remove = await across(rollcall, 'deleteUser', { id: at(bao) }, changes);

    expect(some.data).toMatchObject({
      banUser: {
        changes: [
          { sent: false, errors: [{ __typename: 'Forbidden' }] },
          { accountId: at(bao), sent: true, errors: [] },
          { sent: false, errors: [{ __typename: 'Forbidden' }] },
        ],
      },
    });
    expect(none.errors).toMatchObject([
      { path: ['banUser'], extensions: { code: 'FORBIDDEN', source: 'horde', scope: 'write' } },
    ]);
    expect(remove.errors).toMatchObject([{ path: ['deleteUser'], extensions: { code: 'FORBIDDEN', scope: 'write:admin' } }]);
  });

  test('one that fails costs the others nothing, and a retry under the same key repeats none', async () => {
    await using rollcall = await start();
    rollcall.community.horde.faults.add({ fault: { kind: 'reset' } });
    const input = { id: at(bao), sources: ['horde', 'mcsmanager'], idempotencyKey: 'k' };

    const first = await across(rollcall, 'banUser', input, changes);
    const again = await across(rollcall, 'banUser', input, changes);

    expect(first.data).toMatchObject({
      banUser: {
        changes: [
          { sent: false, errors: [{ __typename: 'SourceFailed' }] },
          { sent: true, errors: [] },
        ],
      },
    });
    expect(again.data).toMatchObject({ banUser: { changes: [{ sent: false }, { sent: true, errors: [] }] } });
    expect(writesOf(rollcall)).toEqual(['PUT /api/auth']);
  });
});

describe('a write', () => {
  test('goes on though its client leaves, and is on record', async () => {
    await using rollcall = await start({ mcsManager: { hashMs: 200 } });
    const leaving = new AbortController();
    const query = `mutation { setMcsManagerPassword(input: { id: "${at(bao)}", password: "${password}" }) { sent } }`;
    const request = new Request('http://rollcall.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    });

    const answer = Promise.resolve(rollcall.app.fetch(request)).catch(() => undefined);
    while (writesOf(rollcall).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort();
    await answer;
    await rollcall.app.close();

    expect(truth(rollcall, bao)?.password).toBe(password);
    const records = rollcall.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'write');
    expect(records).toMatchObject([
      { operation: 'setMcsManagerPassword', target: at(bao), sent: true, fields: [{ verdict: 'ACCEPTED' }], problems: [] },
    ]);
  });

  test('that the source does not know is SOURCE_UNSUPPORTED', async () => {
    await using rollcall = await start();

    const { written, errors } = await write(rollcall, 'updateMcsManagerUser', { id: 'horde:102', userName: 'x' });

    expect(written).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'SOURCE_UNSUPPORTED', source: 'horde' } }]);
  });

  test.each(['', ' ', 'x'.repeat(201)])('with an idempotencyKey that nobody can mean is refused: %j', async (idempotencyKey) => {
    await using rollcall = await start();

    const { errors } = await write(rollcall, 'banMcsManagerUser', { id: at(bao), idempotencyKey });

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(rollcall.calls().mcsManager).toBe(0);
  });
});
