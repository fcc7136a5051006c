import type { FacetName, Facets } from '../domain/facets.ts';

/** What one read told about an account; errors are not among it. */
export interface Layer {
  /** When that read began, in milliseconds since 1970. */
  readonly readAt: number;
  /** Seconds by which the source's own cache may have been behind then. */
  readonly lag: number;
  readonly facets: { readonly [F in FacetName]?: Facets[F] };
  /** Facets that the read was to bring, and of which the account has nothing to show. */
  readonly nothing: readonly FacetName[];
}

/** All that is kept of one account: when somebody said that nobody has its id, or what was told, each facet in one layer only. */
export type KeptAccount = { readonly nobodyAt: number } | { readonly layers: readonly Layer[] };

export const isNobody = (kept: KeptAccount): kept is { readonly nobodyAt: number } => 'nobodyAt' in kept;

export const newestOf = (kept: KeptAccount): number =>
  isNobody(kept) ? kept.nobodyAt : Math.max(0, ...kept.layers.map(({ readAt }) => readAt));

/** Both together; of what both tell, the newer. Who is gone is not brought back by what was told of them before. */
export function mergeKept(one: KeptAccount | undefined, other: KeptAccount): KeptAccount {
  if (one === undefined) return other;
  if (isNobody(one) || isNobody(other)) return newestOf(other) >= newestOf(one) ? other : one;
  const newestFirst = [...other.layers, ...one.layers].sort((left, right) => right.readAt - left.readAt);
  const seen = new Set<string>();
  const layers = newestFirst.flatMap((layer) => {
    const rest = withoutSeen(layer, seen);
    for (const facet of facetsOf(layer)) seen.add(facet);
    return rest === null ? [] : [rest];
  });
  return { layers };
}

/**
 * Without those facets that are known better: a source's own cache, such as for its lists, may be behind what it told of the account
 * before. That stands as long as it is `fresh`, by facet and when it was read.
 */
export function withoutBetterKnown(
  layer: Layer,
  before: KeptAccount | undefined,
  fresh: (facet: FacetName, readAt: number) => boolean,
): Layer {
  if (layer.lag === 0 || before === undefined || isNobody(before)) return layer;
  const better = before.layers
    .filter((known) => trueAt(known) > trueAt(layer))
    .flatMap((known) => facetsOf(known).filter((facet) => fresh(facet, known.readAt)));
  const isBetter = new Set<string>(better);
  return better.length === 0 ? layer : onlyWith(layer, (facet) => !isBetter.has(facet));
}

/** Whether somebody said later than the layer was true for certain that nobody has this id. */
export const wasGoneSince = (layer: Layer, before: KeptAccount | undefined): before is { readonly nobodyAt: number } =>
  before !== undefined && isNobody(before) && before.nobodyAt > trueAt(layer);

/** When it was so for certain, in milliseconds since 1970. */
const trueAt = ({ readAt, lag }: Layer): number => readAt - 1_000 * lag;

/**
 * Without what was read later than that, by a clock that has been set back since: nobody can tell how old it is, and it would pass for
 * newer than all that is read from now on. Undefined when nothing is left.
 */
export function readUntil(latest: number, kept: KeptAccount | undefined): KeptAccount | undefined {
  if (kept === undefined || newestOf(kept) <= latest) return kept;
  return isNobody(kept) ? undefined : onlyLayers(kept, ({ readAt }) => readAt <= latest);
}

/** Undefined when nothing is left. */
export function onlyLayers(kept: KeptAccount, isBelieved: (layer: Layer) => boolean): KeptAccount | undefined {
  if (isNobody(kept)) return kept;
  const layers = kept.layers.filter(isBelieved);
  return layers.length === 0 ? undefined : { layers };
}

/** Null when nothing is left of it. */
function withoutSeen(layer: Layer, seen: ReadonlySet<string>): Layer | null {
  const facets = facetsOf(layer);
  const left = facets.filter((facet) => !seen.has(facet));
  if (left.length === 0) return null;
  return left.length === facets.length ? layer : onlyWith(layer, (facet) => !seen.has(facet));
}

export const onlyWith = (layer: Layer, isWanted: (facet: string) => boolean): Layer => ({
  ...layer,
  facets: Object.fromEntries(Object.entries(layer.facets).filter(([facet]) => isWanted(facet))),
  nothing: layer.nothing.filter(isWanted),
});

/** The account without these facets. */
export function without(refused: readonly FacetName[], kept: KeptAccount): KeptAccount {
  if (refused.length === 0 || isNobody(kept)) return kept;
  const seen = new Set<string>(refused);
  return { layers: kept.layers.flatMap((layer) => withoutSeen(layer, seen) ?? []) };
}

// Facet names are the only keys that a layer's type allows.
const facetsOf = ({ facets, nothing }: Layer): FacetName[] => [...(Object.keys(facets) as FacetName[]), ...nothing];

/** For what another process has written: its outline only, as both are of one release. */
export function isKeptAccount(value: unknown): value is KeptAccount {
  if (!isObject(value)) return false;
  if ('nobodyAt' in value) return typeof value.nobodyAt === 'number';
  return 'layers' in value && Array.isArray(value.layers) && value.layers.length > 0 && value.layers.every(isLayer);
}

const isLayer = (value: unknown): boolean =>
  isObject(value) &&
  'readAt' in value &&
  typeof value.readAt === 'number' &&
  'lag' in value &&
  typeof value.lag === 'number' &&
  'facets' in value &&
  isObject(value.facets) &&
  'nothing' in value &&
  Array.isArray(value.nothing);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
