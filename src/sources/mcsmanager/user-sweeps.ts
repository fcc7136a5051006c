import type { FacetName } from '../../domain/facets.ts';
import { SourceError } from '../../errors.ts';
import type { AccountRecord, PointRead, SweepRead } from '../contract.ts';
import { isForbidden } from './panel.ts';
import { readRows, withoutFacets } from './rows.ts';
import { sweepPages } from './sweeping.ts';
import { usersGuessed } from './tally.ts';
import { askUserPage, usersPerPage } from './user-pages.ts';
import { askOverview, type Users } from './users.ts';

export function overviewSweep(users: Users): SweepRead {
  const { panel, rows } = users;
  const { brings } = rows.overview;
  return {
    shape: 'sweep',
    name: 'overview',
    brings,
    partition: onePartition,
    // The panel's own time for it, an eightieth of a single read for each user, is what its bytes weigh.
    cost: (_partition, population = usersGuessed) => ({ requests: 1, bytes: 130 * population }),
    complete: true,
    read: (_partition, wanted) =>
      orOneself(users, brings, wanted, async () => {
        const { data } = await askOverview(users);
        return readRows(data, rows.overview, panel.source);
      }),
  };
}

/**
 * The last resort: each page carries the two-factor secrets of its users in the clear. So a page is weighed as if it cost thirty
 * requests more, and pays only where most users are wanted, or for what nothing else shows.
 */
export function searchSweep(users: Users, user: PointRead): SweepRead {
  const { panel, rows } = users;
  const { brings } = rows.listed;
  const unseen = { mcsManagerSignIn: new SourceError('SOURCE_FAILED', panel.source, { hint: 'Its list changed meanwhile.' }) };
  const sweeping = {
    brings,
    askPage: async (page: number) => {
      const outcome = await askUserPage(users, page, {});
      if (outcome.kind === 'thrown') throw new SourceError('SOURCE_FAILED', panel.source);
      return { rows: readRows(outcome.data.data, rows.listed, panel.source), last: outcome.data.maxPage };
    },
    askOne: async (id: string) => {
      const record = await user.read(id);
      return record === null ? null : { ...record, ...unseen };
    },
  };
  return {
    shape: 'sweep',
    name: 'search',
    brings,
    partition: onePartition,
    cost: (_partition, population = usersGuessed) => {
      const pages = Math.max(1, Math.ceil(population / usersPerPage));
      return { requests: pages, bytes: 280 * population, weight: 30 * pages };
    },
    complete: true,
    confirmsNull: true,
    read: (_partition, wanted) => orOneself(users, brings, wanted, () => sweepPages(wanted, sweeping)),
  };
}

const onePartition = (): string => '';

/** With an ordinary user's key nobody is swept, but the refusal has told whose key it is, and those facts are theirs to have. */
async function orOneself(
  { panel, rows }: Users,
  brings: readonly FacetName[],
  wanted: ReadonlySet<string>,
  sweep: () => Promise<ReadonlyMap<string, AccountRecord>>,
): Promise<ReadonlyMap<string, AccountRecord>> {
  try {
    return await sweep();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const { data } = await panel.self();
    const refused = withoutFacets(brings, error);
    const own = { ...refused, ...rows.user.toRecord(data) };
    return new Map([...wanted].map((id) => [id, id === data.uuid ? own : refused]));
  }
}
