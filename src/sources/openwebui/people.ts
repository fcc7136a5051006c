import { SourceError } from '../../errors.ts';
import type { AccountRecord, PointRead } from '../contract.ts';
import type { Asker } from './asking.ts';
import { user, userInfo } from './endpoints.ts';
import type { Fallback } from './fallback.ts';
import { canonicalId } from './native-id.ts';
import { toInfoRecord, toWholeRecord, wholeFacets } from './records.ts';
import { OpenWebUIActiveUser, OpenWebUIUserInfo } from './wire.ts';

/** What a server has shown of its release; for all sessions. */
export interface Shown {
  /** It knows the short form of a user. */
  info: boolean;
}

/** One user by id. Since 0.8.0 only an administrator's key is shown all; any other gets what everybody may see. */
export const userRead = (asker: Asker, fallback: Fallback, shown: Shown): PointRead => ({
  shape: 'point',
  name: 'user',
  brings: wholeFacets,
  cost: { requests: 1, bytes: 2_600 },
  read: (id) => (canonicalId(id) === null ? Promise.resolve(null) : readUser(asker, fallback, shown, id)),
});

const readUser = (asker: Asker, fallback: Fallback, shown: Shown, id: string): Promise<AccountRecord | null> =>
  fallback.ask(
    id,
    () => readWhole(asker, id),
    () => readInfo(asker, shown, id),
  );

async function readWhole(asker: Asker, id: string): Promise<AccountRecord | null> {
  const told = await asker.ask(user(id), OpenWebUIActiveUser);
  if (told === null) return null;
  if (told.body.id !== id) throw new SourceError('SOURCE_MALFORMED', asker.source);
  return toWholeRecord(told.body);
}

async function readInfo(asker: Asker, shown: Shown, id: string): Promise<AccountRecord | null> {
  try {
    const told = await asker.ask(userInfo(id), OpenWebUIUserInfo);
    shown.info = true;
    return told === null ? null : toInfoRecord(told.body, asker.source);
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'SOURCE_UNSUPPORTED') throw error;
    // A release without this address refused the better one too, so the key shows nobody: it belongs to a pending user. One that
    // has answered here before sends its page, or somebody theirs before it, for want of anything better.
    throw new SourceError(shown.info ? 'SOURCE_MALFORMED' : 'SOURCE_FORBIDDEN', asker.source);
  }
}
