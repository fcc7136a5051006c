import { SourceError } from '../../errors.ts';
import type { ListedAccount, SourceStatus } from '../contract.ts';
import { type Ask, askForCertain } from './asking.ts';
import { toUserRecord } from './map.ts';
import { privilegeOf } from './map-private.ts';
import { everyFacet } from './user-reads.ts';
import { HordeHeartbeat, HordeUser } from './wire.ts';

/** Whose key it is. The record lacks what only moderators see, for here even a moderator is answered as an owner. */
export async function askSelf(ask: Ask, source: string, key: string | undefined): Promise<ListedAccount | null> {
  const told = key === undefined ? null : await askKeyHolder(ask, source, key);
  return told && { id: String(told.body.id), record: toUserRecord(told.body, told.date, everyFacet, () => undefined) };
}

/** The heartbeat's word, and in one more request what the key is good for, only after it if `oneByOne`. */
export async function askStatus(ask: Ask, source: string, key: string | undefined, oneByOne: boolean): Promise<SourceStatus> {
  const heartbeat = askForCertain(ask, source, { endpoint: 'heartbeat', path: '/v2/status/heartbeat' }, HordeHeartbeat);
  if (oneByOne) await heartbeat;
  const [{ body }, credential] = await Promise.all([heartbeat, describeKey(ask, source, key)]);
  return { version: body.version ?? null, message: healthWords.find((word) => word === body.message) ?? 'UNKNOWN', credential };
}

/** Any other word would be the source's own text, which goes nowhere. */
const healthWords = ['OK', 'OVERLOADED', 'DOWN'];

async function askKeyHolder(ask: Ask, source: string, key: string) {
  const told = await askForCertain(ask, source, { endpoint: 'find_user', path: '/v2/find_user', key }, HordeUser);
  // A shared key is answered with its owner as strangers see them. Who holds one is not the owner, and reads no user with it.
  if (privilegeOf(told.body) === 0) {
    throw new SourceError('SOURCE_UNAUTHORIZED', source, { hint: 'A shared key does not tell who holds it.' });
  }
  return told;
}

async function describeKey(ask: Ask, source: string, key: string | undefined): Promise<string | null> {
  if (key === undefined) return 'No key: what the source shows to anybody.';
  try {
    const { body } = await askKeyHolder(ask, source, key);
    if (body.moderator) return 'A moderator’s key: everything about every user.';
    return `The key of user ${body.id}: everything public, and this user’s own private facts.`;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    // The source's health is worth telling whatever became of the key.
    return error.code === 'SOURCE_UNAUTHORIZED' ? 'The key is not accepted.' : null;
  }
}
