import { describe, expect, test } from 'vitest';
import { secondsToWait } from '../../src/http/retry-after.ts';
import { outcomes, plain, service, startAsked } from './asked.ts';

const date = 'Sun, 06 Nov 1994 08:49:37 GMT';
const answer = (status: number, headers: Readonly<Record<string, string | undefined>>) => ({
  status,
  header: (name: string) => headers[name],
  date: new Date(date),
});
const waitFor = (said: string | undefined): number | undefined => secondsToWait(answer(503, { 'retry-after': said }));

test.for([
  ['0', 0],
  ['120', 120],
  ['1234567890', 999_999_999],
  ['9'.repeat(400), 999_999_999],
  ['Sun, 06 Nov 1994 08:50:37 GMT', 60],
  ['Sunday, 06-Nov-94 08:50:37 GMT', 60],
  ['Wednesday, 09-Nov-94 08:49:37 GMT', 3 * 86_400],
  ['Sun Nov  6 08:50:37 1994', 60],
  [' Sun, 06 Nov 1994 08:49:39 GMT ', 2],
  ['Sun, 06 Nov 1994 08:40:00 GMT', 0],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 999_999_999],
] as const)('%s is read', ([said, seconds]) => {
  expect(waitFor(said)).toBe(seconds);
});

test.for(
  [
    undefined,
    '',
    'soon',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    '2030-01-01',
    'Sun, 06 Nov 1994 08:50:37',
    'Sun, 06 Nov 1994 08:50:37 +0100',
    'Sun, 99 Nov 1994 08:50:37 GMT',
    'Sun, 06 Nvo 1994 08:50:37 GMT',
  ].map((said) => [said] as const),
)('%s is nothing that can be read', ([said]) => {
  expect(waitFor(said)).toBeUndefined();
});

test.for([
  ['nothing else', {}, 1],
  ['that its limit is used up', { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }, 31],
  // Whatever was too often, it was not this.
  ['that something is left', { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': '3600' }, 1],
  ['that of several limits one is used up', { ratelimit: '"burst";r=10;t=1, "hour";r=0;t=600, "day";r=0;t=50' }, 601],
  ['that its limit is used up, in an older spelling', { ratelimit: 'limit=10, remaining=0, reset=30' }, 31],
  // Who refuses and says “at once” would be asked as often as before.
  ['that it is to be asked at once', { 'retry-after': '0' }, 1],
  ['a time that is past', { 'retry-after': 'Sun, 06 Nov 1994 08:40:00 GMT' }, 1],
  ['both', { 'retry-after': '7', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }, 7],
] as const)('a 429 that says %s is left alone for its seconds', ([, headers, seconds]) => {
  expect(secondsToWait(answer(429, headers))).toBe(seconds);
  expect(secondsToWait(answer(200, headers))).toBeUndefined();
});

describe('a source that says until when it wants to be left alone', () => {
  test.for([
    ['as a time by its own clock, wherever that stands', 'Sun, 06 Nov 1994 08:50:07 GMT', 30],
    ['as a number of seconds that has ten digits, an hour at most', '1234567890', 3_600],
  ] as const)('is: %s', async ([, said, seconds]) => {
    const clock = { at: 0 };
    await using asked = await startAsked({
      options: { now: () => clock.at },
      http: { deadlineMs: 10_000 },
      answer: ({ path }) => (path === '/first' ? plain('later', 429, { date, 'retry-after': said }) : plain(path)),
    });
    await asked.ask('/first');

    clock.at = (seconds - 11) * 1_000;
    expect(await outcomes([asked.ask('/early', service)])).toEqual(['SOURCE_RATE_LIMITED']);
    clock.at = seconds * 1_000;
    expect(await outcomes([asked.ask('/then')])).toEqual(['/then']);

    expect(asked.reached).toEqual(['/first', '/then']);
  });
});

test('a source that refuses and wants to be asked again at once is left alone for a second', async () => {
  await using asked = await startAsked({
    options: { now: () => 0 },
    http: { deadlineMs: 900 },
    answer: () => plain('later', 429, { 'retry-after': '0' }),
  });
  await asked.ask('/first');

  const others = await outcomes(Array.from({ length: 30 }, (_, index) => asked.ask(`/${index}`)));

  expect(others).toEqual(Array.from({ length: 30 }, () => 'SOURCE_RATE_LIMITED'));
  expect(asked.reached).toEqual(['/first']);
});
