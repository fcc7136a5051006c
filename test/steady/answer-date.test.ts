import { expect, test } from 'vitest';
import { toAnswer } from '../../src/http/answer.ts';

const dateOf = (date: string | undefined): Date =>
  toAnswer({ status: 200, headers: { date }, body: '', bytes: 0, elapsed: 0, sentAt: 0 }).date;

test('an answer is dated by its source, and by our clock where that says nothing that can be read', () => {
  const before = Date.now();
  const ours = ['', undefined, 'yesterday', ''].map((text) => dateOf(text).getTime());
  const after = Date.now();
  const theirs = ['Mon, 23 Nov 2026 05:00:00 GMT', 'Mon, 23 Nov 2026 05:00:00 GMT', 'Mon, 23 Nov 2026 05:00:01 GMT'].map(dateOf);

  expect(ours.every((time) => before <= time && time <= after)).toBe(true);
  expect(theirs.map((date) => date.toISOString())).toEqual([
    '2026-11-23T05:00:00.000Z',
    '2026-11-23T05:00:00.000Z',
    '2026-11-23T05:00:01.000Z',
  ]);
});
