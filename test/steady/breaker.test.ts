import { describe, expect, test } from 'vitest';
import type { TrafficChange } from '../../src/http/client.ts';
import type { HttpRequest } from '../../src/http/exchange.ts';
import type { Fault } from '../../src/twins/faults.ts';
import { type AskedOptions, caller, outcomes, plain, service, startAsked } from './asked.ts';

const failing: Fault = { kind: 'reply', status: 500, body: 'no' };

/** With a clock that stands still until it is told otherwise, and what is told of changes. */
async function startClocked(options: AskedOptions = {}) {
  const changes: TrafficChange[] = [];
  const clock = { at: 1_000_000 };
  const asked = await startAsked({
    ...options,
    options: { sharing: false, now: () => clock.at, onChange: (change) => void changes.push(change) },
  });
  return {
    ...asked,
    clock,
    changes,
    get reached() {
      return asked.reached;
    },
    breaker: (as = service) => asked.client.traffic.stateFor(as).breaker,
    /** One after the other, as many as it takes. */
    fail: async (as = service) => {
      for (let count = 0; count < 8; count += 1) await outcomes([asked.ask('/a', as)]);
    },
  };
}

describe('what a source fails at eight times running', () => {
  test.for<[string, Fault, string]>([
    ['a 500', failing, 'no'],
    ['a reset', { kind: 'reset' }, 'SOURCE_UNREACHABLE'],
    ['a page that breaks off', { kind: 'cut', share: 0.5 }, 'SOURCE_UNREACHABLE'],
  ])('is not asked for any more: %s', async ([, fault, code]) => {
    await using asked = await startClocked({ faults: [{ times: 8, fault }] });
    const before = [];
    for (let count = 0; count < 8; count += 1) before.push(...(await outcomes([asked.ask('/a')])));

    const refused = await Promise.allSettled([asked.ask('/a'), asked.ask('/b')]);

    expect(new Set(before)).toEqual(new Set([code]));
    expect(refused).toMatchObject([0, 1].map(() => ({ reason: { code: 'SOURCE_OVERLOADED', retryable: true, retryAfter: 1 } })));
    expect(asked.reached).toHaveLength(8);
    expect(asked.breaker()).toBe('OPEN');
  });

  test.for<[string, NonNullable<HttpRequest['judge']>]>([
    ['what its kind calls a failure or no answer at all', () => 'SOURCE_MALFORMED'],
    [
      'what its kind fails to judge',
      () => {
        throw new Error('it was not made for that');
      },
    ],
  ])('nor %s', async ([, judge]) => {
    await using asked = await startClocked();
    for (let count = 0; count < 8; count += 1) expect((await asked.ask('/a', service, { judge })).body).toBe('/a');

    expect(await outcomes([asked.ask('/a')])).toEqual(['SOURCE_OVERLOADED']);
    expect(asked.reached).toHaveLength(8);
  });
});

test.for([401, 403, 404, 429, 400])('refusals are no failures: a hundred times %i leave the breaker closed', async (status) => {
  await using asked = await startClocked({ answer: () => plain('no', status, { 'retry-after': '0' }) });

  for (let count = 0; count < 100; count += 1) {
    await outcomes([asked.ask('/a')]);
    // A 429 holds for a second, whatever it says.
    asked.clock.at += 1_000;
  }

  expect(asked.breaker()).toBe('CLOSED');
  expect(asked.reached).toHaveLength(100);
});

test('nor are they where the kind makes a failure of them: an address that is not there is no illness', async () => {
  await using asked = await startClocked({ answer: () => plain('no', 404) });

  for (let count = 0; count < 30; count += 1) await asked.ask('/a', service, { judge: () => 'SOURCE_MALFORMED' });

  expect(asked.breaker()).toBe('CLOSED');
});

test('less than half of the requests failing leaves it closed', async () => {
  let count = 0;
  await using asked = await startClocked({
    answer: () => {
      count += 1;
      return plain('', count % 3 === 0 ? 500 : 200);
    },
  });

  for (let each = 0; each < 90; each += 1) await asked.ask('/a');

  expect(asked.breaker()).toBe('CLOSED');
  expect(asked.reached).toHaveLength(90);
});

test('what fails for one key is asked for with others all the same', async () => {
  await using asked = await startClocked({
    answer: ({ path, headers }) => plain(path, headers['x-key'] === 'bad' ? 500 : 200),
  });
  const bad = { headers: { 'x-key': 'bad' } };
  for (let count = 0; count < 8; count += 1) await asked.ask('/a', caller('ann'), bad);

  expect(await outcomes([asked.ask('/a', caller('ann'), bad)])).toEqual(['SOURCE_OVERLOADED']);
  expect(await outcomes([asked.ask('/a'), asked.ask('/b', caller('ben'))])).toEqual(['/a', '/b']);
  expect([asked.breaker(caller('ann')), asked.breaker(caller('ben')), asked.breaker()]).toEqual(['OPEN', 'CLOSED', 'CLOSED']);
});

