import type { Spent } from './cpu-profile.ts';

/** Where the time went: by package and folder, by function alone, and by function with what it called. Shares of all. */
export function formatProfile(spent: readonly Spent[], lines: number): string {
  const all = spent.reduce((sum, { self }) => sum + self, 0);
  const share = (time: number): string => `${((100 * time) / all).toFixed(1).padStart(5)}%`;
  const groups = new Map<string, number>();
  for (const { group, self } of spent) groups.set(group, (groups.get(group) ?? 0) + self);
  const top = (by: 'self' | 'total'): string[] =>
    spent
      .toSorted((one, other) => other[by] - one[by])
      .slice(0, lines)
      .map((each) => `${share(each[by])}  ${each.name.padEnd(32)}  ${each.place === '' ? each.group : each.place}`);
  return [
    'By package and folder, in its own functions',
    ...[...groups]
      .toSorted(([, one], [, other]) => other - one)
      .filter(([, self]) => self > all / 500)
      .map(([name, self]) => `${share(self)}  ${name}`),
    '',
    'By function, in itself',
    ...top('self'),
    '',
    'By function, with what it called',
    ...top('total'),
    '',
  ].join('\n');
}
