import type { TypedDocumentNode } from '@apollo/client';
import { useFragment, useLazyQuery } from '@apollo/client/react';
import { type Fault, faultsAt } from './faults.ts';
import { useMember } from './member/member-context.ts';

/** A deferred part of a page: what has come of it, what went wrong with it, and a way to ask for it alone. */
export type Part<Data> = {
  readonly faults: readonly Fault[];
  readonly asking: boolean;
  readonly askAgain: () => void;
} & ({ readonly state: 'waiting' | 'missing' } | { readonly state: 'there'; readonly data: Data });

interface PartOptions<Data> {
  readonly fragment: TypedDocumentNode<Data, Record<string, never>>;
  readonly name: string;
  readonly of: { readonly __typename: string; readonly id: string };
  /** Where it stands in the page's answer. */
  readonly path: readonly (string | number)[];
  /** Fields there, of which alone it is made; absent: all of them. */
  readonly only?: readonly string[];
  /** Asks for the same fragment and nothing else. */
  readonly again: TypedDocumentNode<unknown, { id: string }>;
}

/** Reads the fragment from the cache, where the page's answer and any later one put it. */
export function usePart<Data>({ fragment, name, of, path, only, again }: PartOptions<Data>): Part<Data> {
  const page = useMember();
  const found = useFragment({ fragment, fragmentName: name, from: of });
  const [ask, later] = useLazyQuery(again, { fetchPolicy: 'network-only', errorPolicy: 'all' });
  const wasAskedAgain = later.called && !later.loading;
  const rest = {
    faults: wasAskedAgain ? faultsAt(later.error, []) : faultsAt(page.error, path, only),
    asking: later.called && later.loading,
    askAgain: () => void ask({ variables: { id: of.id } }),
  };
  // Complete: each field of the fragment is there.
  if (found.complete) return { ...rest, state: 'there', data: found.data as Data };
  return { ...rest, state: page.loading ? 'waiting' : 'missing' };
}
