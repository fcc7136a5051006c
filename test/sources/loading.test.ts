import { describe, expect, test } from 'vitest';
import type { AccountRecord } from '../../src/sources/contract.ts';
import { createAccountLoader } from '../../src/sources/loading.ts';
import {
  down,
  endings,
  forbidden,
  found,
  identityOf,
  later,
  loaderOf,
  named,
  nextTick,
  nobody,
  point,
  sessionOf,
  shared,
  whole,
} from './loading-session.ts';

describe('one id', () => {
  test('three facets asked for in one tick cost one read', async () => {
    const log: string[] = [];
    const user = point(log, 'user', { brings: ['identity', 'email', 'kudos'], tell: whole });
    const loader = loaderOf({ reads: [user] });

    const answers = await endings(loader.load('a', 'identity'), loader.load('a', 'email'), loader.load('a', 'kudos'));

    expect(answers).toEqual([identityOf('a'), found('a@example.org'), found(7)]);
    expect(log).toEqual(['user a']);
  });

  test('what the same read has brought is not read again for a later tick', async () => {
    const log: string[] = [];
    const loader = loaderOf({ reads: [point(log, 'user', { brings: ['identity', 'email'], tell: whole })] });

    await loader.load('a', 'identity');
    const email = await loader.load('a', 'email');

    expect(email).toEqual(found('a@example.org'));
    expect(log).toEqual(['user a']);
  });

  test('what the same read is about to bring is waited for, not read again', async () => {
    const log: string[] = [];
    const answer = later<AccountRecord>();
    const loader = loaderOf({ reads: [point(log, 'user', { brings: ['identity', 'email'], tell: () => answer.promise })] });

    const identity = loader.load('a', 'identity');
    await nextTick();
    const email = loader.load('a', 'email');
    await nextTick();
    answer.resolve(whole('a'));

    expect(await endings(identity, email)).toEqual([identityOf('a'), found('a@example.org')]);
    expect(log).toEqual(['user a']);
  });

  test('another read of a later tick does not wait for the first one to end', async () => {
    const log: string[] = [];
    const answer = later<AccountRecord>();
    const reads = [
      point(log, 'user', { brings: ['identity'], tell: () => answer.promise }),
      point(log, 'balance', { brings: ['kudos'], tell: () => ({ kudos: 7 }) }),
    ];
    const loader = loaderOf({ reads });

    const identity = loader.load('a', 'identity');
    await nextTick();
    const kudos = loader.load('a', 'kudos');
    await nextTick();

    expect(log).toEqual(['user a', 'balance a']);
    answer.resolve(named('a'));
    expect(await endings(identity, kudos)).toEqual([identityOf('a'), found(7)]);
  });

  test('a facet that the read promised and did not bring is null, and is not asked for again', async () => {
    const log: string[] = [];
    const loader = loaderOf({ reads: [point(log, 'user', { brings: ['identity', 'avatar'], tell: named })] });

    await loader.load('a', 'identity');
    const avatar = await loader.load('a', 'avatar');

    expect(avatar).toEqual(found(null));
    expect(log).toEqual(['user a']);
  });

  test('an account that does not exist is so for every facet, and is asked for once', async () => {
    const log: string[] = [];
    const reads = [
      point(log, 'user', { brings: ['identity', 'email'], tell: () => null }),
      point(log, 'settings', { brings: ['settings'], tell: () => ({ settings: null }) }),
    ];
    const loader = loaderOf({ reads });

    const first = await endings(loader.load('a', 'identity'), loader.load('a', 'email'));
    const second = await endings(loader.load('a', 'settings'), loader.load('a', 'identity'));

    expect([...first, ...second]).toEqual([nobody, nobody, nobody, nobody]);
    expect(log).toEqual(['user a']);
  });

  test('a facet that no read brings is refused without a request', async () => {
    const log: string[] = [];
    const loader = loaderOf({ reads: [point(log, 'user', { brings: ['identity'], tell: named })] });

    const [kudos] = await endings(loader.load('a', 'kudos'));

    expect(kudos).toMatchObject({ failed: { code: 'SOURCE_UNSUPPORTED', source: 'test' } });
    expect(log).toEqual([]);
  });
});

