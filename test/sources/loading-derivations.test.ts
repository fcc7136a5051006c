import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import type { AccountRecord, Derivation } from '../../src/sources/contract.ts';
import {
  down,
  endings,
  forbidden,
  found,
  identityOf,
  loaderOf,
  named,
  nextTick,
  nobody,
  point,
  shared,
} from './loading-session.ts';

describe('derivations', () => {
  const permissions: Derivation = {
    facet: 'permissions',
    from: ['role'],
    shared: ['defaults'],
    derive: (_record, values) => ({
      permissions: { grants: [{ section: 'chat', key: 'delete', allowed: values.get('defaults') === true }] },
    }),
  };
  const role = { role: 'USER', nativeRole: 'user', bypassesGrants: false, isShutOut: false } as const;
  const granted = (allowed: boolean) => found({ grants: [{ section: 'chat', key: 'delete', allowed }] });

  test('a shared read is asked once, for all ids and for all ticks', async () => {
    const log: string[] = [];
    const loader = loaderOf({
      reads: [point(log, 'user', { brings: ['role'], tell: () => ({ role }) })],
      shared: [shared(log, 'defaults', () => true)],
      derivations: [permissions],
    });

    const first = await endings(loader.load('a', 'permissions'), loader.load('b', 'permissions'));
    const second = await endings(loader.load('c', 'permissions'));

    expect([...first, ...second]).toEqual([granted(true), granted(true), granted(true)]);
    expect(log).toEqual(['defaults', 'user a', 'user b', 'user c']);
  });

  test('what was computed is as old as what it was computed of, though newer was told before it was done', async () => {
    const defaults = Promise.withResolvers<boolean>();
    const loader = loaderOf({
      reads: [point([], 'user', { brings: ['role', 'kudos'], tell: () => ({ role: { ...role }, kudos: 7 }) })],
      shared: [shared([], 'defaults', () => defaults.promise)],
      derivations: [permissions],
    });
    const yesterday = new Date(Date.now() - 86_400_000);
    loader.prime({ id: 'a', record: { role }, fetchedAt: yesterday });

    const computed = loader.load('a', 'permissions');
    await nextTick();
    await loader.load('a', 'kudos');
    defaults.resolve(true);

    expect(await computed).toEqual(granted(true));
    expect(await loader.freshness('a')).toMatchObject({ fetchedAt: yesterday });
  });

  test('a shared read that nothing asked for derives from is not asked', async () => {
    const log: string[] = [];
    const loader = loaderOf({
      reads: [point(log, 'user', { brings: ['role'], tell: () => ({ role }) })],
      shared: [shared(log, 'defaults', () => true)],
      derivations: [permissions],
    });

    await loader.load('a', 'role');

    expect(log).toEqual(['user a']);
  });

  test('a shared read that fails, or throws at once, fails what derives from it and nothing else, once', async () => {
    const log: string[] = [];
    const throwing = {
      ...shared(log, 'defaults', () => true),
      read: () => {
        log.push('defaults');
        throw down;
      },
    };
    for (const broken of [shared(log, 'defaults', () => Promise.reject(down)), throwing]) {
      log.length = 0;
      const loader = loaderOf({
        reads: [point(log, 'user', { brings: ['role'], tell: () => ({ role }) })],
        shared: [broken],
        derivations: [permissions],
      });

      const first = await endings(loader.load('a', 'permissions'), loader.load('a', 'role'));
      const second = await endings(loader.load('b', 'permissions'), loader.load('b', 'role'));

      expect([...first, ...second]).toEqual([{ failed: down }, found(role), { failed: down }, found(role)]);
      expect(log).toEqual(['defaults', 'user a', 'user b']);
    }
  });

  test('a facet does not wait for a shared read that it does not derive from', async () => {
    const loader = loaderOf({
      reads: [point([], 'user', { brings: ['role', 'identity'], tell: (id) => ({ ...named(id), role }) })],
      shared: [shared([], 'defaults', () => new Promise(() => undefined))],
      derivations: [permissions],
    });

    void loader.load('a', 'permissions');
    await nextTick();

    expect(await loader.load('a', 'identity')).toEqual(identityOf('a'));
  });

  test('one derivation builds upon another, and upon what a list page brought', async () => {
    const log: string[] = [];
    const presence: Derivation = {
      facet: 'presence',
      from: ['role'],
      shared: [],
      derive: (record) => ({
        presence: {
          lastActiveAt: null,
          text: record.role instanceof SourceError ? null : (record.role?.nativeRole ?? null),
          isActive: null,
        },
      }),
    };
    const fromIdentity: Derivation = { facet: 'role', from: ['identity'], shared: [], derive: () => ({ role }) };
    const loader = loaderOf({
      reads: [point(log, 'user', { brings: ['identity'], tell: named })],
      derivations: [presence, fromIdentity],
    });
    loader.prime({ id: 'a', record: named('a'), fetchedAt: new Date() });

    const answer = await loader.load('a', 'presence');

    expect(answer).toEqual(found({ lastActiveAt: null, text: 'user', isActive: null }));
    expect(log).toEqual([]);
  });

  test.each<[string, () => AccountRecord | null | Promise<never>, unknown]>([
    ['refused', () => ({ role: forbidden }), { failed: forbidden }],
    ['failed', () => Promise.reject(down), { failed: down }],
    ['not brought', () => ({}), found(null)],
    ['of nobody', () => null, nobody],
  ])('a base that is %s makes the derived facet so', async (_, tell, ending) => {
    const loader = loaderOf({
      reads: [point([], 'user', { brings: ['role'], tell })],
      shared: [shared([], 'defaults', () => true)],
      derivations: [permissions],
    });

    expect(await endings(loader.load('a', 'permissions'))).toEqual([ending]);
  });

  test('a derivation that throws rejects its own facet and id only', async () => {
    const derive = ({ identity }: AccountRecord): AccountRecord => {
      if (identity instanceof SourceError || identity?.username === 'a') throw down;
      return { role };
    };
    const loader = loaderOf({
      reads: [point([], 'user', { brings: ['identity'], tell: named })],
      derivations: [{ facet: 'role', from: ['identity'], shared: [], derive }],
    });

    const answers = await endings(loader.load('a', 'role'), loader.load('a', 'identity'), loader.load('b', 'role'));

    expect(answers).toEqual([{ failed: down }, identityOf('a'), found(role)]);
  });

  test('where one way to derive a facet is barred, another is taken', async () => {
    const derive = () => ({ kudos: 7 });
    const loader = loaderOf({
      reads: [point([], 'user', { brings: ['role', 'email'], tell: () => ({ role, email: forbidden }) })],
      derivations: [
        { facet: 'kudos', from: ['email'], shared: [], derive },
        { facet: 'kudos', from: ['role'], shared: [], derive },
      ],
    });

    expect(await loader.load('a', 'kudos')).toEqual(found(7));
  });

  test('a way to derive whose shared read was not worth asking for is not taken', async () => {
    const log: string[] = [];
    const elsewhere: Derivation = { ...permissions, shared: ['elsewhere'], derive: () => ({ permissions: { grants: [] } }) };
    const loader = loaderOf({
      reads: [point(log, 'user', { brings: ['role'], tell: () => ({ role }) })],
      shared: [{ ...shared(log, 'elsewhere', () => true), cost: { requests: 9, bytes: 0 } }, shared(log, 'defaults', () => true)],
      derivations: [elsewhere, permissions],
    });

    expect(await loader.load('a', 'permissions')).toEqual(granted(true));
    expect(log).toEqual(['defaults', 'user a']);
  });

  test('deriving is cheaper once its shared read is at hand', async () => {
    const log: string[] = [];
    const loader = loaderOf({
      reads: [
        point(log, 'user', { brings: ['role'], tell: () => ({ role }) }),
        point(log, 'rights', {
          brings: ['permissions'],
          cost: { requests: 1.5, bytes: 0 },
          tell: () => ({ permissions: { grants: [] } }),
        }),
      ],
      shared: [shared(log, 'defaults', () => true)],
      derivations: [permissions],
    });

    const ask = (...ids: string[]) => endings(...ids.map((id) => loader.load(id, 'permissions')));
    await ask('a');
    expect(log).toEqual(['rights a']);
    await ask('b', 'c', 'd');
    await ask('e');

    expect(log.slice(1)).toEqual(['defaults', 'user b', 'user c', 'user d', 'user e']);
  });

  test('derivations in a circle end', async () => {
    const loader = loaderOf({
      reads: [point([], 'user', { brings: ['identity'], tell: named })],
      derivations: [
        { facet: 'role', from: ['presence'], shared: [], derive: () => ({ role }) },
        { facet: 'presence', from: ['role'], shared: [], derive: () => ({}) },
      ],
    });

    const [answer] = await endings(loader.load('a', 'role'));

    expect(answer).toMatchObject({ failed: { code: 'SOURCE_UNSUPPORTED' } });
  });
});
