import { expect, test, vi } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { post } from './corpus.ts';
import { startSharing } from './shared-server.ts';

const [ada, bao] = ['ada', 'bao'].map((name) => `webui:${cast.find(({ alias }) => alias === name)?.openWebUI}`);

const query = 'query One($id: ID!) { user(id: $id) { openWebUI { name } } }';
const one = { query, variables: { id: bao } };
const other = { query, variables: { id: ada } };

const from = (address: string, body: object): string => post(JSON.stringify(body), { 'x-real-ip': address }).join('');
const staying = (text: string): string => text.replace(/connection: close\r\n/i, '');

/** Places; and far more than begin in the few turns of the event loop until who has joined goes on. */
const most = 100;

test.each<[string, string, readonly number[]]>([
  ['and is not refused while somebody else has most waiting', '192.0.2.2', [503, 503, 200, 200]],
  ['and is refused where they have most waiting themselves', '192.0.2.1', [200, 503, 503, 200]],
])('who joined an operation that has to make room for others asks for themselves, %s', async (_what, joining, statuses) => {
  await using server = await startSharing({
    edge: { maxConcurrentOperations: most, rateLimit: { points: 100_000, burst: 0, addressHeader: 'x-real-ip' } },
  });
  const busy = () => server.noted().filter(({ errors }) => errors?.SERVER_BUSY === 1);
  // No two of them are the same, so that each takes up a place.
  const crowd = Array.from({ length: most - 1 }, (_, at) => from('192.0.2.1', { query, variables: { id: ada, at } }));
  const asked = [...crowd, from('192.0.2.1', one), from(joining, one)].map(staying);
  server.gate.shut();

  // In one piece, so that they are read in one turn. The last finds all places taken.
  const hearing = server.door.write(asked.join('') + from('192.0.2.3', other));
  await vi.waitFor(() => expect(busy()).toHaveLength(2), 30_000);
  server.gate.open();
  const { status, body } = await hearing;
  const told = [status, ...body.matchAll(/HTTP\/1.1 \d+/g)].map((line) => Number(String(line).slice(9, 12)));
  const after = await Promise.all([joining, '192.0.2.3'].map((address) => server.door.write(from(address, one))));
  const spent = after.map(({ ratelimit }) => 100_000 - Number(/r=(\d+)/.exec(ratelimit)?.[1]));

  expect(told.slice(0, -4)).toEqual(Array(most - 2).fill(200));
  expect(told.slice(-4)).toEqual(statuses);
  expect(busy()).toHaveLength(2);
  expect(
    server
      .noted()
      .slice(0, told.length)
      .filter(({ shared }) => shared === true),
  ).toEqual([]);
  // Each was charged once, whatever they were told.
  const asks = joining === '192.0.2.1' ? most + 2 : 2;
  expect(spent).toEqual([(Number(spent[1]) / 2) * asks, spent[1]]);
});

/** Who asks, in this order: those whose allowance is spent, and fresh ones. */
test.each<[string, readonly (readonly ['spent' | 'fresh', number])[]]>([
  [
    'the first of them',
    [
      ['spent', 1],
      ['fresh', 40],
    ],
  ],
  [
    'many of them in a row',
    [
      ['spent', 30],
      ['fresh', 10],
    ],
  ],
  [
    'many among them',
    [
      ['spent', 2],
      ['fresh', 10],
      ['spent', 9],
      ['fresh', 10],
      ['spent', 5],
    ],
  ],
])('a crowd shares one execution where %s have too few points left', async (_what, asking) => {
  await using server = await startSharing({
    sharing: { requests: false },
    edge: { rateLimit: { points: 11, burst: 0, addressHeader: 'x-real-ip' } },
  });
  await server.door.write(from('192.0.2.1', other));
  const [before, noted] = [server.gate.came, server.noted().length];
  const crowd = asking.flatMap(([who, count]) => Array<string>(count).fill(who));
  const requests = crowd.map((who, at) => from(who === 'spent' ? '192.0.2.1' : `198.51.100.${at}`, one));
  server.gate.shut();

  const hearing = server.door.write([...requests.slice(0, -1).map(staying), ...requests.slice(-1)].join(''));
  await server.door.untilTaken(1 + crowd.length);
  server.gate.open();
  const { status, body } = await hearing;
  const told = [status, ...body.matchAll(/HTTP\/1.1 \d+/g)].map((line) => Number(String(line).slice(9, 12)));

  expect(told).toEqual(crowd.map((who) => (who === 'spent' ? 429 : 200)));
  expect(server.gate.came - before).toBe(1);
  const fresh = crowd.filter((who) => who === 'fresh');
  const lines = server.noted().slice(noted);
  expect(lines).toHaveLength(crowd.length);
  expect(lines.filter(({ shared }) => shared === true)).toHaveLength(fresh.length - 1);
  expect(lines.filter(({ errors }) => errors?.RATE_LIMITED === 1)).toHaveLength(crowd.length - fresh.length);
});