test('a source that nobody can connect to is asked for with no key at all', async () => {
  await using asked = await startClocked();
  await asked.server.close();
  await asked.fail(caller('ann'));

  expect(await outcomes([asked.ask('/a'), asked.ask('/b', caller('ben'))])).toEqual(['SOURCE_OVERLOADED', 'SOURCE_OVERLOADED']);
  expect(asked.changes).toEqual([{ what: 'breaker', state: 'OPEN', whose: null }]);
});

describe('an open breaker', () => {
  test('lets one request through when its time is over, and closes when that goes well', async () => {
    await using asked = await startClocked({ faults: [{ times: 8, fault: failing }] });
    await asked.fail();

    asked.clock.at += 999;
    expect(await outcomes([asked.ask('/early')])).toEqual(['SOURCE_OVERLOADED']);
    asked.clock.at += 1;
    const three = await outcomes([asked.ask('/probe'), asked.ask('/b'), asked.ask('/c')]);

    expect(three).toEqual(['/probe', 'SOURCE_OVERLOADED', 'SOURCE_OVERLOADED']);
    expect(await outcomes([asked.ask('/b'), asked.ask('/c')])).toEqual(['/b', '/c']);
    expect(asked.reached.slice(8).toSorted()).toEqual(['/b', '/c', '/probe']);
  });

  test('stays open twice as long after each request that goes badly, half a minute at most', async () => {
    await using asked = await startClocked({ faults: [{ fault: failing }] });
    await asked.fail();

    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      asked.clock.at += seconds * 1_000 - 1;
      expect(await outcomes([asked.ask('/early')])).toEqual(['SOURCE_OVERLOADED']);
      asked.clock.at += 1;
      expect(await outcomes([asked.ask('/probe')])).toEqual(['no']);
    }

    expect(asked.reached).toHaveLength(8 + 7);
  });

  test('tries the next one when nobody waited for the first to the end', async () => {
    await using asked = await startClocked({
      faults: [
        { times: 8, fault: failing },
        { times: 1, fault: { kind: 'hang' } },
      ],
    });
    await asked.fail();
    asked.clock.at += 1_000;
    const leaving = new AbortController();
    const probe = asked.ask('/probe', service, { signal: leaving.signal });
    await expect.poll(() => asked.reached).toHaveLength(9);

    expect(await outcomes([asked.ask('/meanwhile')])).toEqual(['SOURCE_OVERLOADED']);
    leaving.abort('enough');

    expect(await outcomes([probe])).toEqual(['enough']);
    await expect.poll(async () => (await outcomes([asked.ask('/next')]))[0]).toBe('/next');
    expect(asked.breaker()).toBe('CLOSED');
  });

  test('tells each change once', async () => {
    await using asked = await startClocked({ faults: [{ times: 9, fault: failing }] });
    await asked.fail();
    await outcomes([asked.ask('/a'), asked.ask('/a')]);
    asked.clock.at += 1_000;
    await asked.ask('/probe');
    asked.clock.at += 2_000;
    await asked.ask('/probe');
    await asked.ask('/a');

    expect(asked.changes.map((change) => change.what === 'breaker' && [change.state, change.whose])).toEqual(
      ['OPEN', 'HALF_OPEN', 'OPEN', 'HALF_OPEN', 'CLOSED'].map((state) => [state, 'service']),
    );
  });
});

test('switched off, a source that fails is asked all the same', async () => {
  await using asked = await startClocked({ http: { breaker: false }, faults: [{ fault: failing }] });

  for (let count = 0; count < 30; count += 1) expect(await outcomes([asked.ask('/a')])).toEqual(['no']);

  expect(asked.reached).toHaveLength(30);
});

test('what was sent before it opened does not close it', async () => {
  const gate = Promise.withResolvers<void>();
  await using asked = await startClocked({
    answer: async ({ path }) => {
      if (path !== '/slow') return plain('no', 500);
      await gate.promise;
      return plain(path);
    },
  });
  const slow = asked.ask('/slow');
  await expect.poll(() => asked.reached).toHaveLength(1);
  await asked.fail();

  gate.resolve();

  expect(await outcomes([slow])).toEqual(['/slow']);
  expect(asked.breaker()).toBe('OPEN');
});
