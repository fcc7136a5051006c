import type { Shelf } from '../cache/shelf.ts';
import type { FacetName, Facets } from '../domain/facets.ts';
import { leadingTo } from './closure.ts';
import type { Provenance, SourceSession } from './contract.ts';
import type { Knowledge, Part } from './knowledge.ts';
import type { SharedReads } from './shared-reads.ts';

/** How old what an operation was told about an account is: as old as the oldest part of it. */
export interface Told extends Provenance {
  readonly fetchedAt: Date;
  /** Seconds since then. */
  readonly age: number;
}

/** Keeps account of ages for one operation. */
export interface Ageing {
  fetchedAt(id: string): Date | null;
  /** Once nothing is under way for the account. Null: nothing is known, or nobody has this id. */
  freshness(id: string): Promise<Told | null>;
  /**
   * To be called before a facet is computed: what is learned while that is done is not what it is computed of. The function that comes
   * back takes what came of it, which is as old as the oldest that it was computed of.
   */
  deriving(id: string, facet: FacetName): (value: Facets[FacetName]) => Promise<void>;
}

/** `asked`: by account, all that was asked of it. */
export function createAgeing(
  session: Pick<SourceSession, 'derivations'>,
  shelf: Shelf,
  knowledge: Knowledge,
  shared: SharedReads,
  asked: ReadonlyMap<string, readonly Promise<unknown>[]>,
): Ageing {
  async function commonsOf(facet: FacetName): Promise<Aged[]> {
    const ways = session.derivations.filter((way) => way.facet === facet);
    const names = new Set(ways.flatMap((way) => way.shared).filter((name) => shared.started(name)));
    const settled = await Promise.allSettled([...names].map((name) => shared.found(name)));
    return settled.flatMap((one) =>
      one.status === 'fulfilled' ? [{ at: one.value.readAt, origin: one.value.origin, stale: one.value.stale, lag: 0 }] : [],
    );
  }

  return {
    fetchedAt: (id) => {
      const oldest = oldestOf(knowledge.partsOf(id));
      return oldest === null ? null : new Date(oldest.at);
    },
    freshness: async (id) => {
      // Fields beside this one ask in the same breath.
      await Promise.resolve();
      await Promise.allSettled(asked.get(id) ?? []);
      const oldest = oldestOf(knowledge.partsOf(id));
      if (oldest === null || knowledge.about(id) === null) return null;
      const { at, ...provenance } = oldest;
      const fetchedAt = new Date(at);
      return { ...provenance, fetchedAt, age: Math.max(0, shelf.now() - fetchedAt.getTime()) / 1_000 };
    },
    deriving: (id, facet) => {
      const bases = [...leadingTo([facet], session.derivations)].flatMap((base) => knowledge.partWith(id, base) ?? []);
      return async (value) => {
        const oldest = oldestOf([...bases, ...(await commonsOf(facet))]);
        knowledge.learn(id, { [facet]: value }, oldest ?? { at: shelf.now(), ...justAsked });
      };
    },
  };
}

export const justAsked: Provenance = { origin: 'SOURCE', stale: false, lag: 0 };

type Aged = Provenance & Pick<Part, 'at'>;

/** All together are as old as the oldest of them. */
function oldestOf(parts: readonly Aged[]): Aged | null {
  const [first, ...others] = parts;
  if (first === undefined) return null;
  const { at, origin } = others.reduce((oldest, part) => (part.at < oldest.at ? part : oldest), first);
  return { at, origin, stale: parts.some(({ stale }) => stale), lag: Math.max(...parts.map(({ lag }) => lag)) };
}
