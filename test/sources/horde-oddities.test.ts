import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { horde } from '../../src/sources/horde/index.ts';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { alwaysAnswer, hordeUser, moderatorFields, openHorde, ownerFields } from './horde-session.ts';

/** What the read of user 42 says when the Horde sends this. */
async function readMia(changes: Record<string, unknown>, key?: string) {
  await using upstream = await alwaysAnswer(200, hordeUser(changes));
  await using opened = openHorde(upstream.url, key === undefined ? {} : { key });
  return await opened.read(key === undefined ? 'user' : 'user with key', '42');
}

describe('ids', () => {
  test.for([
    ['0', '0'],
    ['000', '0'],
    ['0042', '42'],
    ['2147483647', '2147483647'],
    ['2147483648', null],
    ['-1', null],
    ['1.0', null],
    ['1e3', null],
    [' 1', null],
    ['', null],
    ['٤٢', null],
    ['42/../1', null],
    ['9'.repeat(5000), null],
  ] as const)('%o is asked for as %o', async ([text, canonical]) => {
    await using opened = openHorde('http://127.0.0.1:9');

    expect(opened.source.canonicalId(text)).toBe(canonical);
  });

  test('text that is no id of a worker, style or shared key is asked of nobody', async () => {
    await using upstream = await alwaysAnswer(200, {});
    await using opened = openHorde(upstream.url);

    const answers = [
      await opened.read('worker', '../users/1'),
      await opened.read('shared key', ''),
      await opened.read('style', '0b6d3c62-0a0f-4d1b-8f27-3f8f3d2f7a01'),
      await opened.read('style', 'audio/0b6d3c62-0a0f-4d1b-8f27-3f8f3d2f7a01'),
      await opened.read('style', 'image/0b6d3c62-0a0f-4d1b-8f27-3f8f3d2f7a01?x=1'),
    ];

    expect(answers).toEqual([null, null, null, null, null]);
    expect(upstream.requests).toHaveLength(0);
  });

  test('an answer about somebody else is not taken for the user asked for', async () => {
    await using upstream = await alwaysAnswer(200, hordeUser({ id: 43 }));
    await using opened = openHorde(upstream.url);

    await expect(opened.read('user', '42')).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });
});

describe('values', () => {
  test('a balance beyond what floats hold exactly, as the Horde writes it, is still a balance', async () => {
    const body = JSON.stringify(hordeUser()).replace('"kudos":1234', '"kudos":1e+16');
    await using upstream = await alwaysAnswer(200, JSON.parse(body));
    await using opened = openHorde(upstream.url);

    expect(await opened.read('user', '42')).toMatchObject({ kudos: 1e16 });
  });

  test('the day of registration is the server’s clock less the age of the account', async () => {
    const date = 'Sat, 21 Nov 2026 17:00:01 GMT';
    await using upstream = await alwaysAnswer(200, hordeUser({ account_age: 3_600 }), { date });
    await using opened = openHorde(upstream.url);

    const registration = { createdAt: new Date('2026-11-21T16:00:01Z'), text: null };
    expect(await opened.read('user', '42')).toMatchObject({ registration });
  });

  test('only the last hash divides the alias from the number', async () => {
    expect(await readMia({ username: 'mia#7#42' })).toMatchObject({
      identity: { username: 'mia#7#42', displayName: 'mia#7' },
    });
  });

  test('names stay the HTML text that the Horde sends', async () => {
    expect(await readMia({ username: 'a &amp; <b>b</b>#42' })).toMatchObject({ identity: { displayName: 'a &amp; <b>b</b>' } });
  });

  test('a flag outweighs every other role', async () => {
    expect(await readMia({ flagged: true, moderator: true, trusted: true })).toMatchObject({
      role: { role: 'BANNED', nativeRole: 'flagged', bypassesGrants: false, isShutOut: false },
    });
  });

  test('dates that cannot be read are null, those the Horde writes are read', async () => {
    const read = (last_received: string) => readMia({ ...moderatorFields, monthly_kudos: { amount: 1, last_received } }, 'a-key');

    expect(await read('Tue, 03 Nov 2026 07:08:09 -0000')).toMatchObject({
      monthlyKudos: { amount: 1, lastReceived: new Date('2026-11-03T07:08:09Z') },
    });
    expect(await read('soon')).toMatchObject({ monthlyKudos: { amount: 1, lastReceived: null } });
  });

  test('keys and words of later releases are passed over, and fields gone obsolete may go', async () => {
    const styles = [{ type: 'audio', name: 'mia#42::style::hum', id: 'x', length: 3 }];
    const record = await readMia({ styles, astonishing: { new: true }, usage: undefined, contributions: undefined });

    expect(record).toMatchObject({
      hordeStyleRefs: [{ type: 'audio', name: 'mia#42::style::hum', id: 'x' }],
      hordeStanding: { usage: { megapixelsteps: null, requests: null } },
    });
    expect(JSON.stringify(record)).not.toContain('astonishing');
  });
});

