import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { secondsToWait } from '../../src/http/retry-after.ts';

const now = Date.parse('2026-11-23T05:00:00Z');

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }));
afterEach(() => void vi.useRealTimers());

const [second, day] = [1_000, 86_400_000];

// Milliseconds from our clock.
test.for([
  ['a clock that goes right', 0, 30 * second, 30],
  ['a clock that goes right, for days', 0, 3 * day, 3 * 86_400],
  ['a clock that is a minute behind', -60 * second, -30 * second, 30],
  ['a clock that is a minute ahead', 60 * second, 90 * second, 30],
  ['a clock that is a day behind', -day, -day + 30 * second, 30],
  ['a clock that is years behind', -4_000 * day, -4_000 * day + 30 * second, 30],
  ['a clock that is years ahead', 4_000 * day, 4_000 * day + 30 * second, 30],
  ['a date of 1970 beside a clock that goes right', -now, 30 * second, 30],
  ['a date of years to come beside a clock that goes right', 4_000 * day, 30 * second, 30],
] as const)('a time by %s is as far away as it is meant to be', ([, date, time, seconds]) => {
  const wait = (headers: Readonly<Record<string, string>>): number | undefined =>
    secondsToWait({ status: 429, header: (name) => headers[name], date: new Date(now + date) });

  expect(wait({ 'retry-after': new Date(now + time).toUTCString() })).toBe(seconds);
  // One more, for either was cut to whole seconds.
  expect(wait({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String((now + time) / 1_000) })).toBe(seconds + 1);
});
