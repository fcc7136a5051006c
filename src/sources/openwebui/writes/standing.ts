import { SourceError } from '../../../errors.ts';
import type { Problem } from '../../../writing/change.ts';
import { session } from '../endpoints.ts';
import { OpenWebUISession } from '../wire.ts';
import type { Means } from './means.ts';

/** Who the key's holder is to the source; null where the key may not ask, as keys can be confined to some addresses. */
export async function readStanding({ asker }: Pick<Means, 'asker'>): Promise<OpenWebUISession | null> {
  try {
    return (await asker.askFor(session, OpenWebUISession)).body;
  } catch (error) {
    if (error instanceof SourceError && error.code === 'SOURCE_FORBIDDEN') return null;
    throw error;
  }
}

/** Some of what only administrators may change, others may read, so a dry run would promise too much. */
export const foreseeAdministrator = async (means: Means): Promise<Problem[]> => mustAdminister(means, await readStanding(means));

/** The same of a change that takes an administrator's rights away: done to the service's own account, nothing could be written any more. */
export async function foreseeLosingRights(means: Means, id: string): Promise<Problem[]> {
  const standing = await readStanding(means);
  if (means.keyOf !== 'service' || standing?.id !== id) return mustAdminister(means, standing);
  return [{ kind: 'CONFLICT', fields: [], message: serviceKey }];
}

function mustAdminister({ source }: Means, standing: OpenWebUISession | null): Problem[] {
  if (standing === null || standing.role === 'admin') return [];
  return [{ kind: 'FORBIDDEN', source, message: 'The source lets administrators alone do it.' }];
}

const serviceKey = 'This is the user with whose key Rollcall asks the source; it would shut itself out.';
