import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { networkOf } from '../../src/edge/network.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';

const none = { horde: 0, mcsManager: 0, openWebUI: 0 };

const start = (rateLimit: object, access?: object): Promise<Rollcall> =>
  startRollcall({
    size: 40,
    horde: { limits: false },
    config: (input) => ({ ...input, edge: { rateLimit }, ...(access === undefined ? {} : { access }) }),
  });

/** Costs as many requests as it names users. */
const users = (count: number): string =>
  `{ usersById(ids: ${JSON.stringify(Array.from({ length: count }, (_, index) => `horde:${1_000 + index}`))}) { id } }`;

const send = (
  { app: { fetch } }: { readonly app: Pick<Rollcall['app'], 'fetch'> },
  query: string,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(
    new Request('http://rollcall.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    }),
  );

const limits = ({ headers, status }: Response) => ({
  status,
  policy: headers.get('ratelimit-policy'),
  left: headers.get('ratelimit'),
  retryAfter: headers.get('retry-after'),
});

describe('a caller', () => {
  test('is told with every answer what is left, by what the operation may cost', async () => {
    await using rollcall = await start({ points: 100, burst: 50 });

    expect(limits(await send(rollcall, users(30)))).toEqual({
      status: 200,
      policy: '"minute";q=100;w=60, "burst";q=50;w=600',
      left: '"minute";r=70;t=60, "burst";r=50;t=600',
      retryAfter: null,
    });
    expect(limits(await send(rollcall, '{ viewer { kind } }')).left).toBe('"minute";r=69;t=60, "burst";r=50;t=600');
  });

  test('is refused with 429 when it is spent, before anything is asked', async () => {
    await using rollcall = await start({ points: 40, burst: 0 });
    await send(rollcall, users(30));
    rollcall.calls();

    const response = await send(rollcall, users(20));

    expect(limits(response)).toEqual({
      status: 429,
      policy: '"minute";q=40;w=60',
      left: '"minute";r=10;t=60',
      retryAfter: '60',
    });
    expect(response.headers.get('content-type')).toContain('json');
    expect(await response.json()).toEqual({
      errors: [
        {
          message:
            'You have asked for too much in a short time: this operation may cost 20 requests to the sources. Ask again in 60 s.',
          extensions: { code: 'RATE_LIMITED', cost: 20, retryAfter: 60 },
        },
      ],
    });
    expect(rollcall.calls()).toEqual(none);
  });

  test('may still ask for less than was refused', async () => {
    await using rollcall = await start({ points: 40, burst: 0 });
    await send(rollcall, users(30));

    expect((await send(rollcall, users(20))).status).toBe(429);
    expect((await send(rollcall, users(10))).status).toBe(200);
    expect((await send(rollcall, users(1))).status).toBe(429);
  });

  test('is granted what is cheaper beside what is refused, asked at once', async () => {
    await using rollcall = await start({ points: 30, burst: 0 });

    const responses = await Promise.all([26, 25, 1, 2, 1].map((count) => send(rollcall, users(count))));

    expect(responses.map(({ status }) => status)).toEqual([200, 429, 200, 200, 200]);
    expect(limits(await send(rollcall, users(1))).left).toBe('"minute";r=0;t=60');
  });

  test('may ask for more now and then', async () => {
    await using rollcall = await start({ points: 20, burst: 30 });

    expect((await send(rollcall, users(20))).status).toBe(200);
    expect(limits(await send(rollcall, users(25)))).toMatchObject({ status: 200, left: '"minute";r=0;t=60, "burst";r=5;t=600' });
    expect((await send(rollcall, users(25))).status).toBe(429);
  });

  test('may ask again when the minute is over', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      await using rollcall = await start({ points: 10, burst: 0 });
      await send(rollcall, users(10));
      vi.advanceTimersByTime(20_000);
      expect(limits(await send(rollcall, users(1)))).toMatchObject({ status: 429, retryAfter: '40' });
      vi.advanceTimersByTime(41_000);

      expect((await send(rollcall, users(10))).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });

  test('may ask for what costs more than they ever have, once nothing is spent', async () => {
    await using rollcall = await start({ points: 10, burst: 0 });

    expect((await send(rollcall, users(30))).status).toBe(200);
    expect((await send(rollcall, users(1))).status).toBe(429);
  });

  test('pays for operations that were too costly, though not their price', async () => {
    await using rollcall = await start({ points: 100, burst: 0 });

    const response = await send(rollcall, '{ hordeAccounts(first: 100) { edges { node { workers { name } } } } }');

    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_TOO_COSTLY' } }] });
    expect(limits(response).left).toBe('"minute";r=80;t=60');
  });

  test('on one’s own machine is hardly limited, on a network to 1,200 a minute and as many more', async () => {
    await using home = await startRollcall({ size: 12 });
    await using open = await startRollcall({
      size: 12,
      config: (input) => ({ ...input, server: { host: '0.0.0.0' }, access: { allowAnonymous: true, anonymous: ['read'] } }),
    });

    expect(limits(await send(home, '{ viewer { kind } }')).policy).toBe('"minute";q=600000;w=60, "burst";q=600000;w=600');
    expect(limits(await send(open, '{ viewer { kind } }')).policy).toBe('"minute";q=1200;w=60, "burst";q=1200;w=600');
  });
});

describe('callers have allowances of their own', () => {
  test('by the name of their key', async () => {
    const [one, other] = [createKey(), createKey()];
    const keys = [
      { name: 'one', hash: one.hash, scopes: ['read'] },
      { name: 'other', hash: other.hash, scopes: ['read'] },
    ];
    await using rollcall = await start({ points: 10, burst: 0 }, { keys, anonymous: ['read'] });
    const as = async (key?: string): Promise<number> =>
      (await send(rollcall, users(10), key === undefined ? {} : { 'x-rollcall-key': key })).status;

    expect([await as(one.key), await as(one.key), await as(other.key), await as(), await as()]).toEqual([
      200, 429, 200, 200, 429,
    ]);
  });

  test('by their address, those behind a proxy by what it tells', async () => {
    await using rollcall = await start({ points: 10, burst: 0, addressHeader: 'x-forwarded-for' });
    const from = async (told: string): Promise<number> => (await send(rollcall, users(10), { 'x-forwarded-for': told })).status;

    expect(await from('198.51.100.7')).toBe(200);
    expect(await from('198.51.100.7')).toBe(429);
    // What the client itself wrote before the proxy does not help it.
    expect(await from('203.0.113.1, 198.51.100.7')).toBe(429);
    expect(await from('198.51.100.8')).toBe(200);
  });

  test.for([
    [
      '198.51.100.7:5678',
      '198.51.100.7:5679',
      '198.51.100.7',
      '"198.51.100.7:1"',
      '::ffff:c633:6407',
      '[::FFFF:198.51.100.7]:80',
    ],
    [
      '[2001:db8::1]:443',
      '[2001:db8::1]:444',
      '"[2001:db8::1]:4711"',
      '2001:DB8::2',
      '[2001:0db8:0::3]',
      '2001:db8:0:0:1:2:3:4:443',
    ],
  ])('by the address alone, however a proxy spells %s', async (spellings) => {
    await using rollcall = await start({ points: 10, burst: 0, addressHeader: 'x-forwarded-for' });
    const statuses = [];
    for (const told of spellings) statuses.push((await send(rollcall, users(10), { 'x-forwarded-for': told })).status);

    expect(statuses).toEqual([200, 429, 429, 429, 429, 429]);
  });

  test('by the connection, where the proxy tells no address', async () => {
    await using rollcall = await start({ points: 10, burst: 0, addressHeader: 'x-forwarded-for' });
    const from = async (told: string): Promise<number> => (await send(rollcall, users(10), { 'x-forwarded-for': told })).status;

    expect(await from('garbage')).toBe(200);
    for (const told of ['rubbish', '_hidden:4711', '198.51.100.999', '203.0.113.1,', '[]:80', '"', '1:2', 'for=198.51.100.7'])
      expect([told, await from(told)]).toEqual([told, 429]);
    expect(await from('198.51.100.7')).toBe(200);
  });

  test('by the connection, where a header that nobody configured is believed by nobody', async () => {
    await using rollcall = await start({ points: 10, burst: 0 });
    const server = createServer(rollcall.app.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has an AddressInfo.
    const { port } = server.address() as AddressInfo;
    const ask = (told: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': told },
        body: JSON.stringify({ query: users(10) }),
      });

    const answers = [await ask('198.51.100.1'), await ask('198.51.100.2')];
    // By way of `fetch` there is no connection, and so another caller.
    const inside = await send({ app: { fetch: rollcall.inside } }, users(10));
    server.close();

    expect([...answers, inside].map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(limits(answers[1] as Response)).toMatchObject({ left: '"minute";r=0;t=60', retryAfter: '60' });
  });

  test('not by keys for sources that they make up', async () => {
    await using rollcall = await start({ points: 10, burst: 0 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await send(rollcall, users(10), { 'x-source-key-horde': `made-up-${count}` })).status);
    }

    expect(statuses).toEqual([200, 429, 429]);
  });

  test('and a key for a source is one caller from everywhere', async () => {
    await using rollcall = await start({ points: 10, burst: 0, addressHeader: 'x-forwarded-for' });
    const key = rollcall.community.horde.keys.of(101) ?? '';
    const from = async (told: string): Promise<number> =>
      (await send(rollcall, users(10), { 'x-forwarded-for': told, 'x-source-key-horde': key })).status;

    expect([await from('198.51.100.1'), await from('198.51.100.2')]).toEqual([200, 429]);
    // What was refused was not charged to the address either.
    expect((await send(rollcall, users(10), { 'x-forwarded-for': '198.51.100.2' })).status).toBe(200);
  });
});

test.for([
  ['198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['::ffff:c633:6407', '198.51.100.7'],
  ['0:0:0:0:0:FFFF:198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7%eth0', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['fe80:1111:2222:3333:4444:5555:255.255.255.255%a-long-name-of-a-zone', 'fe80:1111:2222:3333::/64'],
  ['unknown', 'unknown'],
] as const)('%s is of the network %s', ([address, network]) => {
  expect(networkOf(address)).toBe(network);
});
