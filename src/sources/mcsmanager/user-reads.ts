import type { PointRead } from '../contract.ts';
import { forbidden } from './panel.ts';
import type { Users } from './users.ts';

/** Exact and free of secrets, and the same at any size of panel. */
export function userRead({ panel, rows }: Users): PointRead {
  return {
    shape: 'point',
    name: 'user',
    brings: rows.user.brings,
    cost: { requests: 1, bytes: 340 },
    read: async (id) => {
      const outcome = await panel.ask({ endpoint: 'user', query: { uuid: id } }, rows.user.shape);
      if (outcome.kind === 'thrown') {
        // The panel says so of an unknown user and of its own trouble alike. Where all else is well, the user is unknown.
        await panel.verify();
        return null;
      }
      // Whoever is no administrator is shown themselves, whoever was asked for.
      if (outcome.data.uuid !== id) throw forbidden(panel.source);
      panel.trust();
      return rows.user.toRecord(outcome.data);
    },
  };
}
