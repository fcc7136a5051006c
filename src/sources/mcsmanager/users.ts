import type { Told } from './asking.ts';
import type { Panel } from './panel.ts';
import type { Tally } from './tally.ts';
import type { UserRows } from './user-rows.ts';
import { McsManagerOverview } from './wire.ts';

/** What every way to the panel's users needs. */
export interface Users {
  readonly panel: Panel;
  readonly tally: Tally;
  readonly rows: UserRows;
}

/** All of them in one answer, during which the panel does nothing else. */
export async function askOverview({ panel, tally }: Users): Promise<Told<readonly unknown[]>> {
  const told = await panel.demand({ endpoint: 'overview' }, McsManagerOverview);
  tally.users = told.data.length;
  return told;
}
