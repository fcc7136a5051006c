import { describe, expect, test, vi } from 'vitest';
import type { FaultRule } from '../../src/twins/faults.ts';
import { codesOf, failuresOf } from './failures.ts';
import { type Rollcall, startRollcall } from './rollcall.ts';

const kudos = '{ user(id: "horde:101") { kudos } }';
const state =
  '{ sources { id state { breaker running waiting requests failures retries shared medianLatency quota { route limit left resetsAt } } } }';

const closed = { state: { breaker: 'CLOSED' } };
/** After a second it is `HALF_OPEN`. */
const notClosed = expect.stringMatching(/OPEN$/);

function leave(rollcall: Rollcall, query: string): { abort: () => void; gone: Promise<unknown> } {
  const leaving = new AbortController();
  const gone = rollcall.app
    .fetch(
      new Request('http://rollcall.test/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: leaving.signal,
      }),
    )
    .catch(() => undefined);
  return { abort: () => leaving.abort(), gone };
}

test('equal reads of operations under way at once are one request', async () => {
  await using rollcall = await startRollcall({ size: 20, horde: { faults: [{ times: 1, fault: { kind: 'delay', ms: 300 } }] } });

  const answers = await Promise.all(Array.from({ length: 20 }, () => rollcall.askText(kudos)));

  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(rollcall.calls()).toEqual({ horde: 1, mcsManager: 0, openWebUI: 0 });
});

test('with `sharing.requests` off each operation asks for itself', async () => {
  const sharing = { requests: false, operations: false };
  await using rollcall = await startRollcall({ size: 20, config: (input) => ({ ...input, sharing }) });

  await Promise.all(Array.from({ length: 5 }, () => rollcall.askText(kudos)));

  expect(rollcall.calls()).toEqual({ horde: 5, mcsManager: 0, openWebUI: 0 });
});

test('a limit beyond all that a client takes for a whole number is shown as one that it does', async () => {
  const said = { 'x-ratelimit-limit': '9999999999', 'x-ratelimit-remaining': '9999999998', 'x-ratelimit-reset': '60' };
  const headers = { 'content-type': 'application/json', ...said };
  const fault = { kind: 'reply', status: 200, headers, body: '[]' } as const;
  await using rollcall = await startRollcall({ size: 20, horde: { faults: [{ path: /users$/, times: 1, fault }] } });
  await rollcall.askText('{ hordeAccounts(first: 1) { edges { node { id } } } }');

  const { data, errors } = await rollcall.askText(state);

  expect(errors).toBeUndefined();
  expect(data?.sources).toMatchObject([{ state: { quota: [{ route: 'users', limit: 999_999_999 }] } }, {}, {}]);
});

describe('when a client leaves', () => {
  test('what was sent for it and what waits ends, down to the sockets', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `horde:${101 + index}`);
    await using rollcall = await startRollcall({ size: 40, horde: { faults: [{ fault: { kind: 'hang' } }] } });
    const { horde } = rollcall.community;
    const client = leave(rollcall, `{ usersById(ids: ${JSON.stringify(ids)}) { kudos } }`);
    await expect.poll(() => horde.requests.length).toBe(8);

    client.abort();
    await client.gone;

    await expect.poll(() => horde.open()).toBe(0);
    // Those that waited for a place were never sent.
    expect(horde.requests).toHaveLength(8);
  });

  test('what waits for its turn is neither sent nor counted', async () => {
    await using rollcall = await startRollcall({ size: 60, horde: { faults: [{ fault: { kind: 'hang' } }] } });
    const { horde } = rollcall.community;
    const twenty = Array.from({ length: 20 }, (_, index) => `u${index}: user(id: "horde:${101 + index}") { kudos }`);
    const client = leave(rollcall, `{ ${twenty.join(' ')} }`);
    await expect.poll(() => horde.requests.length).toBe(8);

    client.abort();
    await client.gone;

    await expect
      .poll(async () => (await rollcall.askText(state)).data?.sources)
      .toMatchObject([{ state: { running: 0, waiting: 0, requests: 8 } }, {}, {}]);
    expect(horde.requests).toHaveLength(8);
  });

  test('what another client waits for too goes on', async () => {
    const fault = { kind: 'delay', ms: 1_000 } as const;
    await using rollcall = await startRollcall({ size: 20, horde: { faults: [{ times: 1, fault }] } });
    const { horde } = rollcall.community;
    const client = leave(rollcall, kudos);
    await expect.poll(() => horde.requests.length).toBe(1);
    const staying = rollcall.askText(kudos);
    await expect
      .poll(async () => (await rollcall.askText(state)).data?.sources)
      .toMatchObject([{ state: { shared: 1 } }, {}, {}]);

    client.abort();

    expect((await staying).errors).toBeUndefined();
    expect(horde.requests).toHaveLength(1);
  });
});

