import type { Setup } from './setup.ts';

/** Somebody by their accounts. The Horde's is the primary one. */
export interface Person {
  readonly id: string;
  readonly horde: string | null;
  readonly webui: string | null;
}

export interface People {
  /** By a Horde's own id, or by an Open WebUI's. */
  ofHorde(id: string): Person;
  ofWebui(id: string): Person;
}

export function peopleOf(links: Setup['links']): People {
  const byHorde = new Map(links);
  const byWebui = new Map(links.map(([horde, webui]) => [webui, horde]));
  return {
    ofHorde: (id) => ({ id: `horde:${id}`, horde: id, webui: byHorde.get(id) ?? null }),
    ofWebui: (id) => {
      const horde = byWebui.get(id) ?? null;
      return { id: horde === null ? `webui:${id}` : `horde:${horde}`, horde, webui: id };
    },
  };
}
