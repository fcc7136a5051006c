import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import type { AccountRecord } from '../../src/sources/contract.ts';
import { type HordeTwin, hordeTwin } from '../../src/twins/horde/index.ts';
import type { HordeUser } from '../../src/twins/horde/records.ts';
import { openHorde } from './horde-session.ts';
import { publicTruth, truthAbout } from './horde-truth.ts';

const everyFacet = 14;

describe('reading users', () => {
  test('without a key every user is told as the world has them, one request each, and nothing private of anybody', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url);
    const everybody = twin.world.users.all();

    for (const user of everybody) expectTruth(await horde.read('user', String(user.id)), twin, user, 0);

    expect(everybody).toHaveLength(120);
    expect(twin.requests).toHaveLength(120);
    expect(twin.requests.every(({ headers }) => headers.apikey === undefined && headers['x-fields'] === undefined)).toBe(true);
  });

  test('a moderator’s key tells everything of everybody', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url, { key: twin.keys.moderator });
    const everybody = twin.world.users.all();

    // The shared anonymous account hides what it runs; its own test looks at that.
    for (const user of everybody) expectTruth(await horde.read('user with key', String(user.id)), twin, user, 2);

    expect(twin.requests).toHaveLength(everybody.length);
    expect(twin.requests.every(({ headers }) => headers.apikey === twin.keys.moderator)).toBe(true);
  });

  test('a user’s own key tells the owner’s facets of that user and refuses the moderators’', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url, { key: twin.keys.of(103) });

    expectTruth(await horde.read('user with key', '103'), twin, userOf(twin, 103), 1);
    expectTruth(await horde.read('user with key', '104'), twin, userOf(twin, 104), 0);
    expect(twin.requests).toHaveLength(2);
  });

  test('a session with a key still reads what all are told alike without sending it, and nothing on which the key bears', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url, { key: twin.keys.of(103) });

    const record = await horde.read('user', '103');

    expectPublic(record, twin, userOf(twin, 103));
    expect(twin.requests.map(({ headers }) => headers.apikey)).toEqual([undefined]);
  });

  test('the styles of a user are told by the keyed read alone where there is a key, private ones among them', async () => {
    await using twin = await hordeTwin();
    const style = [...twin.world.styles.values()].find((candidate) => !candidate.public);
    const owner = style?.ownerId ?? 0;
    await using horde = openHorde(twin.url, { key: twin.keys.of(owner) });
    await using nobody = openHorde(twin.url);

    const told = await horde.read('user with key', String(owner));
    const toNobody = await nobody.read('user', String(owner));

    const idsOf = ({ hordeStyleRefs: refs }: AccountRecord = {}) =>
      refs === undefined || refs instanceof SourceError ? undefined : refs.map(({ id }) => id);
    expect(idsOf(told ?? {})).toContain(style?.id);
    expect(idsOf(toNobody ?? {})).not.toContain(style?.id);
    expect(idsOf((await horde.read('user', String(owner))) ?? {})).toBeUndefined();
  });

  test('permissions are the same at every privilege', async () => {
    await using twin = await hordeTwin();
    await using nobody = openHorde(twin.url);
    await using moderator = openHorde(twin.url, { key: twin.keys.moderator });

    for (const { id } of twin.world.users.all()) {
      const [shown, whole] = [await nobody.read('user', String(id)), await moderator.read('user with key', String(id))];
      expect(whole?.permissions).toEqual(shown?.permissions);
    }
  });

  test('the anonymous key is told of running requests only that somebody makes them', async () => {
    await using twin = await hordeTwin({ caches: false });
    userOf(twin, 0).activeGenerations.image = ['0d2c8f3e-0c57-4f41-93ce-3b8f1f6a1001'];
    await using horde = openHorde(twin.url, { key: twin.keys.anonymous });

    const record = await horde.read('user with key', '0');

    expect(record?.activeGenerations).toEqual({ text: [], image: [], alchemy: null });
    expect(record?.role).toMatchObject({ role: 'GUEST', nativeRole: 'anonymous' });
  });

  test('nobody has an id that is free or was wiped', async () => {
    await using twin = await hordeTwin();
    twin.world.users.remove(104);
    await using horde = openHorde(twin.url);

    expect([await horde.read('user', '104'), await horde.read('user', '999999')]).toEqual([null, null]);
    expect(twin.requests).toHaveLength(2);
  });

  test('keys that the Horde does not know, a shared key among them, are not accepted for reading users', async () => {
    await using twin = await hordeTwin();
    await using unknown = openHorde(twin.url, { key: 'nobody-has-this-key' });
    await using shared = openHorde(twin.url, { key: twin.keys.shared });

    await expect(unknown.read('user with key', '101')).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
    await expect(shared.read('user with key', '101')).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
    expect(await shared.read('user', '101')).not.toBeNull();
  });

  test('the sixty-first reading of one user in a minute is refused with the time to wait, others go on', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url);
    for (let count = 0; count < 60; count += 1) await horde.read('user', '101');

    const error = await horde.read('user', '101').catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: 'SOURCE_OVERLOADED' });
    expect(error instanceof SourceError && error.retryAfter).toBeGreaterThan(0);
    expect(await horde.read('user', '102')).not.toBeNull();
  });
});

