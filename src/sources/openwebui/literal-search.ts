import { SourceError } from '../../errors.ts';
import type { AccountRecord, ListPage } from '../contract.ts';

// The server takes `%` and `_` in a search for "anything" and, on PostgreSQL, `\` for an escape; it has no way to quote them. So it
// is asked for more than is wanted, and what does not hold the text itself is left out here.

export const isPattern = (search: string): boolean => /[%_\\]/.test(search);

/** What to send. Finds whatever holds the text, and perhaps more. */
export const toPattern = (search: string): string => search.replaceAll('\\', '_');

/** The total would count what is left out, so it is not told. */
export function withText(page: ListPage, search: string): ListPage {
  return { ...page, total: null, accounts: page.accounts.filter(({ record }) => holds(record, search)) };
}

/** As the server looks: in name and address, whatever the case. A row that could not be read is kept, to be told of. */
function holds({ identity, email }: AccountRecord, search: string): boolean {
  if (identity instanceof SourceError) return true;
  const wanted = search.toLowerCase();
  const texts = [identity?.displayName, typeof email === 'string' ? email : null];
  return texts.some((text) => text?.toLowerCase().includes(wanted));
}
