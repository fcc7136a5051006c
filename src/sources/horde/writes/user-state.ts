import type { AccountRecord } from '../../contract.ts';
import { askSelf } from '../self.ts';
import type { FreshUser } from './fresh-user.ts';
import type { Parts } from './parts.ts';

/** All that can be read of what can be changed. */
export interface UserState extends FreshUser {
  /** Whether the key is the user's own. Only found out where it matters. */
  readonly own: boolean;
  /** Undefined: not shown to this key. */
  readonly contact: string | null | undefined;
  /** False: the Horde's cache may show what was, for up to half a minute. */
  readonly contactIsFresh: boolean;
  /** Told to a stranger indirectly, by whether they see the workers. Undefined where nobody looked. */
  readonly publicWorkers: boolean | undefined;
}

/** What has to be asked beside the user. */
export interface Wants {
  /** Something that only the user and moderators may change. */
  readonly own: boolean;
  readonly publicWorkers: boolean;
}

export async function readUserState(parts: Parts, id: string, wants: Wants): Promise<UserState | null> {
  const fresh = await parts.readFresh(id, 'holder');
  if (fresh === null) return null;
  if (fresh.privilege === 2) {
    const stranger = wants.publicWorkers ? await parts.readFresh(id, 'stranger') : null;
    const publicWorkers = stranger === null ? undefined : showsWorkers(stranger);
    return { ...fresh, own: false, contact: fresh.user.contact ?? null, contactIsFresh: true, publicWorkers };
  }
  const self = wants.own ? await askSelf(parts.ask, parts.source, parts.key) : null;
  const own = self?.id === id;
  const age = accountAge(self?.record);
  return {
    ...fresh,
    own,
    contact: own ? contactIn(self?.record) : undefined,
    // An answer from the cache shows the account as young as it was then.
    contactIsFresh: own && age !== undefined && age >= fresh.user.account_age,
    publicWorkers: showsWorkers(fresh),
  };
}

const showsWorkers = ({ user }: FreshUser): boolean => user.worker_ids !== undefined && user.worker_ids !== null;

function contactIn(record: AccountRecord | undefined): string | null | undefined {
  const shown = record?.hordePrivate;
  return shown === undefined || shown instanceof Error ? undefined : shown.contact;
}

function accountAge(record: AccountRecord | undefined): number | undefined {
  const standing = record?.hordeStanding;
  return standing === undefined || standing instanceof Error ? undefined : standing.accountAge;
}
