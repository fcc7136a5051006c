import { expect, test } from 'vitest';
import { classOf } from '../../src/access/credential.ts';
import { createLedger } from '../../src/steady/ledger.ts';
import type { QuotaSettings, RouteLimit } from '../../src/steady/limits.ts';
import { caller } from './asked.ts';

function startLedger(limit: RouteLimit | undefined, quota: QuotaSettings = { enabled: true, share: 1 }) {
  const clock = { at: 0 };
  const told: string[] = [];
  const ledger = createLedger(
    limit === undefined ? {} : { thing: [limit] },
    quota,
    () => clock.at,
    (route, isSpent) => void told.push(`${route} ${isSpent ? 'is spent' : 'is there'}`),
  );
  return {
    clock,
    told,
    /** Whether it may be asked; if so it is, and answered at once. */
    ask: (route = 'thing', name = 'ann'): boolean => {
      const counted = { route, method: 'GET', path: '/', credential: classOf(caller(name)) };
      const windows = ledger.windowsOf(counted);
      if (ledger.waitOf(counted, windows) > 0) return false;
      for (const window of windows) window.take();
      for (const window of windows) window.settle();
      return true;
    },
  };
}

test('a route that is asked for all that it allows is told of once, though each place is taken as soon as it is free', () => {
  const { clock, told, ask } = startLedger({ requests: 60, seconds: 60, countedBy: 'address' });

  let asked = 0;
  // A place is free once in a second, and ten ask for it.
  for (; clock.at < 600_000; clock.at += 100) if (ask()) asked += 1;

  expect(asked).toBe(600);
  expect(told).toEqual(['thing is spent']);
});

test('it is there again when a tenth of it is', () => {
  const { clock, told, ask } = startLedger({ requests: 20, seconds: 60, countedBy: 'address' });
  for (; clock.at < 21_000; clock.at += 1_000) ask();

  clock.at = 60_000;
  expect(ask()).toBe(true);
  expect(told).toEqual(['thing is spent']);
  clock.at = 62_000;
  expect(ask()).toBe(true);
  expect(told).toEqual(['thing is spent', 'thing is there']);
});

test('a budget for everything is told of by itself, and not by each route', () => {
  const { clock, told, ask } = startLedger(undefined, { enabled: true, share: 1, perMinute: 3 });

  for (const route of ['a', 'b', 'c', 'd', 'e', 'f', 'd']) ask(route);
  clock.at = 60_001;
  for (const route of ['d', 'e']) ask(route);

  expect(told).toEqual(['* is spent', '* is there']);
});

test('a route that each key may ask so often is told of once, though some may ask and some may not', () => {
  const { clock, told, ask } = startLedger({ requests: 1, seconds: 60, countedBy: 'credential' });

  for (const name of ['ann', 'ann', 'ben', 'ben', 'cleo', 'ann']) ask('thing', name);
  expect(told).toEqual(['thing is spent']);
  // Neither of those who had to wait comes back.
  clock.at = 60_001;
  ask('thing', 'dan');

  expect(told).toEqual(['thing is spent', 'thing is there']);
});