describe('a source that fails', () => {
  const fault = { kind: 'reply', status: 500, body: '{}', headers: { 'content-type': 'application/json' } } as const;
  const nine = `{ ${Array.from({ length: 9 }, (_, index) => `u${index}: user(id: "horde:${101 + index}") { kudos }`).join(' ')} }`;

  test('is left alone, said to be so, and asked again by itself', async () => {
    await using rollcall = await startRollcall({ size: 40, horde: { faults: [{ path: /users/, times: 8, fault }] } });
    await rollcall.askText(nine);
    rollcall.calls();

    const refused = await rollcall.askText(kudos);

    expect(failuresOf(refused)).toEqual({
      'user.kudos': { code: 'SOURCE_OVERLOADED', source: 'horde', retryable: true, retryAfter: 1 },
    });
    expect(rollcall.calls().horde).toBe(0);
    await expect.poll(async () => (await rollcall.askText(kudos)).errors, { timeout: 5_000 }).toBeUndefined();
    const lines = rollcall.logged.map((line) => JSON.parse(line)).filter(({ breaker }) => breaker !== undefined);
    expect(lines.map(({ source, breaker, counts }) => [source, breaker, counts])).toEqual(
      ['OPEN', 'HALF_OPEN', 'CLOSED'].map((each) => ['horde', each, 'none']),
    );
  });

  test('is said to be so to everybody who is refused, whichever key is sent', async () => {
    await using rollcall = await startRollcall({
      size: 40,
      horde: { faults: [{ path: /users/, fault }] },
    });
    const own = { 'x-source-key-horde': rollcall.community.horde.keys.of(101) };
    await rollcall.askText(nine);

    const told = [await rollcall.askText(state), await rollcall.askText(state, {}, own)];
    const { sources } = await (await rollcall.get('/readyz')).json();

    for (const { data } of told) expect(data?.sources).toMatchObject([{ state: { breaker: notClosed } }, closed, closed]);
    expect(sources).toMatchObject([{ id: 'horde', breaker: notClosed }, { breaker: 'CLOSED' }, { breaker: 'CLOSED' }]);
  });

  test('is told to be asked again when it said so, as a time or as a number', async () => {
    const date = 'Sun, 06 Nov 1994 08:49:37 GMT';
    const limited = (said: string) => ({
      faults: [{ fault: { ...fault, status: 429, headers: { ...fault.headers, date, 'retry-after': said } } }],
    });
    await using rollcall = await startRollcall({
      size: 20,
      horde: limited('Sun, 06 Nov 1994 08:50:37 GMT'),
      mcsManager: limited('Sunday, 06-Nov-94 08:50:38 GMT'),
      openWebUI: limited('1234567890'),
    });

    const answer = await rollcall.askText(
      `{ ${['horde', 'mcsManager', 'openWebUI'].map((kind) => `${kind}Accounts(first: 1) { edges { node { id } } }`).join(' ')} }`,
    );

    expect(answer.errors?.map(({ extensions }) => [extensions.source, extensions.code, extensions.retryAfter])).toEqual([
      ['horde', 'SOURCE_RATE_LIMITED', 60],
      ['mcsmanager', 'SOURCE_RATE_LIMITED', 61],
      ['webui', 'SOURCE_RATE_LIMITED', 999_999_999],
    ]);
  });

  test('with one caller’s key is said to be so to nobody else', async () => {
    const forUs = { path: /find_user/, fault };
    await using rollcall = await startRollcall({ size: 40, horde: { faults: [forUs] } });
    const own = { 'x-source-key-horde': rollcall.community.horde.keys.of(101) };
    for (let count = 0; count < 8; count += 1) await rollcall.askText('{ viewer { accounts { id } } }', {}, own);

    const theirs = await rollcall.askText(state, {}, own);
    const ours = await rollcall.askText(state);

    expect(theirs.data?.sources).toMatchObject([{ state: { breaker: notClosed } }, closed, closed]);
    expect(ours.data?.sources).toMatchObject([closed, closed, closed]);
  });

  test('keeps no other source from answering', async () => {
    await using rollcall = await startRollcall({ size: 40, horde: { faults: [{ fault }] } });
    await rollcall.askText(nine);

    const answer = await rollcall.askText(
      '{ mcsManagerAccounts(first: 2) { edges { node { id } } } openWebUIAccounts(first: 2) { edges { node { id } } } }',
    );

    expect(answer.errors).toBeUndefined();
  });

  test('is told of by /readyz', async () => {
    await using rollcall = await startRollcall({ size: 20 });
    await rollcall.community.mcsManager.close();

    const { sources } = await (await rollcall.get('/readyz')).json();

    expect(sources).toEqual([
      { id: 'horde', kind: 'AI_HORDE', reachable: true, problem: null, breaker: 'CLOSED' },
      { id: 'mcsmanager', kind: 'MCS_MANAGER', reachable: false, problem: 'SOURCE_UNREACHABLE', breaker: 'CLOSED' },
      { id: 'webui', kind: 'OPEN_WEBUI', reachable: true, problem: null, breaker: 'CLOSED' },
    ]);
  });
});

