import { expect, test } from 'vitest';
import { readRate } from '../../src/steady/rate-headers.ts';

const now = 1_795_410_000_000;
const told = (limit: string | undefined, remaining: string, reset: string) =>
  readRate(
    (name) => ({ 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset })[name],
    () => new Date(now),
  );
const inOne = (text: string) =>
  readRate(
    (name) => (name === 'ratelimit' ? text : undefined),
    () => new Date(now),
  );

test('less than nothing that is left of a limit is nothing', () => {
  expect(told('10', '-1', '30')).toEqual({ limit: 10, left: 0, resetMs: 31_000 });
  expect(told(undefined, ' -25 ', '30')).toEqual({ limit: undefined, left: 0, resetMs: 31_000 });
  expect(inOne('limit=10, remaining=-1, reset=30')).toEqual({ limit: 10, left: 0, resetMs: 31_000 });
  expect(inOne('"hour";r=-1;t=600')).toEqual({ limit: undefined, left: 0, resetMs: 601_000 });
});

test('where the limit is less than nothing, too, there is none', () => {
  expect(told('-1', '-1', '30')).toBeUndefined();
  expect(inOne('limit=-1, remaining=-1, reset=30')).toBeUndefined();
});

test('a time at which all is there again is read in seconds and in milliseconds', () => {
  expect(['30', '1795410030', '1795410030000', ' 1795410030999 '].map((reset) => told('10', '0', reset)?.resetMs)).toEqual([
    31_000, 31_000, 31_000, 31_000,
  ]);
  expect(told('10', '0', '1795409000000')?.resetMs).toBe(1_000);
  expect(inOne('limit=10, remaining=0, reset=1795410030000')?.resetMs).toBe(31_000);
});

test.for([
  ['10', '', '30'],
  ['10', '-', '30'],
  ['10', '--1', '30'],
  ['10', 'none', '30'],
  ['10', '0', '-1'],
  ['10', '0', '17954100300'],
  ['10', '0', '179541003000'],
  ['10', '0', '0000000000030'],
  ['10', '0', '17954100300000'],
] as const)('of a limit of %s, “%s” left and “%s” for its end say nothing', ([limit, remaining, reset]) => {
  expect(told(limit, remaining, reset)).toBeUndefined();
});
