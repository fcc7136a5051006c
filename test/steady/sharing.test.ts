import { describe, expect, test } from 'vitest';
import { caller, nobody, outcomes, plain, service, startAsked } from './asked.ts';

test('two hundred equal reads at once are one request, and everybody has the answer', async () => {
  await using asked = await startAsked({ held: true });

  const reads = Array.from({ length: 200 }, () => asked.ask('/a'));
  await expect.poll(() => asked.reached).toHaveLength(1);
  asked.release();

  expect(await outcomes(reads)).toEqual(reads.map(() => '/a'));
  expect(asked.reached).toEqual(['/a']);
  expect(asked.client.traffic.stateFor(service)).toMatchObject({ requests: 1, shared: 199 });
});

test('a read after the answer is a request of its own', async () => {
  await using asked = await startAsked();

  await asked.ask('/a');
  await asked.ask('/a');

  expect(asked.reached).toEqual(['/a', '/a']);
});

test('switched off, each read is a request', async () => {
  await using asked = await startAsked({ options: { sharing: false } });

  await Promise.all([asked.ask('/a'), asked.ask('/a')]);

  expect(asked.reached).toEqual(['/a', '/a']);
});

describe('a read is not joined by one', () => {
  test.for([
    ['of another path', ['/b']],
    ['with another query', ['/a', service, { query: { page: 2 } }]],
    ['with other headers', ['/a', service, { headers: { 'x-key': 'b' } }]],
    ['by another method', ['/a', service, { method: 'POST', read: true }]],
    ['with a body', ['/a', service, { method: 'POST', read: true, json: {} }]],
    ['of nobody', ['/a', nobody]],
    ['of a caller with a key of their own', ['/a', caller('ann')]],
    ['that is a write', ['/a', service, { method: 'POST' }]],
  ] as const)('%s', async ([, [path, as, more]]) => {
    await using asked = await startAsked({ held: true });

    const both = [asked.ask('/a'), asked.ask(path, as, more)];
    await expect.poll(() => asked.reached).toHaveLength(2);
    asked.release();

    await Promise.all(both);
  });

  test('of another caller', async () => {
    await using asked = await startAsked({ held: true });

    const both = [asked.ask('/a', caller('ann')), asked.ask('/a', caller('ben'))];
    await expect.poll(() => asked.reached).toHaveLength(2);
    asked.release();

    await Promise.all(both);
  });
});

describe('who leaves', () => {
  test('is gone at once, and the request goes on for the others', async () => {
    await using asked = await startAsked({ held: true });
    const leaving = new AbortController();
    const gone = asked.ask('/a', service, { signal: leaving.signal });
    const staying = asked.ask('/a', service, { signal: new AbortController().signal });
    await expect.poll(() => asked.reached).toHaveLength(1);

    leaving.abort('enough');

    expect(await outcomes([gone])).toEqual(['enough']);
    expect(asked.open()).toBe(1);
    asked.release();
    expect(await outcomes([staying])).toEqual(['/a']);
    expect(asked.reached).toEqual(['/a']);
  });

  test('as the last one ends the request, down to the socket', async () => {
    await using asked = await startAsked({ held: true });
    const leaving = [new AbortController(), new AbortController()];
    const reads = leaving.map(({ signal }) => asked.ask('/a', service, { signal }));
    await expect.poll(() => asked.reached).toHaveLength(1);

    leaving[0]?.abort('first');
    await outcomes(reads.slice(0, 1));
    expect(asked.open()).toBe(1);
    leaving[1]?.abort('second');

    expect(await outcomes(reads)).toEqual(['first', 'second']);
    await expect.poll(() => asked.open()).toBe(0);
    expect(asked.client.traffic.stateFor(service)).toMatchObject({ running: 0, failures: 0 });
  });

  test('for good is not joined by who comes after', async () => {
    await using asked = await startAsked({ held: true });
    const leaving = new AbortController();
    const gone = asked.ask('/a', service, { signal: leaving.signal });
    await expect.poll(() => asked.reached).toHaveLength(1);
    leaving.abort('enough');

    const coming = asked.ask('/a');
    await expect.poll(() => asked.reached).toHaveLength(2);
    asked.release();

    expect(await outcomes([gone, coming])).toEqual(['enough', '/a']);
  });

  test('before asking has asked nothing', async () => {
    await using asked = await startAsked();

    expect(await outcomes([asked.ask('/a', service, { signal: AbortSignal.abort('never mind') })])).toEqual(['never mind']);
    expect(asked.reached).toEqual([]);
  });

  test('because the operation is out of time is told of a source that did not answer in time', async () => {
    await using asked = await startAsked({ held: true });

    expect(await outcomes([asked.ask('/a', service, { signal: AbortSignal.timeout(50) })])).toEqual(['SOURCE_TIMEOUT']);
  });

  test('because the operation is out of time is no fault of a source that was not asked', async () => {
    await using asked = await startAsked({ held: true, http: { concurrency: 1 } });
    const before = asked.ask('/before');
    const ending = new AbortController();
    const waits = asked.ask('/waits', service, { signal: ending.signal });
    await expect.poll(() => asked.reached).toEqual(['/before']);
    ending.abort(new DOMException('', 'TimeoutError'));
    const late = asked.ask('/late', service, { signal: ending.signal });
    const tooLate = asked.ask('/too-late', service, { until: performance.now() });
    asked.release();

    expect(await outcomes([before, waits, late, tooLate])).toEqual(['/before', ...Array(3).fill('SOURCE_NOT_ASKED')]);
    expect(asked.reached).toEqual(['/before']);
  });
});