describe('what is at hand', () => {
  const yesterday = new Date('2026-01-01T00:00:00Z');

  test('what a list page brought is not read', async () => {
    const log: string[] = [];
    const loader = loaderOf({ reads: [point(log, 'user', { brings: ['identity', 'email'], tell: whole })] });
    loader.prime({ id: 'a', record: whole('a'), fetchedAt: yesterday });

    const answers = await endings(loader.load('a', 'identity'), loader.load('a', 'email'));

    expect(answers).toEqual([identityOf('a'), found('a@example.org')]);
    expect(log).toEqual([]);
    expect(loader.fetchedAt('a')).toEqual(yesterday);
  });

  test('what a list page did not bring is read', async () => {
    const log: string[] = [];
    const loader = loaderOf({ reads: [point(log, 'user', { brings: ['identity', 'email'], tell: whole })] });
    loader.prime({ id: 'a', record: named('a'), fetchedAt: yesterday });

    expect(await loader.load('a', 'email')).toEqual(found('a@example.org'));
    expect(log).toEqual(['user a']);
  });

  test('an older list page changes nothing that was read since, and what only it tells is as old as it is', async () => {
    const loader = loaderOf({ reads: [point([], 'user', { brings: ['identity'], tell: (id) => ({ ...named(id), kudos: 7 }) })] });
    await loader.load('a', 'identity');

    loader.prime({ id: 'a', record: { ...named('a'), kudos: 6, email: 'a@example.org' }, fetchedAt: yesterday });

    expect(await endings(loader.load('a', 'kudos'), loader.load('a', 'email'))).toEqual([found(7), found('a@example.org')]);
    expect(loader.fetchedAt('a')).toEqual(yesterday);
  });

  test('of three that were told the newest counts, in whatever order they come', async () => {
    const [monday, tuesday, wednesday] = [new Date('2026-01-05'), new Date('2026-01-06'), new Date('2026-01-07')];
    const loader = loaderOf({});
    loader.prime({ id: 'a', record: named('a'), fetchedAt: monday });
    loader.prime({ id: 'a', record: { email: 'a@example.org' }, fetchedAt: wednesday });
    loader.prime({ id: 'a', record: named('b'), fetchedAt: tuesday });

    expect(await endings(loader.load('a', 'identity'), loader.load('a', 'email'))).toEqual([
      identityOf('b'),
      found('a@example.org'),
    ]);
    expect(loader.fetchedAt('a')).toEqual(tuesday);
  });

  test('whom a list page showed and a read since then did not find is gone, whatever older pages say', async () => {
    const loader = loaderOf({ reads: [point([], 'user', { brings: ['identity', 'email'], tell: () => null })] });
    loader.prime({ id: 'a', record: named('a'), fetchedAt: yesterday });

    const email = await loader.load('a', 'email');
    loader.prime({ id: 'a', record: named('a'), fetchedAt: yesterday });
    const identity = await loader.load('a', 'identity');

    expect([email, identity]).toEqual([nobody, nobody]);
  });

  test('whom a list page shows after a read that did not find them is there', async () => {
    const loader = loaderOf({ reads: [point([], 'user', { brings: ['email'], tell: () => null })] });
    await loader.load('a', 'email');

    loader.prime({ id: 'a', record: named('a'), fetchedAt: new Date() });

    expect(await loader.load('a', 'identity')).toEqual(identityOf('a'));
  });

  test('an account has no age before it was read, and none of what a newer read has replaced', async () => {
    const loader = loaderOf({ reads: [point([], 'user', { brings: ['email'], tell: whole })] });
    const before = Date.now();

    expect(loader.fetchedAt('a')).toBeNull();
    loader.prime({ id: 'a', record: named('a'), fetchedAt: yesterday });
    expect(loader.fetchedAt('a')).toEqual(yesterday);
    await loader.load('a', 'email');

    expect(loader.fetchedAt('a')?.getTime()).toBeGreaterThanOrEqual(before);
    expect(loader.fetchedAt('a')?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('a read that failed makes nothing fresh', async () => {
    const loader = loaderOf({ reads: [point([], 'user', { brings: ['email'], tell: () => Promise.reject(down) })] });
    loader.prime({ id: 'a', record: named('a'), fetchedAt: yesterday });

    await endings(loader.load('a', 'email'));

    expect(loader.fetchedAt('a')).toEqual(yesterday);
  });

  test('two loaders share nothing, not even those of one session', async () => {
    const log: string[] = [];
    const session = sessionOf({
      reads: [point(log, 'user', { brings: ['role'], tell: () => ({ role: forbidden }) })],
      shared: [shared(log, 'defaults', () => true)],
      derivations: [{ facet: 'kudos', from: ['email'], shared: ['defaults'], derive: () => ({ kudos: 7 }) }],
    });
    const [one, other] = [createAccountLoader(session, 'test'), createAccountLoader(session, 'test')];
    one.prime({ id: 'a', record: { email: 'a@example.org' }, fetchedAt: yesterday });

    await endings(one.load('a', 'role'), one.load('a', 'kudos'));
    expect(other.fetchedAt('a')).toBeNull();
    const [role, email] = await endings(other.load('a', 'role'), other.load('a', 'email'));

    expect(role).toEqual({ failed: forbidden });
    expect(email).toMatchObject({ failed: { code: 'SOURCE_UNSUPPORTED' } });
    expect(log).toEqual(['defaults', 'user a', 'user a']);
  });
});
