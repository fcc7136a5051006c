import type { FacetName } from '../../domain/facets.ts';
import { SourceError } from '../../errors.ts';
import type { AccountRecord } from '../contract.ts';
import { withoutFacets } from './rows.ts';

export interface SweptPage {
  readonly rows: ReadonlyMap<string, AccountRecord>;
  /** The number of the last page there is; they count from 1. */
  readonly last: number;
}

export interface Sweeping {
  readonly brings: readonly FacetName[];
  askPage(page: number): Promise<SweptPage>;
  askOne(id: string): Promise<AccountRecord | null>;
  /** Where asking singly brings as much as a page: so many pages more are then not read for fewer who are missing. */
  readonly singlyIsAsGood?: boolean;
}

/**
 * Pages in turn, until everybody wanted has come, or until asking for the rest singly takes fewer requests. That is decided after each
 * page anew, and so takes at most twice the requests of the better of the two. Several pages are no snapshot: between two of them somebody can move to one that
 * has been read. So whoever did not come is asked for singly, and only whom that does not find either belongs to nobody.
 */
export async function sweepPages(wanted: ReadonlySet<string>, sweeping: Sweeping): Promise<ReadonlyMap<string, AccountRecord>> {
  const brought = new Map<string, AccountRecord>();
  const missing = (): string[] => [...wanted].filter((id) => !brought.has(id));
  let page = 0;
  let answer: SweptPage;
  const goesOn = (lacking: number, pages: number): boolean =>
    lacking > 0 && (sweeping.singlyIsAsGood !== true || lacking >= pages);
  do {
    page += 1;
    answer = await sweeping.askPage(page);
    for (const [id, record] of answer.rows) brought.set(id, record);
  } while (page < answer.last && answer.rows.size > 0 && goesOn(missing().length, answer.last - page));

  if (page > 1 || page < answer.last) for (const [id, record] of await askSingly(missing(), sweeping)) brought.set(id, record);
  return brought;
}

/** What goes wrong for one is said of that one, and does not spoil the others. */
export async function askSingly(
  ids: readonly string[],
  { brings, askOne }: Pick<Sweeping, 'brings' | 'askOne'>,
): Promise<ReadonlyMap<string, AccountRecord>> {
  const brought = new Map<string, AccountRecord>();
  const askSafely = async (id: string): Promise<void> => {
    try {
      const record = await askOne(id);
      if (record !== null) brought.set(id, record);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      brought.set(id, withoutFacets(brings, error));
    }
  };
  await Promise.all(ids.map(askSafely));
  return brought;
}
