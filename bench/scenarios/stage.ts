import type { Population } from '../upstream/messages.ts';

/** Who is there, and who is who. */
export interface Stage extends Population {
  /** Pairs of a Horde's user and an Open WebUI's, without the sources' ids. Everybody has both. */
  readonly links: readonly (readonly [horde: string, webui: string])[];
}

export function stageOf(population: Population): Stage {
  const links = population.webui.flatMap(({ id }, at) => {
    const horde = population.horde[at];
    return horde === undefined ? [] : [[String(horde), id] as const];
  });
  return { ...population, links };
}
