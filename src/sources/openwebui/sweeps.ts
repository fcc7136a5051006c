import type { AccountRecord, Count, PointRead, SweepRead } from '../contract.ts';
import type { Asker } from './asking.ts';
import { usersAll } from './endpoints.ts';
import type { Fallback } from './fallback.ts';
import { pageSize, type ReadPage, safeOrder, slimPages, toSlimRow, wholePages } from './pages.ts';
import type { Population } from './population.ts';
import { listedFacets, slimFacets } from './records.ts';
import { OpenWebUIUserPage } from './wire.ts';

type Swept = Map<string, AccountRecord>;

/** Measured on answers of 0.6.42 and 0.11.0; a whole row grows with what its user has set and with a picture kept in it. */
const slimRowBytes = 250;
const wholeRowBytes = 2_500;
/** What a server is taken to hold until it has said how many. Guessing low costs one page, since a long sweep stops by itself. */
const usualPopulation = 100;
const pagesAtOnce = 3;

/** Everybody in one answer, but little of each. A key that may not see it reads the search pages instead. */
export const allUsersSweep = (asker: Asker, fallback: Fallback, population: Population, one: PointRead): SweepRead => ({
  shape: 'sweep',
  name: 'all',
  brings: slimFacets,
  partition: () => 'everybody',
  cost: (_partition, count = usualPopulation) => ({ requests: 1, bytes: count * slimRowBytes }),
  complete: true,
  read: (_partition, wanted) =>
    fallback.ask(
      'all',
      async () => {
        const { body } = await asker.askFor(usersAll, OpenWebUIUserPage);
        population.learn(body.total);
        return new Map(body.users.map((row) => [row.id, toSlimRow(row, asker.source)]));
      },
      async () => {
        const swept = await sweepPages(slimPages(asker), wanted, population);
        return readMissing(swept, wanted, one);
      },
    ),
});

/** Whole records, thirty at a time. */
export const listedUsersSweep = (asker: Asker, fallback: Fallback, population: Population, one: PointRead): SweepRead => ({
  shape: 'sweep',
  name: 'list',
  brings: listedFacets,
  partition: () => 'everybody',
  cost: (_partition, count = usualPopulation) => ({
    requests: Math.max(1, Math.ceil(count / pageSize)),
    bytes: count * wholeRowBytes,
    rounds: 1 + Math.ceil(Math.max(0, Math.ceil(count / pageSize) - 1) / pagesAtOnce),
  }),
  // A sign-up or deletion between two pages moves somebody across their border.
  complete: false,
  read: (_partition, wanted) =>
    fallback.ask<Swept>(
      'list',
      () => sweepPages(wholePages(asker), wanted, population),
      // No page shows this key more than names.
      () => readMissing(new Map(), wanted, one),
    ),
});

/** No server has so many users, so the page is empty and tells their number only. */
const pageOfNobody = 1_000_000;

/** The size of the server, for a request of some 30 bytes. */
export const countUsers = (asker: Asker, population: Population): Count => ({
  cost: { requests: 1, bytes: 30 },
  most: 10_000,
  ask: async () => population.learn((await slimPages(asker)(pageOfNobody, safeOrder)).total),
});

/** Reads until every wanted id has come, or until asking for what is missing one by one takes no more requests. */
async function sweepPages(readPage: ReadPage, wanted: ReadonlySet<string>, population: Population): Promise<Swept> {
  const swept: Swept = new Map();
  const take = async (index: number): Promise<number> => {
    const { accounts, total } = await readPage(index, safeOrder);
    for (const { id, record } of accounts) swept.set(id, record);
    return total;
  };
  const total = await take(0);
  population.learn(total);

  const pages = Math.ceil(total / pageSize);
  const missing = (): number => [...wanted].filter((id) => !swept.has(id)).length;
  for (let next = 1; next < pages && missing() > 0 && missing() >= pages - next; next += pagesAtOnce) {
    const batch = Array.from({ length: Math.min(pagesAtOnce, pages - next) }, (_, offset) => take(next + offset));
    await Promise.all(batch);
  }
  return swept;
}

/** Who is still missing is asked for singly; who is unknown stays missing. */
async function readMissing(swept: Swept, wanted: ReadonlySet<string>, one: PointRead): Promise<Swept> {
  const missing = [...wanted].filter((id) => !swept.has(id));
  const records = await Promise.all(missing.map(async (id) => [id, await one.read(id)] as const));
  for (const [id, record] of records) if (record !== null) swept.set(id, record);
  return swept;
}
