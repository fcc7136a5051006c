import { ForbiddenError } from '../../errors.ts';
import type { Write } from '../../writing/change.ts';
import type { Seeable } from '../../writing/conduct.ts';
import type { OpenSource } from '../context.ts';

/** Whether what the field was and is may be told: who may change something may not for that alone see it. */
export function maySee({ permit }: OpenSource, { facet }: Seeable): boolean {
  return facet === undefined ? permit.holds('read:private') : permit.mayRead(facet);
}

/** Throws where the answer would tell a caller whether they guessed what they may not see. Asks nothing. */
export function mustSeeExpected(open: OpenSource, write: Write): void {
  const hidden = comparedIn(write).find((field) => !maySee(open, field));
  if (hidden === undefined) return;
  const { permit, source } = open;
  throw hidden.facet === undefined ? new ForbiddenError(source.id, 'read:private') : permit.refuse(hidden.facet);
}

/** What a write is refused for when it is not as expected. */
function comparedIn(write: Write): readonly Seeable[] {
  if (write.sort !== 'change') return [];
  const { fields, guards = [], foreseenBy } = write;
  const expecting = fields.filter(({ expected }) => expected !== undefined);
  return [...expecting, ...guards, ...(foreseenBy === undefined ? [] : [{ facet: foreseenBy }])];
}