describe('privilege', () => {
  test('at privilege 1 no running requests means that none run, not that they are hidden', async () => {
    const record = await readMia({ ...ownerFields, active_generations: undefined }, 'a-key');

    expect(record).toMatchObject({
      activeGenerations: { text: [], image: [], alchemy: null },
      hordePrivate: { contact: null, vpn: false, special: true, sharedKeyIds: ownerFields.sharedkey_ids },
      monthlyKudos: { code: 'SOURCE_FORBIDDEN' },
      hordePrivileged: { code: 'SOURCE_FORBIDDEN' },
    });
  });

  test('a stranger is told why each private facet is missing, and public workers none the less', async () => {
    const refused = { code: 'SOURCE_FORBIDDEN' };

    const record = await readMia({ worker_ids: ['w1'] });

    expect(record).toMatchObject({ hordeWorkerIds: ['w1'], activeGenerations: refused, hordePrivate: refused });
    expect(record).toMatchObject({ monthlyKudos: refused, hordePrivileged: refused });
    expect(await readMia({})).toMatchObject({ hordeWorkerIds: refused });
  });

  test('vpn and special, which not everybody is told, are no grants, so that permissions are the same with a key and without', async () => {
    const { permissions } = (await readMia(ownerFields, 'a-key')) ?? {};

    expect(permissions).toEqual({
      grants: ['trusted', 'moderator', 'customizer', 'service', 'education'].map((key) => {
        return { section: 'horde', key, allowed: false };
      }),
    });
    expect((await readMia({}))?.permissions).toEqual(permissions);
  });

  test('a proxy passkey is known to exist and forgotten', async () => {
    const record = await readMia({ ...moderatorFields, proxy_passkey: 'very-secret' }, 'a-key');

    expect(record).toMatchObject({ hordePrivileged: { hasProxyPasskey: true } });
    expect(JSON.stringify(record)).not.toContain('very-secret');
  });

  test('an empty key is no key', async () => {
    await using upstream = await alwaysAnswer(200, hordeUser());
    await using opened = openHorde(upstream.url, { key: '' });

    expect(await opened.session.self()).toBeNull();
    expect(opened.session.reads.map((read) => read.name)).toEqual(['user', 'worker', 'style', 'shared key']);
  });

  test('reads say exactly what they bring, and the keyless one is the cheaper', async () => {
    await using opened = openHorde('http://127.0.0.1:9', { key: 'a-key' });
    const [keyless, keyed] = opened.session.reads;

    expect(keyless?.brings).toEqual([
      ...['identity', 'role', 'registration', 'kudos', 'kudosDetails', 'records'],
      ...['permissions', 'hordeStanding'],
    ]);
    expect(keyed?.brings).toEqual([
      ...(keyless?.brings ?? []),
      ...['hordeStyleRefs', 'hordeWorkerIds', 'activeGenerations', 'hordePrivate', 'hordePrivileged', 'monthlyKudos'],
    ]);
    expect([keyless?.cost, keyed?.cost]).toEqual([
      { requests: 1, bytes: 900 },
      { requests: 1, bytes: 1_050, weight: 0.05 },
    ]);
  });
});

