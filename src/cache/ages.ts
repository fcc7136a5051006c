import type { FacetName } from '../domain/facets.ts';

/** For how long something may be used, in seconds. The latter two begin where `fresh` ends. */
export interface Age {
  /** Nobody asks for it again. */
  readonly fresh: number;
  /** It is the answer, and is read anew behind the answer's back. */
  readonly staleWhileRevalidate: number;
  /** It is the answer if the source cannot give a newer one. */
  readonly staleIfError: number;
}

/** What a kind of source says about how long its answers are good for. */
export interface SourceAges {
  /** Every facet of the kind. */
  readonly facets: { readonly [F in FacetName]?: Age };
  /** Facets that are not keyed by the ids of users. Any write to the source may have changed them. */
  readonly besides: ReadonlySet<FacetName>;
  /** Pages of lists. Like what is below, they are not read anew behind the answer, as the pages of a window have to fit together. */
  readonly list: Age;
  /** Who was found by a name or a search. */
  readonly lookup: Age;
  /** What is the same for all accounts. */
  readonly shared: Age;
  /** Seconds for which it is believed that nobody has an id, or is called so. */
  readonly nobody: number;
}

/** What else than a facet has an age, without a `staleWhileRevalidate`. */
export const otherAges = ['list', 'lookup', 'shared'] as const;

export const age = (fresh: number, staleWhileRevalidate: number, staleIfError: number): Age => ({
  fresh,
  staleWhileRevalidate,
  staleIfError,
});

/** Not kept at all. */
export const never: Age = age(0, 0, 0);

/** For kinds that say nothing, and for facets that a kind has forgotten: shorter than anybody reads twice on purpose. */
export const usualAge: Age = age(5, 0, 60);

export const usualAges: SourceAges = {
  facets: {},
  besides: new Set(),
  list: usualAge,
  lookup: usualAge,
  shared: usualAge,
  nobody: 5,
};

// A facet of an added kind is looked up like any text.
export const ageOf = (facet: string, { facets }: SourceAges): Age => (facets as Readonly<Record<string, Age>>)[facet] ?? usualAge;

/** The longest that it is of use to anybody. */
export const lifetime = ({ fresh, staleWhileRevalidate, staleIfError }: Age): number =>
  fresh + Math.max(staleWhileRevalidate, staleIfError);

/** False for what is not kept at all. */
export const isKept = (facet: string, ages: SourceAges): boolean => lifetime(ageOf(facet, ages)) > 0;

/** Clocks are set back: what seems to have been read later than now, by more milliseconds than this, has an age that nobody knows. */
export const aheadMs = 1_000;