describe('a source that is well and is not asked, for want of our own quota', () => {
  const allowing = (perMinute: number, faults: readonly FaultRule[] = []) =>
    startRollcall({
      size: 20,
      horde: { faults },
      config: ({ sources, ...rest }) => ({
        ...rest,
        sources: sources.map((each) => (each.id === 'horde' ? { ...each, quota: { perMinute } } : each)),
      }),
    });
  const ready = async (rollcall: Rollcall) => (await (await rollcall.get('/readyz')).json()).sources[0];
  const reach = '{ sources { reachable problem } }';

  test('is sent no write, whose key is free again', async () => {
    await using rollcall = await allowing(1);
    const write = `mutation { updateHordeUser(input: { id: "horde:103", adminComment: "hello", idempotencyKey: "one" }) {
      sent fields { verdict } errors { __typename ... on SourceFailed { code } }
    } }`;

    const first = await rollcall.askText(write);
    const again = await rollcall.askText(write);

    const heldBack = {
      sent: false,
      fields: [{ verdict: 'NOT_SENT' }],
      errors: [{ __typename: 'SourceFailed', code: 'SOURCE_OVERLOADED' }],
    };
    expect([first, again].map(({ data }) => data?.updateHordeUser)).toEqual([heldBack, heldBack]);
    // The look before it.
    expect(rollcall.calls().horde).toBe(1);
  });

  test('is said to be reachable by /readyz, as far as is known, and why it is not asked', async () => {
    await using rollcall = await allowing(1);
    await rollcall.askText(kudos);

    expect(await ready(rollcall)).toMatchObject({ reachable: true, problem: 'SOURCE_OVERLOADED', breaker: 'CLOSED' });
    expect(rollcall.calls().horde).toBe(1);
  });

  test('is not said to be unreachable by the graph', async () => {
    await using rollcall = await allowing(1);
    await rollcall.askText(kudos);

    const { data } = await rollcall.askText(reach);

    expect(data?.sources).toMatchObject([
      { reachable: null, problem: 'SOURCE_OVERLOADED' },
      { reachable: true },
      { reachable: true },
    ]);
  });

  test('is said to be unreachable while nobody has had an answer', async () => {
    await using rollcall = await allowing(1, [{ fault: { kind: 'reset' } }]);
    await rollcall.askText(kudos);

    expect(await ready(rollcall)).toMatchObject({ reachable: false, problem: 'SOURCE_OVERLOADED', breaker: 'CLOSED' });
  });

  test('is as it was found last: what did not answer then is not reachable now', async () => {
    await using rollcall = await allowing(2, [{ after: 1, fault: { kind: 'reset' } }]);
    await rollcall.askText(kudos);
    const before = await ready(rollcall);
    // What was found is kept for two seconds.
    const usual = performance.now.bind(performance);
    using clock = vi.spyOn(performance, 'now');
    clock.mockImplementation(() => usual() + 3_000);

    const now = await ready(rollcall);

    expect([before, now]).toMatchObject([
      { reachable: false, problem: 'SOURCE_UNREACHABLE' },
      { reachable: false, problem: 'SOURCE_OVERLOADED', breaker: 'CLOSED' },
    ]);
  });

  test('unless it is left alone for having failed', async () => {
    const fault = { kind: 'reply', status: 500, body: '{}', headers: { 'content-type': 'application/json' } } as const;
    await using rollcall = await startRollcall({ size: 40, horde: { faults: [{ after: 1, fault }] } });
    await rollcall.askText(kudos);
    await rollcall.askText(
      `{ ${Array.from({ length: 9 }, (_, index) => `u${index}: user(id: "horde:${101 + index}") { kudos }`).join(' ')} }`,
    );

    const { data } = await rollcall.askText(reach);

    expect(data?.sources).toMatchObject([{ reachable: false }, { reachable: true }, { reachable: true }]);
    expect(await ready(rollcall)).toMatchObject({ reachable: false, breaker: notClosed });
  });
});