describe('reading what belongs to users', () => {
  test('every worker, style and shared key is told by its id, with no key sent', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url, { key: twin.keys.moderator });
    const { workers, styles, sharedKeys, teams } = twin.world;

    for (const worker of workers.values()) {
      const { id, name, type, online, models, threads, uptime } = worker;
      const team = worker.teamId === null ? undefined : teams.get(worker.teamId);
      expect(await horde.read('worker', id)).toMatchObject({
        hordeWorker: {
          ...{ id, name, type, online, threads, uptime },
          models: type === 'interrogation' ? [] : models,
          info: worker.info,
          maintenanceMode: worker.maintenance,
          requestsFulfilled: worker.requestsFulfilled,
          kudosRewards: worker.kudosRewards,
          teamId: team?.id ?? null,
          teamName: team?.name ?? null,
        },
      });
    }
    for (const { id, type, name, info, prompt, public: isPublic, nsfw, tags, models, useCount } of styles.values()) {
      const hordeStyle = { id, type, name, info, prompt, public: isPublic, nsfw, tags, models, useCount };
      expect(await horde.read('style', `${type}/${id}`)).toEqual({ hordeStyle });
    }
    for (const { ownerId: _, expiresAt, ...key } of sharedKeys.values()) {
      const expiry = expiresAt === null ? null : new Date(Math.floor(expiresAt / 1000) * 1000);
      expect(await horde.read('shared key', key.id)).toEqual({ hordeSharedKey: { ...key, expiry } });
    }

    expect(twin.requests).toHaveLength(workers.size + styles.size + sharedKeys.size);
    expect(workers.size + styles.size + sharedKeys.size).toBeGreaterThanOrEqual(11);
    expect(twin.requests.every(({ headers }) => headers.apikey === undefined)).toBe(true);
  });

  test('unknown ids are nobody’s, and a style of the other type is none', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url);
    const nowhere = '00000000-0000-4000-8000-000000000000';
    const textStyle = [...twin.world.styles.values()].find((style) => style.type === 'text');

    const answers = [
      await horde.read('worker', nowhere),
      await horde.read('shared key', nowhere),
      await horde.read('style', `text/${nowhere}`),
      await horde.read('style', `image/${textStyle?.id}`),
    ];

    expect(answers).toEqual([null, null, null, null]);
    expect(twin.requests).toHaveLength(4);
  });
});

describe('listing', () => {
  test('by creation everybody comes once, oldest first, in five requests, and pages past the end are empty', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url);
    const reader = horde.session.list({});

    const pages = await Promise.all([0, 1, 2, 3, 4].map((index) => reader.page(index)));

    const listed = pages.flatMap((page) => page.accounts);
    const oldestFirst = twin.world.users.all().toSorted((a, b) => a.createdAt - b.createdAt);
    expect(listed.map((account) => account.id)).toEqual(oldestFirst.map((user) => String(user.id)));
    for (const { id, record } of listed) expectTruth(record, twin, userOf(twin, Number(id)), 0);
    expect(pages.map((page) => page.total)).toEqual([null, null, null, null, null]);
    expect(pages.map((page) => page.more)).toEqual([true, true, true, true, false]);
    expect(reader).toMatchObject({ pageSize: 25, stableOrder: true });
    expect(twin.requests).toHaveLength(5);
    expect(twin.requests.every(({ headers }) => headers.apikey === undefined)).toBe(true);

    expect(await reader.page(5)).toEqual({ accounts: [], total: null, more: false, lag: 310 });
    expect(await reader.page(10_000)).toEqual({ accounts: [], total: null, more: false });
    expect(twin.requests).toHaveLength(6);
  });

  test('with a key the list is still asked for without it, and brings only what all are told alike', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url, { key: twin.keys.moderator });

    const { accounts } = await horde.session.list({}).page(0);

    for (const { id, record } of accounts) expectPublic(record, twin, userOf(twin, Number(id)));
    expect(accounts).toHaveLength(25);
    expect(twin.requests.map(({ headers }) => headers.apikey)).toEqual([undefined]);
  });

  test('by kudos the richest come first', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url);
    const reader = horde.session.list({ order: 'KUDOS' });

    const { accounts } = await reader.page(0);

    const richest = twin.world.users.all().toSorted((a, b) => b.kudos - a.kudos);
    expect(accounts.map((account) => account.record.kudos)).toEqual(richest.slice(0, 25).map((user) => user.kudos));
    expect(reader.stableOrder).toBe(false);
    expect(twin.requests.map(({ query }) => query)).toEqual(['page=1&sort=kudos']);
  });

  test('another order, and a role, are refused before anything is asked, naming what to do', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url);

    expect(() => horde.session.list({ order: 'NAME' })).toThrowErrorMatchingInlineSnapshot(
      `[SourceError: The source cannot do this. It lists in these orders: CREATED, KUDOS.]`,
    );
    expect(() => horde.session.list({ role: 'moderator' })).toThrowErrorMatchingInlineSnapshot(
      `[SourceError: The source cannot do this. The list cannot be narrowed to a role; list without it and look at each account’s role.]`,
    );
    expect(twin.requests).toHaveLength(0);
  });
});

