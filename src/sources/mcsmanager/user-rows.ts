import type { FacetName } from '../../domain/facets.ts';
import type { DateReader } from './dates.ts';
import { toListedRecord, toOverviewRecord, toUserRecord } from './map.ts';
import type { RowReader } from './rows.ts';
import { McsManagerListedUser, McsManagerOverviewUser, McsManagerUser } from './wire.ts';

export const overviewFacets = [
  'identity',
  'role',
  'presence',
  'instanceRefs',
  'permissions',
] as const satisfies readonly FacetName[];
const userFacets = [...overviewFacets, 'registration', 'mcsManagerSecurity'] as const satisfies readonly FacetName[];
export const listedFacets = [...userFacets, 'mcsManagerSignIn'] as const satisfies readonly FacetName[];

/** The three ways in which the panel shows a user, from the scantest to the fullest. */
export interface UserRows {
  readonly overview: RowReader<McsManagerOverviewUser>;
  readonly user: RowReader<McsManagerUser>;
  readonly listed: RowReader<McsManagerListedUser>;
}

export function createUserRows(readDate: DateReader): UserRows {
  return {
    overview: { shape: McsManagerOverviewUser, brings: overviewFacets, toRecord: (row) => toOverviewRecord(row, readDate) },
    user: { shape: McsManagerUser, brings: userFacets, toRecord: (row) => toUserRecord(row, readDate) },
    listed: { shape: McsManagerListedUser, brings: listedFacets, toRecord: (row) => toListedRecord(row, readDate) },
  };
}
