import type { FacetName, Facets } from '../domain/facets.ts';
import { type AccountNode, accountWith, type Context, readFacet, showFacet, type UserNode } from './context.ts';

/**
 * The options of a field of an account that shows a facet, or a part of one. The facet is named once and serves twice: the
 * resolver reads it, and whoever holds the selection can tell beforehand what it will ask (see `selection.ts`).
 */
export function fromFacet<Name extends FacetName, Value>(facet: Name, show: (value: Facets[Name]) => Value) {
  return {
    nullable: true as const,
    extensions: { asks: facet },
    resolve: (account: AccountNode) => showFacet(account, facet, show),
  };
}

/** The same for a field of a user: the first account whose source can read the facet answers. */
export function fromFirst<Name extends FacetName, Value>(facet: Name, show: (value: Facets[Name]) => Value) {
  const field = fromFacet(facet, show);
  return {
    ...field,
    resolve: (user: UserNode) => {
      const account = accountWith(user, facet);
      return account === undefined ? null : field.resolve(account);
    },
  };
}

/**
 * A field of a user that all their accounts have a say in. A source that fails is passed over as long as another one knows
 * something; where none does, its reason is given.
 */
export function fromEach<Name extends FacetName, Value>(facet: Name, show: (known: readonly Facets[Name][]) => Value | null) {
  return {
    nullable: true as const,
    extensions: { asksEach: facet },
    resolve: async (user: UserNode, _args: object, context: Context): Promise<Value | null> => {
      const answers = await Promise.allSettled(user.accounts.map((account) => readFacet(account, facet)));
      // What is not null is a value of this facet.
      const known = answers.flatMap((answer) =>
        answer.status === 'fulfilled' && answer.value !== null ? [answer.value as Facets[Name]] : [],
      );
      const shown = show(known);
      const failure = answers.find((answer) => answer.status === 'rejected');
      if (shown === null && failure !== undefined) throw failure.reason;
      if (failure !== undefined) context.onlyForNow();
      return shown;
    },
  };
}
