import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Credential } from '../../src/access/credential.ts';
import { noteAsked } from '../../src/cache/since.ts';
import { outOfTime } from '../../src/deadlines.ts';
import type { AccountRecord, SourceSession } from '../../src/sources/contract.ts';
import { nothingRemembered } from '../../src/sources/desk.ts';
import { createExperience } from '../../src/sources/experience.ts';
import { createAccountLoader } from '../../src/sources/loading.ts';
import { endings, identityOf, later, named, nextTick, nobody, point, sessionOf, sweep } from './loading-session.ts';

const service: Credential = { class: 'service', key: 'k' };
const callerOf = (holder: string): Credential => ({ class: 'caller', key: holder, holder });

/** A source with one slow sweep, and operations of whoever asks it. */
function source({ earlierMs = [] }: { readonly earlierMs?: readonly number[] } = {}) {
  const experience = createExperience();
  const log: string[] = [];
  const gate = later<Record<string, AccountRecord>>();
  const signals: AbortSignal[] = [];
  const open = (signal: AbortSignal | undefined): SourceSession =>
    sessionOf({
      reads: [
        point(log, 'user', { brings: ['identity'], cost: { requests: 1, bytes: 0 }, tell: named }),
        sweep(log, 'all', {
          brings: ['identity'],
          complete: true,
          cost: { requests: 1, bytes: 5_200 },
          tell: () => {
            noteAsked(performance.now() - (earlierMs[log.length - 1] ?? 0));
            if (signal !== undefined) signals.push(signal);
            return Promise.race([gate.promise, aborted(signal)]);
          },
        }),
      ],
    });
  const operation = (credential: Credential, signal?: AbortSignal, maxAgeMs?: number) =>
    createAccountLoader(open(signal), 'test', {
      ...nothingRemembered,
      company: { experience, credential, signal, maxAgeMs, open },
    });
  return { experience, log, signals, operation, end: () => gate.resolve({ a: named('a'), b: named('b'), c: named('c') }) };
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

type Loader = ReturnType<ReturnType<typeof source>['operation']>;
const load = (loader: Loader, ...ids: string[]) => endings(...ids.map((id) => loader.load(id, 'identity')));

afterEach(() => {
  vi.useRealTimers();
});

describe('a sweep under way', () => {
  test('answers another operation of the same credential, even for one account that it was not started for', async () => {
    const { log, operation, end } = source();

    const first = load(operation(service), 'a', 'b');
    await nextTick();
    const second = load(operation(service), 'c');
    await nextTick();
    end();

    expect([await first, await second]).toEqual([[identityOf('a'), identityOf('b')], [identityOf('c')]]);
    expect(log).toEqual(['all all for a b']);
  });

  test('is not joined by an operation that reads for itself', async () => {
    const { log, operation, end } = source();

    const first = load(operation(service), 'a', 'b');
    await nextTick();
    const second = load(operation(service, undefined, 0), 'a', 'b');
    await nextTick();
    end();

    expect([await first, await second]).toEqual([
      [identityOf('a'), identityOf('b')],
      [identityOf('a'), identityOf('b')],
    ]);
    expect(log).toEqual(['all all for a b', 'all all for a b']);
  });

  test('is joined by an operation that wants nothing older only if it began since', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { log, operation, end } = source();

    const first = load(operation(service), 'a', 'b');
    await nextTick();
    vi.advanceTimersByTime(1_000);
    const joining = load(operation(service, undefined, 1_001), 'a', 'b');
    await nextTick();
    const made = log.length;
    const anew = load(operation(service, undefined, 1_000), 'a', 'b');
    await nextTick();
    const after = load(operation(service, undefined, 1_000), 'b', 'c');
    await nextTick();
    end();
    await Promise.all([first, joining, anew, after]);

    expect([made, log]).toEqual([1, ['all all for a b', 'all all for a b']]);
  });

  test('that was told something older by what it joined itself is no answer to who wants nothing so old', async () => {
    const { log, operation, end } = source({ earlierMs: [5_000, 0] });

    const first = load(operation(service), 'a', 'b');
    await nextTick();
    const second = load(operation(service, undefined, 4_000), 'a', 'b');
    const third = load(operation(service, undefined, 60_000), 'a', 'b');
    await nextTick();
    end();
    await Promise.all([first, second, third]);

    expect(log).toEqual(['all all for a b', 'all all for a b']);
  });

  test('says nothing of an account that it did not bring and was not started for: that one is looked for anew', async () => {
    const { log, operation, end } = source();

    const first = load(operation(service), 'a', 'b');
    await nextTick();
    const second = load(operation(service), 'd');
    await nextTick();
    end();
    await first;

    expect(await second).toEqual([nobody]);
    expect(log).toEqual(['all all for a b', 'all all for d']);
  });

  test.for([
    ['nobody', { class: 'none' }],
    ['a caller', callerOf('one')],
  ] as const)('is not shared with %s', async ([, credential]) => {
    const { log, operation, end } = source();

    const first = load(operation(service), 'a', 'b');
    await nextTick();
    const second = load(operation(credential), 'a', 'b');
    await nextTick();
    end();
    await Promise.all([first, second]);

    expect(log).toEqual(['all all for a b', 'all all for a b']);
  });

  test('is not shared by two callers with keys of their own', async () => {
    const { log, operation, end } = source();

    const both = [load(operation(callerOf('one')), 'a', 'b'), load(operation(callerOf('two')), 'a', 'b')];
    await nextTick();
    end();
    await Promise.all(both);

    expect(log).toEqual(['all all for a b', 'all all for a b']);
  });

  test('goes on when the operation that started it ends, as long as another waits', async () => {
    const { signals, operation, end } = source();
    const leaving = new AbortController();

    const first = load(operation(service, leaving.signal), 'a', 'b');
    await nextTick();
    const second = load(operation(service), 'a', 'b');
    await nextTick();
    leaving.abort(new Error('left'));

    expect(await first).toEqual([{ failed: leaving.signal.reason }, { failed: leaving.signal.reason }]);
    expect(signals.map((signal) => signal.aborted)).toEqual([false]);
    end();
    expect(await second).toEqual([identityOf('a'), identityOf('b')]);
  });

  test('is not begun by an operation whose time is up', async () => {
    const { log, operation } = source();
    const late = new AbortController();
    late.abort(outOfTime());

    const asked = await load(operation(service, late.signal), 'a', 'b');

    const failed = expect.objectContaining({ name: 'SourceError', code: 'SOURCE_NOT_ASKED', source: 'test' });
    expect(asked).toEqual([{ failed }, { failed }]);
    expect(log).toEqual([]);
  });

  test('ends when the last who waited has left, and is not joined any more', async () => {
    const { log, signals, operation } = source();
    const [one, other] = [new AbortController(), new AbortController()];

    const both = [load(operation(service, one.signal), 'a', 'b'), load(operation(service, other.signal), 'b', 'c')];
    await nextTick();
    one.abort(new Error('left'));
    other.abort(new Error('left, too'));
    await Promise.all(both);
    const late = new AbortController();
    const third = load(operation(service, late.signal), 'a', 'b');
    await nextTick();

    expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
    expect(log).toEqual(['all all for a b', 'all all for a b']);
    late.abort();
    await third;
  });

  test('is not joined by what comes after a write', async () => {
    const { experience, log, operation, end } = source();

    const first = load(operation(service), 'a', 'b');
    await nextTick();
    experience.sweeps.forget();
    const second = load(operation(service), 'a', 'b');
    await nextTick();
    end();
    await Promise.all([first, second]);

    expect(log).toEqual(['all all for a b', 'all all for a b']);
  });
});
