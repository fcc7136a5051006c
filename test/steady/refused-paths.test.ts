import { expect, test } from 'vitest';
import type { TrafficChange } from '../../src/http/client.ts';
import { connectSource } from '../../src/sources/connecting.ts';
import { horde } from '../../src/sources/horde/index.ts';
import type { Fault, FaultRule } from '../../src/twins/faults.ts';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { startRollcall } from '../app/rollcall.ts';

const busy = (headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: 'reply',
  status: 429,
  headers: { 'content-type': 'text/plain', 'retry-after': '60', ...headers },
  body: 'slow down',
});

/** The Horde counts readings of users by path. Its twin and this source have one clock. */
async function startHorde(faults: readonly FaultRule[] = [], limits = true) {
  const clock = { at: Date.now() };
  const changes: TrafficChange[] = [];
  const twin = await hordeTwin({ size: 120, now: () => clock.at, faults, limits });
  const { source, watch } = connectSource(
    {
      id: 'horde',
      kind: horde,
      settings: horde.settings.parse({ url: twin.apiUrl }),
      http: { deadlineMs: 30_000, connectMs: 1_000, maxBytes: 1_000_000, concurrency: 8 },
      quota: { enabled: true, share: 1 },
    },
    { sharing: false, now: () => clock.at },
  );
  watch((change) => void changes.push(change));
  const session = source.open({ credential: { class: 'none' }, signal: undefined });
  return {
    twin,
    clock,
    changes,
    /** What became of each reading of these users, asked one after the other. */
    read: async (...ids: readonly number[]): Promise<unknown[]> => {
      const told: unknown[] = [];
      for (const id of ids) {
        const user = session.findByUsername(String(id));
        told.push(
          await user.then(
            () => 'read',
            (error) => error.code,
          ),
        );
      }
      return told;
    },
    quota: () => source.traffic?.stateFor({ class: 'none' }).quota,
    [Symbol.asyncDispose]: async () => {
      await source.close();
      await twin.close();
    },
  };
}

const limited = 'SOURCE_RATE_LIMITED';
const times = (count: number, id: number): number[] => Array.from({ length: count }, () => id);
const ofTheHorde = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '60' };

test('whoever refuses all paths is asked for hardly more than run at once, and then not at all', async () => {
  await using rollcall = await startRollcall({ size: 80, horde: { faults: [{ path: /users\/\d+$/, fault: busy() }] } });
  const users = (from: number, count: number) =>
    `{ usersById(ids: ${JSON.stringify(Array.from({ length: count }, (_, index) => `horde:${from + index}`))}) { kudosDetails { accumulated } } }`;

  const first = await rollcall.askText(users(101, 40));
  const reached = rollcall.calls().horde;
  const second = await rollcall.askText(users(141, 10));

  expect(first.errors).toHaveLength(40);
  expect(reached).toBeLessThanOrEqual(10);
  expect(second.errors?.map(({ extensions }) => extensions.code)).toEqual(times(10, 0).map(() => limited));
  expect(rollcall.calls().horde).toBe(0);
});

test('one refusal that no count explains is the path’s, the second of another path the route’s, for as long as it says', async () => {
  await using asked = await startHorde([{ times: 2, fault: busy() }]);

  expect(await asked.read(101, 101)).toEqual([limited, limited]);
  expect(asked.twin.requests).toHaveLength(1);
  expect(asked.quota()).toEqual([]);

  expect(await asked.read(102, 103, 104)).toEqual([limited, limited, limited]);
  expect(asked.twin.requests).toHaveLength(2);
  expect(asked.quota()).toMatchObject([{ route: 'user', limit: null, left: 0, resetMs: 60_000 }]);

  asked.clock.at += 60_001;
  expect(await asked.read(103, 101)).toEqual(['read', 'read']);
});

test('a second one after the first was over is the first again', async () => {
  await using asked = await startHorde([{ times: 2, fault: busy() }]);
  await asked.read(101);
  asked.clock.at += 60_001;

  expect(await asked.read(102, 103)).toEqual([limited, 'read']);
});

test('users who were asked for as often as the Horde allows keep nobody from the others', async () => {
  // No headers tell: it is our own count alone.
  await using asked = await startHorde(
    [101, 102].map((id) => ({ path: `/api/v2/users/${id}`, after: 58, fault: busy() })),
    false,
  );
  await asked.read(...times(58, 101), ...times(58, 102));

  expect(await asked.read(101, 102, 103)).toEqual([limited, limited, 'read']);
  expect(asked.twin.requests).toHaveLength(119);
});

test('nor do those whom others at the address have used up: the headers name the limit', async () => {
  await using asked = await startHorde();
  for (const id of [101, 102, 103]) {
    await Promise.all(times(60, id).map(() => fetch(`${asked.twin.apiUrl}/v2/users/${id}`)));
  }

  expect(await asked.read(101, 102, 103, 104)).toEqual([limited, limited, limited, 'read']);
});

test('a limit of that size which is not used up explains nothing', async () => {
  const headers = { ...ofTheHorde, 'x-ratelimit-remaining': '30' };
  await using asked = await startHorde([{ times: 2, fault: busy(headers) }]);

  expect(await asked.read(101, 102, 103)).toEqual([limited, limited, limited]);
  expect(asked.twin.requests).toHaveLength(2);
});

test('of one user who has to be waited for nobody is told', async () => {
  await using asked = await startHorde([{ times: 1, fault: busy() }]);

  expect(await asked.read(101, 101, 102, 101, 103)).toEqual([limited, limited, 'read', limited, 'read']);

  expect(asked.changes).toEqual([]);
});

test('of a route that is left alone everybody is told, once, and once when it may be asked again', async () => {
  await using asked = await startHorde([{ times: 2, fault: busy() }]);
  await asked.read(101, 102, 103, 104, 103);
  asked.clock.at += 60_001;
  await asked.read(103, 104);

  expect(asked.changes).toEqual([true, false].map((isSpent) => ({ what: 'quota', route: 'user', isSpent })));
});
