import { describe, expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { expectNoLeak, marker } from './leaks.ts';
import { type Rollcall, type RollcallOptions, startRollcall } from './rollcall.ts';

/** Without limits, since one sender may send kudos once a second. */
const start = (config?: RollcallOptions['config']): Promise<Rollcall> =>
  startRollcall({ horde: { limits: false, canary: marker }, ...(config === undefined ? {} : { config }) });

const outcome = `dryRun sent requested { name value } applied { name value } drift { name after }
  fields { name requested before after verdict }
  errors { __typename ... on WriteError { message } }`;

interface Payload {
  readonly sent: boolean;
  readonly fields: readonly { readonly name: string; readonly verdict: string }[];
  readonly drift: readonly unknown[];
  readonly applied: readonly unknown[];
  readonly errors: readonly { readonly __typename: string; readonly message: string }[];
  readonly [more: string]: unknown;
}

async function mutate(rollcall: Rollcall, name: string, input: object, more = '', as?: string, by: HeadersInit = {}) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${outcome} ${more} } }`;
  const answer = await rollcall.askText(query, { input }, as === undefined ? by : { ...by, 'x-source-key-horde': as });
  // The query asks for all that the type names.
  return { ...answer, payload: (answer.data?.[name] ?? null) as Payload | null };
}

const verdicts = (payload: Payload | null) =>
  Object.fromEntries(payload?.fields.map(({ name, verdict }) => [name, verdict]) ?? []);
const errorTypes = (payload: Payload | null) => payload?.errors.map(({ __typename }) => __typename);

function userOf(rollcall: Rollcall, id: number) {
  const user = rollcall.community.horde.world.users.get(id);
  if (!user) throw new Error(`no user ${id}`);
  return user;
}

const sendings = ({ community: { horde } }: Rollcall) =>
  horde.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

describe('updateHordeUser', () => {
  test('tells what was asked for, what is now, and shows the account as it is', async () => {
    await using rollcall = await start();
    const input = { id: 'horde:104', trusted: true, vpn: false, adminComment: 'welcome aboard', username: 'dunja & co' };

    const account = 'account { username trusted vpn adminComment permissions { nativeRole } } user { id username }';
    const answer = await mutate(rollcall, 'updateHordeUser', input, account);

    expect(answer.errors).toBeUndefined();
    expect(answer.payload).toMatchObject({
      dryRun: false,
      sent: true,
      applied: [
        { name: 'trusted', value: true },
        { name: 'vpn', value: false },
        { name: 'adminComment', value: 'welcome aboard' },
        { name: 'username', value: 'dunja &amp; co' },
      ],
      drift: [],
      errors: [],
      account: {
        username: 'dunja &amp; co#104',
        trusted: true,
        vpn: false,
        adminComment: 'welcome aboard',
        permissions: { nativeRole: 'trusted' },
      },
      user: { id: 'horde:104', username: 'dunja &amp; co#104' },
    });
    expect(userOf(rollcall, 104).roles).toMatchObject({ trusted: true, vpn: false });
    expectNoLeak(answer, rollcall);
  });

  test('tells of half a change which half it is', async () => {
    await using rollcall = await start();

    await rollcall.askText('{ user(id: "horde:104") { horde { concurrency vpn } } }');

    const input = { id: 'horde:104', concurrency: 44, username: 'damn fool' };
    const answer = await mutate(rollcall, 'updateHordeUser', input, 'account { concurrency vpn }');

    expect(answer.payload?.account).toEqual({ concurrency: 44, vpn: true });
    expect(answer.payload?.drift).toEqual([{ name: 'username', after: 'dunja' }]);
    expect(answer.payload?.errors[0]).toEqual({
      __typename: 'PartlyApplied',
      message: 'Applied: concurrency. Not applied: username.',
    });
    expect(userOf(rollcall, 104)).toMatchObject({ concurrency: 44, alias: 'dunja' });
    expectNoLeak(answer, rollcall);
  });

  test('tells by how much a balance sank before it met its floor', async () => {
    await using rollcall = await start();
    const { admin } = rollcall.community.horde.keys;

    const answer = await mutate(rollcall, 'updateHordeUser', { id: 'horde:104', addKudos: -5_000 }, 'account { kudos }', admin);

    expect(answer.payload).toMatchObject({
      drift: [{ name: 'addKudos', after: -1_209 }],
      account: { kudos: 25 },
      errors: [{ __typename: 'PartlyApplied', message: expect.stringContaining('addKudos stopped at -1209 of -5000') }],
    });
    expect(answer.text).not.toContain(admin);
  });

  test('refuses what the Horde would only half do, by field, and asks nothing', async () => {
    await using rollcall = await start();
    rollcall.calls();

    const answer = await mutate(rollcall, 'updateHordeUser', { id: 'horde:104', trusted: true, contact: 'c'.repeat(60) });

    expect(answer.payload?.errors).toEqual([{ __typename: 'ValidationError', message: '5 to 50 characters.' }]);
    expect(answer.payload?.sent).toBe(false);
    expect(userOf(rollcall, 104).roles.trusted).toBe(false);
    expect(sendings(rollcall)).toEqual([]);
  });

  test.for(['<wiped>', '[masked]', '[secret]'])('takes %s for no contact', async (contact) => {
    await using rollcall = await start();

    const { payload } = await mutate(rollcall, 'updateHordeUser', { id: 'horde:104', contact });

    expect([errorTypes(payload), sendings(rollcall)]).toEqual([['ValidationError'], []]);
  });

  test('leaves alone who is otherwise than the caller takes them to be', async () => {
    await using rollcall = await start();

    const input = { id: 'horde:104', trusted: true, ifUnchanged: { flagged: true } };
    const { payload } = await mutate(
      rollcall,
      'updateHordeUser',
      input,
      'conflict: errors { ... on Conflict { fields { name expected actual } } }',
    );

    expect(payload).toMatchObject({ sent: false, conflict: [{ fields: [{ name: 'flagged', expected: true, actual: false }] }] });
    expect(sendings(rollcall)).toEqual([]);
  });

  test('in a dry run tells what would change, and changes nothing', async () => {
    await using rollcall = await start();

    const { payload } = await mutate(rollcall, 'updateHordeUser', { id: 'horde:104', trusted: true, vpn: true, dryRun: true });

    expect([payload?.dryRun, payload?.sent, verdicts(payload)]).toEqual([
      true,
      false,
      { trusted: 'WOULD_CHANGE', vpn: 'UNCHANGED' },
    ]);
    expect(sendings(rollcall)).toEqual([]);
  });

  test('sent again under its idempotencyKey adds kudos once', async () => {
    await using rollcall = await start();
    const { admin } = rollcall.community.horde.keys;
    const input = { id: 'horde:104', addKudos: 50, idempotencyKey: 'once' };

    const [first, again] = [
      await mutate(rollcall, 'updateHordeUser', input, '', admin),
      await mutate(rollcall, 'updateHordeUser', input, '', admin),
    ];

    expect([verdicts(first.payload), verdicts(again.payload)]).toEqual([{ addKudos: 'APPLIED' }, { addKudos: 'APPLIED' }]);
    expect(userOf(rollcall, 104).kudos).toBe(1_284);
  });

  test('two at once come after one another, and nothing is lost', async () => {
    await using rollcall = await start();
    const { admin } = rollcall.community.horde.keys;

    const answers = await Promise.all(
      [10, 20, 30].map((addKudos) => mutate(rollcall, 'updateHordeUser', { id: 'horde:104', addKudos }, '', admin)),
    );

    expect(answers.map(({ payload }) => verdicts(payload))).toEqual(Array(3).fill({ addKudos: 'APPLIED' }));
    expect(userOf(rollcall, 104).kudos).toBe(1_294);
  });

  test('shows that a passkey was made, and never the passkey', async () => {
    await using rollcall = await start();
    userOf(rollcall, 2).roles.service = true;

    const answer = await mutate(
      rollcall,
      'updateHordeUser',
      { id: 'horde:104', generateProxyPasskey: true },
      'account { hasProxyPasskey }',
    );

    expect(answer.payload).toMatchObject({ account: { hasProxyPasskey: true }, errors: [] });
    expect(userOf(rollcall, 104).proxyPasskey).toContain(marker);
    expectNoLeak(answer, rollcall);
  });
});

describe('deleteHordeUser', () => {
  test('marks, undeleteHordeUser unmarks, and the account is shown as it is though the Horde’s cache is older', async () => {
    await using rollcall = await start();
    await rollcall.askText('{ user(id: "horde:104") { horde { deleted vpn } } }');

    const gone = await mutate(rollcall, 'deleteHordeUser', { id: 'horde:104' }, 'account { deleted vpn }');
    const marked = await rollcall.askText('{ user(id: "horde:104") { horde { deleted vpn } } }');
    const back = await mutate(rollcall, 'undeleteHordeUser', { id: 'horde:104' }, 'account { deleted }');

    expect([verdicts(gone.payload), gone.payload?.account, verdicts(back.payload), back.payload?.account]).toEqual([
      { markedForDeletion: 'APPLIED' },
      { deleted: true, vpn: true },
      { undelete: 'APPLIED' },
      { deleted: false },
    ]);
    expect(marked.data).toEqual({ user: { horde: { deleted: true, vpn: true } } });
    expect(userOf(rollcall, 104).deleted).toBe(false);
  });

  test('wipes only who is marked', async () => {
    await using rollcall = await start();

    const early = await mutate(rollcall, 'deleteHordeUser', { id: 'horde:104', wipe: true });
    Object.assign(userOf(rollcall, 104), { deleted: true, lastActiveAt: 0 });
    const wiped = await mutate(rollcall, 'deleteHordeUser', { id: 'horde:104', wipe: true }, 'account { id }');

    expect([errorTypes(early.payload), errorTypes(wiped.payload), wiped.payload?.account]).toEqual([['Conflict'], [], null]);
    expect(rollcall.community.horde.world.users.get(104)).toBeUndefined();
  });

  test('deletes no moderator', async () => {
    await using rollcall = await start();

    const { payload } = await mutate(rollcall, 'deleteHordeUser', { id: 'horde:101' });

    expect([errorTypes(payload), sendings(rollcall)]).toEqual([['Forbidden'], []]);
  });
});

describe('kudos', () => {
  test('are sent with a key of one’s own, once for each idempotencyKey', async () => {
    await using rollcall = await start();
    const own = rollcall.community.horde.keys.of(103);
    const input = { to: 'horde:104', amount: 10, idempotencyKey: 'for the worker' };
    await rollcall.askText('{ user(id: "horde:104") { kudos } }');

    const [first, again] = [
      await mutate(rollcall, 'transferHordeKudos', input, 'transferred', own),
      await mutate(rollcall, 'transferHordeKudos', input, 'transferred', own),
    ];

    expect(first.payload).toMatchObject({
      transferred: 10,
      errors: [],
      applied: [{ name: 'to' }, { name: 'amount', value: 10 }],
    });
    expect(again.payload).toEqual(first.payload);
    expect([userOf(rollcall, 103).kudos, userOf(rollcall, 104).kudos]).toEqual([131_062, 1_244]);
    expect((await rollcall.askText('{ user(id: "horde:104") { kudos } }')).data).toEqual({ user: { kudos: 1_244 } });
    expect(first.text + rollcall.logged.join()).not.toContain(own);
  });

  test('are sent by each of two callers who share the account and hit upon one idempotencyKey', async () => {
    const callers = ['bot', 'bird'].map((name) => ({ name, ...createKey() }));
    const keys = callers.map(({ name, hash }) => ({ name, hash, scopes: ['read', 'write'] }));
    await using rollcall = await start((input) => ({ ...input, access: { anonymous: [], keys } }));
    const own = rollcall.community.horde.keys.of(103);
    const input = { to: 'horde:104', amount: 10, idempotencyKey: 'tip' };

    const told = [];
    for (const { key } of [...callers, ...callers])
      told.push(await mutate(rollcall, 'transferHordeKudos', input, 'transferred', own, { 'x-rollcall-key': key }));

    expect(told.map(({ payload }) => verdicts(payload))).toEqual(Array(4).fill({ to: 'APPLIED', amount: 'APPLIED' }));
    expect([userOf(rollcall, 104).kudos, sendings(rollcall).length]).toEqual([1_254, 2]);
    const sent = rollcall.community.horde.requests.flatMap(({ headers }) => headers['idempotency-key'] ?? []);
    expect([new Set(sent).size, sent.join()]).toEqual([2, expect.not.stringContaining('tip')]);
  });

  test('refused for a while are not sent, and it is told for how long', async () => {
    await using rollcall = await start();
    const own = rollcall.community.horde.keys.of(103);
    const headers = { 'content-type': 'application/json', 'retry-after': '30' };
    rollcall.community.horde.faults.add({
      method: 'POST',
      fault: { kind: 'reply', status: 429, headers, body: '{"message":"1 per 1 second"}' },
    });

    const more = 'errors { ... on SourceFailed { code retryable retryAfter } }';
    const { payload } = await mutate(rollcall, 'transferHordeKudos', { to: '104', amount: 10 }, more, own);

    const failed = { __typename: 'SourceFailed', code: 'SOURCE_RATE_LIMITED', retryable: true, retryAfter: 30 };
    expect(payload?.errors).toMatchObject([failed]);
    expect(userOf(rollcall, 104).kudos).toBe(1_234);
  });

  test.for([
    ['transferHordeKudos', 'transferred'],
    ['awardHordeKudos', 'awarded'],
  ] as const)('by %s with a receipt that no number can show are told by the statistics alone', async ([name, receipt]) => {
    await using rollcall = await start();
    const { keys, faults } = rollcall.community.horde;
    const own = name === 'awardHordeKudos' ? keys.admin : keys.of(103);

    for (const amount of ['9007199254740992', '1e308', '0.5', '7']) {
      const headers = { 'content-type': 'application/json' };
      const reply = { kind: 'reply', status: 200, headers, body: `{"${receipt}":${amount}}` } as const;
      faults.add({ method: 'POST', times: 1, fault: reply });
      const { payload } = await mutate(rollcall, name, { to: '104', amount: 10 }, receipt, own);

      expect([payload?.[receipt], verdicts(payload)]).toEqual([null, { to: 'UNKNOWN', amount: 'UNKNOWN' }]);
      expect(payload?.errors).toMatchObject([{ __typename: 'UnknownOutcome' }, { __typename: 'SourceFailed' }]);
    }
  });

  test('of the service’s account are never sent', async () => {
    await using rollcall = await start();

    const { payload } = await mutate(rollcall, 'transferHordeKudos', { to: '104', amount: 10 });

    expect([errorTypes(payload), sendings(rollcall), userOf(rollcall, 2).kudos]).toEqual([['Forbidden'], [], 300_500]);
  });

  test('awarded to somebody flagged are told as none', async () => {
    await using rollcall = await start();
    const { admin } = rollcall.community.horde.keys;

    const flagged = await mutate(rollcall, 'awardHordeKudos', { to: 'hex#108', amount: 5 }, 'awarded', admin);
    const given = await mutate(rollcall, 'awardHordeKudos', { to: 'dunja#104', amount: 5 }, 'awarded', admin);

    expect([flagged.payload?.awarded, errorTypes(flagged.payload)]).toEqual([null, ['Conflict']]);
    expect([given.payload?.awarded, errorTypes(given.payload)]).toEqual([5, []]);
    expect([userOf(rollcall, 108).kudos, userOf(rollcall, 104).kudos]).toEqual([25, 1_239]);
  });
});

describe('a person with several accounts', () => {
  test('is banned, let in again and deleted on the Horde too, and is seen so', async () => {
    await using rollcall = await start();
    const ask = (name: string) =>
      rollcall.askText(
        `mutation { ${name}(input: { id: "horde:104", sources: ["horde"] }) { changes { accountId sent errors { __typename } } user { horde { flagged } } } }`,
      );

    const [banned, unbanned] = [await ask('banUser'), await ask('unbanUser')];
    const deleted = await ask('deleteUser');

    const changes = [{ accountId: 'horde:104', sent: true, errors: [] }];
    expect(banned.data).toEqual({ banUser: { changes, user: { horde: { flagged: true } } } });
    expect(unbanned.data).toEqual({ unbanUser: { changes, user: { horde: { flagged: false } } } });
    expect(deleted.data).toMatchObject({ deleteUser: { changes } });
    expect(userOf(rollcall, 104)).toMatchObject({ deleted: true, roles: { flagged: false } });
  });
});

describe('shared keys', () => {
  test('are made, changed and deleted; their ids go to the caller, and into no line of the log', async () => {
    await using rollcall = await start();
    const own = rollcall.community.horde.keys.of(104);

    const input = { name: 'party', kudos: 100, expiresInDays: 7 };
    const made = await mutate(rollcall, 'createHordeSharedKey', input, 'sharedKeyId', own);
    const sharedKeyId = String(made.payload?.sharedKeyId);
    const key = { ...rollcall.community.horde.world.sharedKeys.get(sharedKeyId) };
    const refused = await mutate(rollcall, 'updateHordeSharedKey', { sharedKeyId, kudos: 200 });
    const changed = await mutate(rollcall, 'updateHordeSharedKey', { sharedKeyId, kudos: 200 }, '', own);
    const kudos = rollcall.community.horde.world.sharedKeys.get(sharedKeyId)?.kudos;
    const deleted = await mutate(rollcall, 'deleteHordeSharedKey', { sharedKeyId }, '', own);

    expect(key).toMatchObject({ ownerId: 104, name: 'party', kudos: 100 });
    expect(verdicts(made.payload)).toEqual({ name: 'APPLIED', kudos: 'APPLIED', expiresInDays: 'APPLIED' });
    expect([errorTypes(refused.payload), verdicts(changed.payload), verdicts(deleted.payload)]).toEqual([
      ['Forbidden'],
      { kudos: 'ACCEPTED' },
      { deleted: 'APPLIED' },
    ]);
    expect([kudos, rollcall.community.horde.world.sharedKeys.has(sharedKeyId)]).toEqual([200, false]);
    expect(rollcall.logged.join('\n')).not.toContain(sharedKeyId);
    expect(rollcall.logged.join('\n')).toContain('createHordeSharedKey');
  });
});