describe('the state of a source', () => {
  test('is told without asking it', async () => {
    await using rollcall = await startRollcall({ size: 60 });
    await rollcall.askText('{ hordeAccounts(first: 25) { edges { node { id } } } }');
    rollcall.calls();

    const { data } = await rollcall.askText(state);

    expect(data?.sources).toEqual([
      {
        id: 'horde',
        state: {
          breaker: 'CLOSED',
          running: 0,
          waiting: 0,
          requests: 1,
          failures: 0,
          retries: 0,
          shared: 0,
          medianLatency: expect.any(Number),
          quota: [{ route: 'users', limit: 90, left: 89, resetsAt: expect.any(String) }],
        },
      },
      { id: 'mcsmanager', state: expect.objectContaining({ requests: 0, medianLatency: null, quota: [] }) },
      { id: 'webui', state: expect.objectContaining({ requests: 0, medianLatency: null, quota: [] }) },
    ]);
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });

  test('says nothing of callers with keys of their own to anybody else', async () => {
    await using rollcall = await startRollcall({ size: 40 });
    const key = rollcall.community.horde.keys.of(101);
    await rollcall.askText(kudos, {}, { 'x-source-key-horde': key });

    const own = await rollcall.askText('{ sources { state { requests } } }', {}, { 'x-source-key-horde': key });
    const others = await rollcall.askText('{ sources { state { requests } } }', {}, { 'x-source-key-horde': 'somebody-else' });
    const ours = await rollcall.askText('{ sources { state { requests } } }');

    const requests = [own, others, ours].map(({ data }) => data?.sources);
    expect(requests).toMatchObject([1, 0, 0].map((count) => [{ state: { requests: count } }, {}, {}]));
  });

  test('is not for those who may read nothing', async () => {
    await using rollcall = await startRollcall({
      size: 20,
      config: (input) => ({ ...input, access: { anonymous: [], keysFile: undefined, keys: [] } }),
    });

    const answer = await rollcall.askText('{ sources { id state { requests } } }');

    expect(codesOf(answer)).toEqual(Object.fromEntries([0, 1, 2].map((index) => [`sources.${index}.state`, 'FORBIDDEN'])));
  });
});

describe('an operation whose worst case does not fit what is left of a quota', () => {
  const pages = (count: number) =>
    `{ ${Array.from({ length: count }, (_, index) => `p${index}: hordeAccounts(first: 100, orderBy: KUDOS) { edges { node { id } } }`).join(' ')} }`;

  test('is refused before it starts, with the time to wait, and nothing is asked for it', async () => {
    await using rollcall = await startRollcall({ size: 2_000, config: (input) => ({ ...input, sharing: { requests: false } }) });
    const first = await rollcall.askText(pages(20));
    expect(first.errors).toBeUndefined();
    const asked = rollcall.calls().horde;

    const second = await rollcall.askText(pages(10));

    expect(asked).toBeGreaterThan(60);
    expect(second.errors).toMatchObject([
      { extensions: { code: 'SOURCE_OVERLOADED', source: 'horde', retryable: true, retryAfter: expect.any(Number) } },
    ]);
    expect(second.data ?? null).toBeNull();
    expect(rollcall.calls().horde).toBe(0);
  });

  test('begins no window of a list that it could not read to its end, where answers are kept, and shows what is', async () => {
    await using rollcall = await startRollcall({
      size: 2_000,
      config: (input) => ({
        ...input,
        cache: { enabled: true },
        // Six pages in a minute.
        sources: input.sources.map((source) => ({ ...source, quota: { share: 6.5 / 90 } })),
      }),
    });
    const small = '{ hordeAccounts(first: 20) { edges { node { id } } } }';
    const before = await rollcall.askText(small);
    rollcall.calls();

    const large = await rollcall.askText(`{ ${pages(1).slice(2, -2)} user(id: "horde:101") { kudos } }`);
    const calls = rollcall.calls().horde;
    const again = await rollcall.askText(small);

    expect(before.errors).toBeUndefined();
    expect(large.errors).toMatchObject([
      {
        path: ['p0'],
        extensions: { code: 'SOURCE_OVERLOADED', source: 'horde', retryable: true, retryAfter: expect.any(Number) },
      },
    ]);
    expect(large.data).toMatchObject({ user: { kudos: expect.any(Number) } });
    expect([calls, again.data, rollcall.calls().horde]).toEqual([1, before.data, 0]);
  });

  test('is answered where it fits', async () => {
    await using rollcall = await startRollcall({ size: 2_000 });
    await rollcall.askText(pages(5));

    expect((await rollcall.askText('{ hordeAccounts(first: 25) { edges { node { id } } } }')).errors).toBeUndefined();
  });
});
