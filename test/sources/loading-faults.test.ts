import { describe, expect, test } from 'vitest';
import type { AccountRecord } from '../../src/sources/contract.ts';
import {
  down,
  endings,
  forbidden,
  found,
  identityOf,
  loaderOf,
  named,
  nextTick,
  point,
  sweep,
  whole,
} from './loading-session.ts';

describe('faults', () => {
  test('one bad id rejects itself only', async () => {
    const tell = (id: string) => (id === 'b' ? Promise.reject(down) : named(id));
    const log: string[] = [];
    const loader = loaderOf({ reads: [point(log, 'user', { brings: ['identity'], tell })] });

    const answers = await endings(...['a', 'b', 'c'].map((id) => loader.load(id, 'identity')));

    expect(answers).toEqual([identityOf('a'), { failed: down }, identityOf('c')]);
    expect(log).toEqual(['user a', 'user b', 'user c']);
  });

  test('a read that throws at once rejects its own id only', async () => {
    const user = point([], 'user', { brings: ['identity'], tell: named });
    const read = (id: string) => {
      if (id === 'a') throw down;
      return user.read(id);
    };
    const loader = loaderOf({ reads: [{ ...user, read }] });

    expect(await endings(loader.load('a', 'identity'), loader.load('b', 'identity'))).toEqual([
      { failed: down },
      identityOf('b'),
    ]);
  });

  test('a read that failed is not repeated, and fails what it would have brought', async () => {
    const log: string[] = [];
    const user = point(log, 'user', { brings: ['identity', 'email'], tell: () => Promise.reject(down) });
    const loader = loaderOf({ reads: [user] });

    const first = await endings(loader.load('a', 'identity'));
    const second = await endings(loader.load('a', 'identity'), loader.load('a', 'email'));

    expect([...first, ...second]).toEqual([{ failed: down }, { failed: down }, { failed: down }]);
    expect(log).toEqual(['user a']);
  });

  test('a failed read costs only the facets that it was to bring', async () => {
    const reads = [
      point([], 'user', { brings: ['identity', 'avatar'], tell: named }),
      point([], 'balance', { brings: ['kudos'], tell: () => Promise.reject(down) }),
    ];
    const loader = loaderOf({ reads });

    const answers = await endings(loader.load('a', 'identity'), loader.load('a', 'avatar'), loader.load('a', 'kudos'));

    expect(answers).toEqual([identityOf('a'), found(null), { failed: down }]);
  });

  test('a refused facet rejects itself only, and is not asked for again', async () => {
    const log: string[] = [];
    const tell = (id: string): AccountRecord => ({ ...whole(id), email: forbidden });
    const loader = loaderOf({ reads: [point(log, 'user', { brings: ['identity', 'email', 'kudos'], tell })] });

    const first = await endings(loader.load('a', 'identity'), loader.load('a', 'email'));
    const second = await endings(loader.load('a', 'kudos'), loader.load('a', 'email'));

    expect([...first, ...second]).toEqual([identityOf('a'), { failed: forbidden }, found(7), { failed: forbidden }]);
    expect(log).toEqual(['user a']);
  });

  test('a refusal does not hide what another read brought', async () => {
    const reads = [point([], 'balance', { brings: ['kudos'], tell: () => ({ kudos: 7, email: forbidden }) })];
    const loader = loaderOf({ reads });
    loader.prime({ id: 'a', record: { email: 'a@example.org' }, fetchedAt: new Date() });

    const answers = await endings(loader.load('a', 'kudos'), loader.load('a', 'email'));

    expect(answers).toEqual([found(7), found('a@example.org')]);
  });

  test.each([
    ['an error', new DOMException('gone', 'AbortError')],
    ['a word', 'the client left'],
  ])('the reason of an aborted signal passes through, be it %s', async (_, reason) => {
    const client = new AbortController();
    const untilAborted = () =>
      new Promise<never>((_resolve, reject) => {
        client.signal.addEventListener('abort', () => reject(client.signal.reason));
      });
    const reads = [
      point([], 'user', { brings: ['identity'], tell: untilAborted }),
      sweep([], 'rows', { brings: ['kudos'], complete: true, tell: untilAborted }),
    ];
    const loader = loaderOf({ reads });

    const asks = endings(loader.load('a', 'identity'), loader.load('a', 'kudos'));
    await nextTick();
    client.abort(reason);

    const [identity, kudos] = await asks;
    expect(identity).toHaveProperty('failed', reason);
    expect(kudos).toHaveProperty('failed', reason);
  });
});
