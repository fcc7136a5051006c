import type { FacetName } from '../domain/facets.ts';
import { ForbiddenError, InputError, SourceError } from '../errors.ts';
import { mostAccounts, mostFilteredPages } from '../sources/calls.ts';
import type { ListQuery } from '../sources/contract.ts';
import { pagesAtMost } from '../sources/walking-cost.ts';
import { type AccountNode, accountById, type Context, mustSeePeople, type OpenSource } from './context.ts';
import { type ConnectionArgs, toWindow } from './list-window.ts';
import { hidesAddresses } from './matching-names.ts';
import type { Selecting } from './selection.ts';

/** Where a field leads at most, told from its arguments alone. Asks nothing; throws where its resolver would without asking. */
export type Leads = (args: Readonly<Record<string, unknown>>, context: Context, selecting: Selecting) => Led;

export interface Led {
  /** Requests made on the way, whatever is selected. */
  readonly calls?: readonly Call[];
  /** Accounts whose holders stand below. */
  readonly holdersOf?: readonly AccountNode[];
  /** Accounts that stand below, by name. */
  readonly accounts?: readonly AccountNode[];
  /** Accounts that asking will find. */
  readonly found?: readonly Found[];
  /** Each of them is asked for even when nothing of it is selected, since there may be none. */
  readonly looks?: true;
  /** How many items the field has where they are no accounts. */
  readonly items?: number;
  /** The requests follow from something that may change, such as how many accounts there are. */
  readonly follows?: true;
}

export interface Call {
  readonly open: OpenSource;
  readonly what: string;
  readonly requests: number;
}

export interface Found {
  readonly open: OpenSource;
  readonly most: number;
  /** Facets that come along with each. */
  readonly brings: readonly FacetName[];
}

/** The accounts that these ids name; a malformed one names none. */
export function accountsNamed(ids: readonly string[], context: Context): AccountNode[] {
  return ids.flatMap((id) => unlessRefused(() => accountById(id, context)) ?? []);
}

/** A window of a source's list, `skipped` of whose rows are not shown. */
export function ledByList(open: OpenSource, query: ListQuery, args: ConnectionArgs, skipped = 0): Led {
  mustSeePeople(open);
  const window = toWindow(args);
  const { pageSize, brings = [] } = open.session().list(query);
  const most = 'first' in window ? window.first : window.last;
  const held = Math.ceil((open.session().population() ?? mostAccounts) / pageSize);
  // Whoever matches by an address that the caller may not see is passed over.
  const hides = query.search !== undefined && hidesAddresses(open);
  const passedOver = hides ? Math.min(mostFilteredPages, held) : 0;
  const requests = pagesAtMost({ pageSize }, window, skipped) + passedOver;
  const led: Led = { calls: [{ open, what: 'list page', requests }], found: [{ open, most, brings }] };
  return hides ? { ...led, follows: true } : led;
}

export function together(leds: readonly Led[]): Led {
  const led = { calls: leds.flatMap(({ calls = [] }) => calls), found: leds.flatMap(({ found = [] }) => found) };
  return leds.some(({ follows }) => follows) ? { ...led, follows: true } : led;
}

/** Undefined for what is refused without asking anybody; `refused` is told why. */
export function unlessRefused<Value>(tell: () => Value, refused?: (reason: Error) => void): Value | undefined {
  try {
    return tell();
  } catch (error) {
    if (error instanceof InputError || error instanceof SourceError || error instanceof ForbiddenError) {
      refused?.(error);
      return undefined;
    }
    throw error;
  }
}

/** The hint itself, its arguments typed as the field beside it declares them. */
export const leading = <Args>(tell: (args: Args, context: Context, selecting: Selecting) => Led) => ({ leads: tell });
