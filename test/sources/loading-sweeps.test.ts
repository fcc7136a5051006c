import { describe, expect, test } from 'vitest';
import type { AccountRecord } from '../../src/sources/contract.ts';
import {
  down,
  endings,
  found,
  identityOf,
  later,
  loaderOf,
  named,
  nextTick,
  nobody,
  point,
  shared,
  sweep,
  whole,
} from './loading-session.ts';

describe('sweeps', () => {
  const loadAll = (loader: ReturnType<typeof loaderOf>, ids: string[]) =>
    endings(...ids.map((id) => loader.load(id, 'identity')));

  test('a sweep answers for many ids at once, and for those that nobody asked for', async () => {
    const log: string[] = [];
    const tell = () => ({ a: named('a'), b: named('b'), c: named('c') });
    const reads = [
      point(log, 'user', { brings: ['identity'], tell: named }),
      sweep(log, 'all', { brings: ['identity'], complete: true, tell }),
    ];
    const loader = loaderOf({ reads });

    const first = await loadAll(loader, ['a', 'b']);
    const second = await loadAll(loader, ['c']);

    expect([...first, ...second]).toEqual([identityOf('a'), identityOf('b'), identityOf('c')]);
    expect(log).toEqual(['all all for a b']);
  });

  test('whom a complete sweep does not bring does not exist', async () => {
    const log: string[] = [];
    const reads = [
      point(log, 'user', { brings: ['identity', 'email'], tell: whole }),
      sweep(log, 'all', { brings: ['identity'], complete: true, tell: () => ({ a: named('a') }) }),
    ];
    const loader = loaderOf({ reads });

    const answers = await loadAll(loader, ['a', 'b']);
    const email = await loader.load('b', 'email');

    expect([...answers, email]).toEqual([identityOf('a'), nobody, nobody]);
    expect(log).toEqual(['all all for a b']);
  });

  test('whom an incomplete sweep misses is asked for singly', async () => {
    const log: string[] = [];
    const reads = [
      point(log, 'user', { brings: ['identity'], tell: (id) => (id === 'b' ? named('b') : null) }),
      sweep(log, 'pages', { brings: ['identity'], complete: false, tell: () => ({ a: named('a') }) }),
    ];
    const loader = loaderOf({ reads });

    const answers = await loadAll(loader, ['a', 'b', 'c']);

    expect(answers).toEqual([identityOf('a'), identityOf('b'), nobody]);
    expect(log).toEqual(['pages all for a b c', 'user b', 'user c']);
  });

  test('whom a sweep has missed is not swept for again', async () => {
    const log: string[] = [];
    const reads = [
      point(log, 'user', { brings: ['identity'], tell: named }),
      point(log, 'balance', { brings: ['kudos'], tell: () => ({ kudos: 7 }) }),
      sweep(log, 'pages', { brings: ['identity', 'kudos'], complete: false, tell: () => ({}) }),
    ];
    const loader = loaderOf({ reads });

    await loadAll(loader, ['a', 'b']);
    const kudos = await endings(loader.load('a', 'kudos'), loader.load('b', 'kudos'));

    expect(kudos).toEqual([found(7), found(7)]);
    expect(log).toEqual(['pages all for a b', 'user a', 'user b', 'balance a', 'balance b']);
  });

  test('missed by the only read that brings the facet, one is told to ask again, and is not said to be absent', async () => {
    const reads = [sweep([], 'pages', { brings: ['identity'], complete: false, tell: () => ({ a: named('a') }) })];
    const loader = loaderOf({ reads });

    const [known, missed] = await loadAll(loader, ['a', 'b']);

    expect(known).toEqual(identityOf('a'));
    expect(missed).toMatchObject({ failed: { code: 'SOURCE_FAILED', source: 'test', retryable: true } });
  });

  test('so is whoever wants, in a later tick, what derives from that facet', async () => {
    const loader = loaderOf({
      reads: [sweep([], 'pages', { brings: ['identity'], complete: false, tell: () => ({}) })],
      shared: [shared([], 'defaults', () => true)],
      derivations: [{ facet: 'kudos', from: ['identity'], shared: ['defaults'], derive: () => ({ kudos: 7 }) }],
    });

    await endings(loader.load('a', 'identity'));
    const [derived] = await endings(loader.load('a', 'kudos'));

    expect(derived).toMatchObject({ failed: { code: 'SOURCE_FAILED', source: 'test', retryable: true } });
  });

  test('a sweep that failed is not repeated, and fails those it was made for', async () => {
    const log: string[] = [];
    const reads = [
      point(log, 'user', { brings: ['email'], tell: whole }),
      sweep(log, 'all', { brings: ['identity'], complete: true, tell: () => Promise.reject(down) }),
    ];
    const loader = loaderOf({ reads });

    const first = await endings(loader.load('a', 'identity'), loader.load('b', 'email'));
    const second = await loadAll(loader, ['a', 'c']);

    expect(first).toEqual([{ failed: down }, found('b@example.org')]);
    expect(second).toEqual([{ failed: down }, { failed: down }]);
    expect(log).toEqual(['user b', 'all all for a']);
  });

  test('each partition fails for itself', async () => {
    const log: string[] = [];
    const tell = (wanted: ReadonlySet<string>) => (wanted.has('x1') ? Promise.reject(down) : { y1: named('y1') });
    const partition = (id: string) => id.slice(0, 1);
    const loader = loaderOf({ reads: [sweep(log, 'daemon', { brings: ['identity'], complete: true, partition, tell })] });

    expect(await loadAll(loader, ['x1', 'y1'])).toEqual([{ failed: down }, identityOf('y1')]);
    expect(log).toEqual(['daemon x for x1', 'daemon y for y1']);
  });

  test('a sweep under way is joined, and asked again only for whom it did not look for', async () => {
    const log: string[] = [];
    const gate = later<void>();
    const rows: Record<string, AccountRecord>[] = [{ a: named('a'), b: named('b') }, { c: named('c') }];
    const tell = async () => {
      await gate.promise;
      return rows.shift() ?? {};
    };
    const loader = loaderOf({ reads: [sweep(log, 'all', { brings: ['identity'], complete: true, tell })] });

    const first = loadAll(loader, ['a']);
    await nextTick();
    const second = loadAll(loader, ['b', 'c', 'd']);
    await nextTick();
    expect(log).toEqual(['all all for a']);
    gate.resolve();

    expect(await first).toEqual([identityOf('a')]);
    expect(await second).toEqual([identityOf('b'), identityOf('c'), nobody]);
    expect(log).toEqual(['all all for a', 'all all for c d']);
  });

  test('whoever waits for a sweep that then misses them is asked for singly, too', async () => {
    const log: string[] = [];
    const gate = later<void>();
    const reads = [
      point(log, 'user', { brings: ['identity', 'kudos'], tell: (id) => ({ ...named(id), kudos: 7 }) }),
      sweep(log, 'pages', {
        brings: ['identity', 'kudos'],
        complete: false,
        tell: async () => {
          await gate.promise;
          return {};
        },
      }),
    ];
    const loader = loaderOf({ reads });

    const identities = loadAll(loader, ['a', 'b']);
    await nextTick();
    const kudos = endings(loader.load('a', 'kudos'));
    await nextTick();
    gate.resolve();

    expect(await identities).toEqual([identityOf('a'), identityOf('b')]);
    expect(await kudos).toEqual([found(7)]);
    expect(log.slice().sort()).toEqual(['pages all for a b', 'user a', 'user b']);
  });
});
