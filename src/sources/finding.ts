import type { FacetName, Facets } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import type { AccountRecord, Derivation } from './contract.ts';
import type { Reading } from './readings.ts';
import type { SharedReads } from './shared-reads.ts';

/** All that can be said of a facet of an account, once the reads for it have ended. */
export type Finding =
  | { readonly is: 'value'; readonly value: Facets[FacetName] }
  /** Whoever was to bring it has answered, without it. */
  | { readonly is: 'nothing' }
  /** Whoever was to bring it failed or refused. */
  | { readonly is: 'failed'; readonly reason: unknown }
  /** A sweep was to bring it, and the account slipped through. */
  | { readonly is: 'missed' }
  /** Nobody could bring it. */
  | { readonly is: 'unsupported' };

export interface Grounds {
  readonly record: AccountRecord;
  readonly readings: readonly Reading[];
  readonly derivations: readonly Derivation[];
  readonly shared: SharedReads;
  /** Whether whoever was to bring it has answered without it, in this operation or in an earlier one. */
  lacks(facet: FacetName): boolean;
}

/** Looks in the record first, then tries to derive, then says why neither led to anything. */
export async function findFacet(facet: FacetName, grounds: Grounds): Promise<Finding> {
  const told = grounds.record[facet];
  if (told !== undefined) return asFinding(told);

  let reason: Finding = { is: 'unsupported' };
  for (const derivation of grounds.derivations) {
    if (derivation.facet !== facet) continue;
    const finding = await derive(derivation, grounds);
    if (finding.is === 'value') return finding;
    if (reason.is === 'unsupported') reason = finding;
  }
  return whatBecameOf(facet, grounds.readings) ?? (grounds.lacks(facet) ? { is: 'nothing' } : reason);
}

async function derive(derivation: Derivation, grounds: Grounds): Promise<Finding> {
  // A derivation that leads back to itself is not followed round again.
  const others = { ...grounds, derivations: grounds.derivations.filter((other) => other !== derivation) };
  const bases = new Map<FacetName, Facets[FacetName]>();
  let lacking: Finding | undefined;
  for (const facet of derivation.from) {
    const base = await findFacet(facet, others);
    if (base.is === 'value') bases.set(facet, base.value);
    // A base may not have been asked for because another one could not be had: what became of that one says more.
    else if (lacking === undefined || lacking.is === 'unsupported') lacking = base;
  }
  if (lacking !== undefined) return lacking;
  // The plan did not go this way.
  if (!derivation.shared.every(grounds.shared.started)) return { is: 'unsupported' };
  try {
    const shared = new Map<string, unknown>();
    for (const name of derivation.shared) shared.set(name, (await grounds.shared.found(name)).value);
    const derived = derivation.derive({ ...grounds.record, ...Object.fromEntries(bases) }, shared);
    return asFinding(derived[derivation.facet]);
  } catch (reason) {
    return { is: 'failed', reason };
  }
}

function asFinding(value: Facets[FacetName] | SourceError | undefined): Finding {
  if (value === undefined) return { is: 'nothing' };
  return value instanceof SourceError ? { is: 'failed', reason: value } : { is: 'value', value };
}

/** Undefined: no read was made that brings the facet. */
function whatBecameOf(facet: FacetName, readings: readonly Reading[]): Finding | undefined {
  const states = readings.filter(({ read }) => read.brings.includes(facet)).map(({ state }) => state);
  const failed = states.find((state) => state.is === 'failed');
  if (failed !== undefined) return failed;
  if (states.some((state) => state.is === 'answered')) return { is: 'nothing' };
  return states.some((state) => state.is === 'missed') ? { is: 'missed' } : undefined;
}