describe('lists that somebody else’s field mask has cut', () => {
  test('bring what is whole and leave out what is not', async () => {
    await using twin = await hordeTwin();
    await poison(twin.url, '{id,kudos,username,styles{name},records{usage}}');
    await using opened = openHorde(twin.url);

    const { accounts } = await opened.session.list({}).page(0);

    expect(accounts).toHaveLength(25);
    expect(accounts.filter(({ record }) => record.hordeStyleRefs === undefined).length).toBeLessThan(25);
    for (const { record } of accounts) {
      const { hordeStyleRefs, ...others } = record;
      const told = Object.entries(others).filter(([, value]) => !(value instanceof SourceError));
      expect(told.map(([facet]) => facet)).toEqual(['identity', 'kudos']);
      // Where the mask has cut the workers away they may still be public, so nothing is said of them.
      expect(Object.keys(others)).toEqual([
        ...['identity', 'kudos', 'activeGenerations', 'hordePrivate', 'hordePrivileged', 'monthlyKudos'],
      ]);
      if (hordeStyleRefs !== undefined) expect(hordeStyleRefs).toEqual([]);
    }
  });

  test('are malformed when nobody in them can be told apart, for they are not the end of the list', async () => {
    await using twin = await hordeTwin();
    await poison(twin.url, '{kudos}');
    await using opened = openHorde(twin.url);

    await expect(opened.session.list({}).page(0)).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });

  test('a row without an id is passed over, a row with a spoilt field keeps the others', async () => {
    await using upstream = await alwaysAnswer(200, [
      hordeUser(),
      hordeUser({ id: undefined }),
      hordeUser({ id: 7, kudos: 'a lot', vpn: null, evaluating_kudos: null, active_generations: {}, monthly_kudos: {} }),
    ]);
    await using opened = openHorde(upstream.url);

    const { accounts } = await opened.session.list({}).page(0);

    expect(accounts.map((account) => account.id)).toEqual(['42', '7']);
    expect(Object.keys(accounts[0]?.record ?? {})).toHaveLength(13);
    expect(Object.keys(accounts[1]?.record ?? {})).toEqual(
      Object.keys(accounts[0]?.record ?? {}).filter((key) => key !== 'kudos'),
    );
  });

  /** Another client's request, with a mask, for the page that is about to be asked for. */
  async function poison(url: string, mask: string): Promise<void> {
    await fetch(`${url}/api/v2/users?page=1&sort=age`, { headers: { 'x-fields': mask } });
  }
});

describe('settings', () => {
  test('have the public Horde for a default, and no key', () => {
    const settings = horde.settings.parse({});

    expect(horde.address(settings)).toEqual({
      url: 'https://aihorde.net/api',
      headers: { 'client-agent': 'rollcall:0.1.0:unknown' },
    });
    expect(horde.serviceKey(settings)).toBeUndefined();
  });

  test.for([{ url: 'aihorde.net' }, { url: 'ftp://aihorde.net' }, { apiKey: '' }, { clientAgent: '' }])(
    '%o is refused',
    (settings) => {
      expect(horde.settings.safeParse(settings).success).toBe(false);
    },
  );

  test('every request says who the client is, and masks nothing', async () => {
    await using twin = await hordeTwin();
    await using opened = openHorde(twin.url);

    await opened.read('user', '101');
    await opened.session.list({}).page(0);
    await opened.session.status();

    expect(twin.requests.map(({ headers }) => headers['client-agent'])).toEqual(Array(3).fill('rollcall-tests:1:nobody'));
    expect(twin.requests.some(({ headers }) => 'x-fields' in headers)).toBe(false);
  });

  test('a source tells all facets that any of its reads brings', async () => {
    await using opened = openHorde('http://127.0.0.1:9', { key: 'a-key' });

    const brought = opened.session.reads.flatMap((read) => read.brings);

    expect(opened.source.facets).toEqual(new Set(brought));
    expect(opened.source.capabilities).toMatchObject({
      orders: ['CREATED', 'KUDOS'],
      search: 'EXACT',
      roleWords: {},
      totalCount: false,
    });
  });
});
