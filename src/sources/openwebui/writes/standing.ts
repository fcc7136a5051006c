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
export async function foreseeAdministrator(means: Means): Promise<Problem[]> {
  const standing = await readStanding(means);
  if (standing === null || standing.role === 'admin') return [];
  return [{ kind: 'FORBIDDEN', source: means.source, message: 'The source lets administrators alone do it.' }];
}
