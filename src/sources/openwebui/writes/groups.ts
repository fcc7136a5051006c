import { SourceError } from '../../../errors.ts';
import type { Problem } from '../../../writing/change.ts';
import { groups } from '../endpoints.ts';
import { type OpenWebUIGroupAnswer, OpenWebUIGroupList } from '../wire.ts';
import type { Means } from './means.ts';
import { readStanding } from './standing.ts';

/** The groups that the key may see; for an administrator's, all. */
export async function readGroups({ asker }: Means): Promise<readonly OpenWebUIGroupAnswer[]> {
  return (await asker.askFor(groups, OpenWebUIGroupList)).body;
}

/**
 * Read from the list: asked for singly, an unknown group is told as a missing sign-in up to 0.11. What is not in the list is not
 * there only if the key sees all of them.
 */
export async function readGroup(means: Means, id: string): Promise<OpenWebUIGroupAnswer | null> {
  const group = (await readGroups(means)).find((candidate) => candidate.id === id);
  if (group !== undefined) return group;
  if ((await readStanding(means))?.role !== 'admin') throw new SourceError('SOURCE_FORBIDDEN', means.source);
  return null;
}

/** Why the group cannot have this parent. `id` is undefined for a group yet to be made. */
export async function foreseeParent(means: Means, id: string | undefined, parentGroupId: string | null): Promise<Problem[]> {
  if (!(await means.release.isAtLeast([0, 12, 0]))) {
    const message = 'The source cannot do this. Groups have parents from release 0.12 on.';
    return [{ kind: 'SOURCE_FAILED', source: means.source, code: 'SOURCE_UNSUPPORTED', retryable: false, message }];
  }
  if (parentGroupId === null) return [];
  const byId = new Map((await readGroups(means)).map((group) => [group.id, group]));
  const line = new Set<string>();
  let above: string | null | undefined = parentGroupId;
  while (above != null && !line.has(above)) {
    line.add(above);
    above = byId.get(above)?.parent_group_id;
  }
  const invalid = (message: string): Problem[] => [{ kind: 'INVALID', field: 'parentGroupId', message }];
  if (!byId.has(parentGroupId)) return invalid('There is no such group.');
  return id !== undefined && line.has(id) ? invalid('A group cannot be above itself.') : [];
}