describe('finding', () => {
  test('alias#id and a bare number find the user in one request, an alias may hold a hash of its own', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url, { key: twin.keys.moderator });
    const find = async (text: string) => (await horde.session.search(text, 10)).accounts.map((account) => account.id);

    expect(await find('ada#101')).toEqual(['101']);
    expect(await find('emre#cloud#105')).toEqual(['105']);
    expect(await find(' 0102 ')).toEqual(['102']);
    expect(await horde.session.findByUsername('emre#cloud#105')).toEqual(['105']);
    expect(await horde.session.list({ search: 'ada#101' }).page(0)).toMatchObject({ accounts: [{ id: '101' }], total: 1 });
    expect(twin.requests).toHaveLength(5);
    expect(twin.requests.every(({ headers }) => headers.apikey === undefined)).toBe(true);
  });

  test('the wrong alias, a number nobody has and one that nobody can have find no one', async () => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url);

    expect(await horde.session.search('bao#101', 10)).toEqual({ accounts: [], total: 0, more: false, lag: 30 });
    expect(await horde.session.findByUsername('ada#999999')).toEqual([]);
    expect(twin.requests).toHaveLength(2);
    expect(await horde.session.findByUsername('ada#99999999999')).toEqual([]);
    expect(twin.requests).toHaveLength(2);
  });

  test.for(['ada', 'ada#', '#101', 'ada#x', ''])('%o is refused, naming how to ask', async (text) => {
    await using twin = await hordeTwin();
    await using horde = openHorde(twin.url);

    await expect(horde.session.search(text, 10)).rejects.toThrow('alias#id');
    await expect(horde.session.findByUsername(text)).rejects.toMatchObject({ code: 'SOURCE_UNSUPPORTED' });
    expect(twin.requests).toHaveLength(0);
  });

  test('what was found counts for as much as if it had been read by its id without the key', async () => {
    await using twin = await hordeTwin();
    await using nobody = openHorde(twin.url);
    await using moderator = openHorde(twin.url, { key: twin.keys.moderator });

    const [found] = (await nobody.session.search('chidi#103', 1)).accounts;
    const [foundToo] = (await moderator.session.search('chidi#103', 1)).accounts;

    expectTruth(found?.record, twin, userOf(twin, 103), 0);
    expectPublic(foundToo?.record, twin, userOf(twin, 103));
  });
});

