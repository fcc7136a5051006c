import type { PointRead } from '../contract.ts';
import { createConfirm } from './confirming.ts';
import { forbidden } from './panel.ts';
import type { Users } from './users.ts';

/** Exact and free of secrets, and the same at any size of panel. */
export function userRead({ panel, rows }: Users): PointRead {
  const confirm = createConfirm();
  return {
    shape: 'point',
    name: 'user',
    brings: rows.user.brings,
    cost: { requests: 1, bytes: 340 },
    confirmsNull: true,
    read: async (id) => {
      const ask = (anew: boolean) => panel.ask({ endpoint: 'user', query: { uuid: id }, anew }, rows.user.shape);
      const outcome = await confirm(ask, panel.verify);
      if (outcome.kind === 'thrown') return null;
      // Whoever is no administrator is shown themselves, whoever was asked for.
      if (outcome.data.uuid !== id) throw forbidden(panel.source);
      return rows.user.toRecord(outcome.data);
    },
  };
}
