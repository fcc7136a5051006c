import { isConfidential } from '../access/facet-scopes.ts';
import { ageOf } from '../cache/ages.ts';
import type { Shelf } from '../cache/shelf.ts';
import type { FacetName } from '../domain/facets.ts';
import { leadingTo } from './closure.ts';
import type { SourceSession } from './contract.ts';
import type { Knowledge } from './knowledge.ts';

/** Notes for how long what an operation shows of accounts stays fresh. Does nothing where nobody wants to know. */
export interface Lasting {
  shown(id: string, facet: FacetName): void;
  /** Whatever is shown instead, a later try may show more. */
  failed(): void;
}

export function createLasting({ derivations }: Pick<SourceSession, 'derivations'>, shelf: Shelf, knowledge: Knowledge): Lasting {
  const { shown, ages } = shelf;
  if (shown === undefined) return unasked;

  /** What is computed is fresh as long as all that it was computed of. What accounts share is noted when it is read. */
  function momentsOf(id: string, facet: FacetName): { at: number; seconds: number }[] {
    if (knowledge.about(id) === null) return knowledge.partsOf(id).map(({ at }) => ({ at, seconds: ages.nobody }));
    return [...leadingTo([facet], derivations)].flatMap((each) => {
      const part = knowledge.partWith(id, each);
      return part === undefined ? [] : [{ at: part.at, seconds: ageOf(each, ages).fresh }];
    });
  }

  return {
    shown: (id, facet) => {
      const moments = momentsOf(id, facet);
      if (moments.length === 0 || isConfidential(facet)) shown.end();
      for (const { at, seconds } of moments) shown.holds(at, seconds);
    },
    failed: shown.end,
  };
}

const unasked: Lasting = { shown: () => undefined, failed: () => undefined };