describe('who wants nothing older', () => {
  test('joins what was sent since, and what is sent for them is joined by all who come', async () => {
    let time = 10_000;
    const ends: (() => void)[] = [];
    const answer = async () => {
      await new Promise<void>((resolve) => ends.push(resolve));
      return plain(`answer ${asked.reached.length}`);
    };
    await using asked = await startAsked({ options: { now: () => time }, answer });
    const oldest = asked.ask('/a');
    await expect.poll(() => ends).toHaveLength(1);
    time += 1_000;

    const joining = asked.ask('/a', service, { maxAgeMs: 1_001 });
    const anew = asked.ask('/a', service, { maxAgeMs: 1_000 });
    await expect.poll(() => ends).toHaveLength(2);
    time += 10;
    const after = [asked.ask('/a', service, { maxAgeMs: 11 }), asked.ask('/a')];
    ends[0]?.();
    const first = await outcomes([oldest, joining]);
    // The end of the older one takes nothing from the younger.
    const late = asked.ask('/a');
    ends[1]?.();

    expect(first).toEqual(['answer 2', 'answer 2']);
    expect(await outcomes([anew, ...after, late])).toEqual(Array(4).fill('answer 2'));
    expect(asked.client.traffic.stateFor(service)).toMatchObject({ requests: 2, shared: 4 });
  });

  test('joins what has not been sent, however long it has been waiting', async () => {
    let time = 10_000;
    await using asked = await startAsked({ held: true, http: { concurrency: 1 }, options: { now: () => time } });
    const before = asked.ask('/before');
    const waits = asked.ask('/a');
    await expect.poll(() => asked.reached).toEqual(['/before']);
    time += 2_000;

    const joining = asked.ask('/a', service, { maxAgeMs: 1 });
    const alone = asked.ask('/a', service, { maxAgeMs: 0 });
    asked.release();
    await outcomes([before, waits, joining, alone]);

    expect(asked.reached).toEqual(['/before', '/a', '/a']);
  });
});

test('a failure is shared by those who waited for it, and by nobody after', async () => {
  await using asked = await startAsked({ faults: [{ times: 1, fault: { kind: 'reset' } }] });

  const failed = [asked.ask('/a'), asked.ask('/a')];

  expect(await outcomes(failed)).toEqual(['SOURCE_UNREACHABLE', 'SOURCE_UNREACHABLE']);
  expect(await outcomes([asked.ask('/a')])).toEqual(['/a']);
  expect(asked.reached).toEqual(['/a', '/a']);
});

describe('a write', () => {
  const write = { method: 'POST', json: {} } as const;

  test('begins a new time: what was asked before it is not joined after it was sent', async () => {
    await using asked = await startAsked({ held: true });
    const before = asked.ask('/a');
    await expect.poll(() => asked.reached).toHaveLength(1);

    const writing = asked.ask('/w', service, write);
    const during = asked.ask('/a');
    await expect.poll(() => asked.reached).toEqual(['/a', '/w', '/a']);
    asked.release();

    expect(await outcomes([before, writing, during])).toEqual(['/a', '/w', '/a']);
  });

  test('begins another when it is over: what was asked while it was under way is not joined after its end', async () => {
    let told = 'before';
    const [looked, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await using asked = await startAsked({
      answer: async ({ method }) => {
        const seen = told;
        if (method === 'POST') {
          // The read that was asked meanwhile sees what was, and is answered last of all.
          await looked.promise;
          told = 'after';
        } else if (seen === 'before') {
          looked.resolve();
          await slow.promise;
        }
        return plain(seen);
      },
    });
    const writing = asked.ask('/w', service, write);
    const early = asked.ask('/a');
    await writing;

    const late = asked.ask('/a');
    await expect.poll(() => asked.reached).toHaveLength(3);
    slow.resolve();

    expect(await outcomes([early, late])).toEqual(['before', 'after']);
  });

  test('is never joined by its like', async () => {
    await using asked = await startAsked({ held: true });

    const both = [asked.ask('/w', service, write), asked.ask('/w', service, write)];
    await expect.poll(() => asked.reached).toHaveLength(2);
    asked.release();

    await Promise.all(both);
  });

  test('of somebody else’s that is told by `forget` counts as well', async () => {
    await using asked = await startAsked({ held: true });
    const before = asked.ask('/a');
    asked.client.forget();

    const after = asked.ask('/a');
    await expect.poll(() => asked.reached).toHaveLength(2);
    asked.release();

    await Promise.all([before, after]);
  });
});