describe('self and status', () => {
  test('a key’s holder is told with the owner’s facets, a moderator’s as well, in one request', async () => {
    await using twin = await hordeTwin();
    await using member = openHorde(twin.url, { key: twin.keys.of(103) });
    await using moderator = openHorde(twin.url, { key: twin.keys.of(102) });

    const [own, mods] = [await member.session.self(), await moderator.session.self()];

    expect([own?.id, mods?.id]).toEqual(['103', '102']);
    expectTold(own?.record, twin, userOf(twin, 103), 1);
    expectTold(mods?.record, twin, userOf(twin, 102), 1);
    expect(twin.requests.map(({ path }) => path)).toEqual(['/api/v2/find_user', '/api/v2/find_user']);
  });

  test('nobody’s session has no self; unknown keys are not accepted, and a shared key proves nothing', async () => {
    await using twin = await hordeTwin();
    await using nobody = openHorde(twin.url);
    await using unknown = openHorde(twin.url, { key: 'nobody-has-this-key' });
    await using shared = openHorde(twin.url, { key: twin.keys.shared });

    expect(await nobody.session.self()).toBeNull();
    expect(twin.requests).toHaveLength(0);
    await expect(unknown.session.self()).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
    await expect(shared.session.self()).rejects.toMatchObject({ code: 'SOURCE_UNAUTHORIZED' });
    expect(twin.requests).toHaveLength(2);
  });

  test('the status tells version and word of the Horde, and what the key is good for', async () => {
    await using twin = await hordeTwin();
    const keys = [undefined, twin.keys.of(103), twin.keys.moderator, 'nobody-has-this-key'];

    const told = [];
    for (const key of keys) {
      await using horde = openHorde(twin.url, key === undefined ? {} : { key });
      told.push(await horde.session.status());
    }

    const ok = { version: '5.1.5', message: 'OK' };
    expect(told).toEqual([
      { ...ok, credential: 'No key: what the source shows to anybody.' },
      { ...ok, credential: 'The key of user 103: everything public, and this user’s own private facts.' },
      { ...ok, credential: 'A moderator’s key: everything about every user.' },
      { ...ok, credential: 'The key is not accepted.' },
    ]);
    expect(twin.requests).toHaveLength(7);
  });

  test('a Horde that does not answer for its users still has a status', async () => {
    await using twin = await hordeTwin({ faults: [{ path: '/api/v2/find_user', fault: { kind: 'reply', status: 500 } }] });
    await using horde = openHorde(twin.url, { key: twin.keys.moderator });

    expect(await horde.session.status()).toEqual({ version: '5.1.5', message: 'OK', credential: null });
  });
});

test('no secret of the world ever enters a record', async () => {
  const canary = 'CANARY';
  await using twin = await hordeTwin({ canary });
  await using horde = openHorde(twin.url, { key: twin.keys.moderator });

  const told: unknown[] = [await horde.session.self(), await horde.session.list({}).page(0)];
  for (const user of twin.world.users.all()) told.push(await horde.read('user with key', String(user.id)));
  for (const style of twin.world.styles.values()) told.push(await horde.read('style', `${style.type}/${style.id}`));

  const text = JSON.stringify(told);
  expect(twin.world.users.all().some((user) => user.proxyPasskey?.includes(canary))).toBe(true);
  expect(text).toContain('"hasProxyPasskey":true');
  expect(text).not.toContain(canary);
});

function userOf(twin: HordeTwin, id: number): HordeUser {
  const user = twin.world.users.get(id);
  if (user === undefined) throw new Error(`the twin has no user ${id}`);
  return user;
}

/** Every facet the read promises: told as it is at this privilege, or refused. */
function expectTruth(record: AccountRecord | null | undefined, twin: HordeTwin, user: HordeUser, privilege: 0 | 1 | 2): void {
  const facets = Object.entries(record ?? {});
  const refused = facets.filter(([, value]) => value instanceof SourceError);

  expect(facets).toHaveLength(everyFacet);
  expect(refused.every(([, value]) => value instanceof SourceError && value.code === 'SOURCE_FORBIDDEN')).toBe(true);
  expectTold(Object.fromEntries(facets.filter(([, value]) => !(value instanceof SourceError))), twin, user, privilege);
}

/** Exactly the facets of this privilege, as the world has them. */
function expectTold(record: AccountRecord | undefined, twin: HordeTwin, user: HordeUser, privilege: 0 | 1 | 2): void {
  expectFacets(record, truthAbout(twin.world, user, privilege), user);
}

/** Exactly the facets that are the same at every privilege. */
function expectPublic(record: AccountRecord | null | undefined, twin: HordeTwin, user: HordeUser): void {
  expectFacets(record, publicTruth(twin.world, user), user);
}

function expectFacets(record: AccountRecord | null | undefined, truth: AccountRecord, user: HordeUser): void {
  const { registration, hordeStanding, ...others } = record ?? {};
  if (registration instanceof SourceError || hordeStanding instanceof SourceError) throw new Error('a public facet was refused');

  expect({ ...others, registration: truth.registration, hordeStanding: { ...hordeStanding, accountAge: 0 } }).toEqual(truth);
  expect(Math.abs((registration?.createdAt?.getTime() ?? 0) - user.createdAt)).toBeLessThanOrEqual(2_000);
  expect(Math.abs((hordeStanding?.accountAge ?? 0) - (Date.now() - user.createdAt) / 1000)).toBeLessThanOrEqual(2);
}
