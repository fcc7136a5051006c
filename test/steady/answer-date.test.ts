import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toAnswer } from '../../src/http/answer.ts';

const ours = '2026-11-23T05:00:10.500Z';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date(ours) }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const dateOf = (date: string | undefined): Date =>
  toAnswer({ status: 200, headers: { date }, body: '', bytes: 0, elapsed: 0, sentAt: 0 }).date;
const timeOf = (date: string | undefined): string => dateOf(date).toISOString();

test('an answer is dated by its source, in any of the three forms that a date of HTTP has, wherever we are', () => {
  vi.stubEnv('TZ', 'Asia/Tokyo');
  const usual = 'Mon, 23 Nov 2026 05:00:00 GMT';

  expect([usual, usual, 'Mon, 23 Nov 2026 05:00:01 GMT'].map(timeOf)).toEqual([
    '2026-11-23T05:00:00.000Z',
    '2026-11-23T05:00:00.000Z',
    '2026-11-23T05:00:01.000Z',
  ]);
  expect(timeOf('Monday, 23-Nov-26 05:00:02 GMT')).toBe('2026-11-23T05:00:02.000Z');
  expect(timeOf('Mon Nov 23 05:00:03 2026')).toBe('2026-11-23T05:00:03.000Z');
  expect(dateOf(usual)).toBe(dateOf(usual));
});

test.for(
  [
    undefined,
    '',
    'yesterday',
    '0',
    '-1',
    '1970',
    '1795410000',
    '-271821-04-20T00:00:00Z',
    '2026-11-23T05:00:00Z',
    'Mon, 23 Nov 2026 05:00:00',
    'Mon, 23 Nov 2026 05:00:00 +0100',
    'Mon, 99 Nov 2026 05:00:00 GMT',
  ].map((text) => [text] as const),
)('%s is no date of HTTP: our clock dates the answer', ([text]) => {
  expect([text, text].map(timeOf)).toEqual([ours, ours]);
});

test('a source’s clock is believed, however far it is from ours', () => {
  expect(timeOf('Sun, 06 Nov 1994 08:49:37 GMT')).toBe('1994-11-06T08:49:37.000Z');
});
