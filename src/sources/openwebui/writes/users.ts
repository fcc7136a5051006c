import { SourceError } from '../../../errors.ts';
import type { Asker } from '../asking.ts';
import { user } from '../endpoints.ts';
import { toPattern } from '../literal-search.ts';
import { canonicalId } from '../native-id.ts';
import { safeOrder, slimPages } from '../pages.ts';
import { EditableUser } from './wire.ts';

/** One user as stored now; null when nobody has this id. */
export async function readUser(asker: Asker, id: string): Promise<EditableUser | null> {
  if (canonicalId(id) === null) return null;
  const told = await asker.ask(user(id), EditableUser);
  if (told === null) return null;
  if (told.body.id !== id) throw new SourceError('SOURCE_MALFORMED', asker.source);
  return told.body;
}

/** The id of whoever has this e-mail address. The source has no lookup by it, only a search for what holds it. */
export async function findByEmail(asker: Asker, email: string): Promise<string | null> {
  const wanted = email.toLowerCase();
  const readPage = slimPages(asker);
  const seen = new Set<string>();
  let more = true;
  for (let index = 0; more; index += 1) {
    const page = await readPage(index, { ...safeOrder, query: toPattern(wanted) });
    const before = seen.size;
    for (const { id, record } of page.accounts) {
      // Whose row cannot be read may be who is looked for.
      if (record.email instanceof SourceError) throw record.email;
      if (typeof record.email === 'string' && record.email.toLowerCase() === wanted) return id;
      seen.add(id);
    }
    // A total that pages never reach must not keep us asking.
    more = page.more && seen.size > before;
  }
  return null;
}
