import { expect, test } from 'vitest';
import { createWrittenLately } from '../../src/cache/written-lately.ts';

test('who was written to longer ago than can be remembered of so many counts as written when the oldest were let go', () => {
  let time = 1_000;
  const written = createWrittenLately(() => time);
  expect(written.msSince('horde', '1', 30)).toBe(Number.POSITIVE_INFINITY);
  written.note({ source: 'horde', account: '1' });
  time += 500;
  expect([written.msSince('horde', '1', 30), written.msSince('panel', '1', 30)]).toEqual([500, Number.POSITIVE_INFINITY]);

  for (let id = 2; id <= 10_001; id += 1) written.note({ source: 'horde', account: String(id) });
  time += 100;

  expect([written.msSince('horde', '1', 30), written.msSince('horde', '99999', 30)]).toEqual([100, 100]);
});

test('a write of which nobody knows whom it touched is one to everybody for what is long behind, and for nothing else', () => {
  let time = 1_000;
  const written = createWrittenLately(() => time);
  written.note({ source: 'horde', account: null });
  time += 500;

  expect(written.msSince('horde', '1', 310)).toBe(500);
  expect(written.msSince('horde', '1', 30)).toBe(Number.POSITIVE_INFINITY);
  expect(written.msSince('panel', '1', 310)).toBe(Number.POSITIVE_INFINITY);
});
