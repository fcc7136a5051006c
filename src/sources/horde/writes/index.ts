import { keyOf } from '../../../access/credential.ts';
import type { HttpClient } from '../../../http/client.ts';
import type { Asking, Writers } from '../../contract.ts';
import { tellStatus, watchStatus } from '../../watched-writes.ts';
import type { Ask } from '../asking.ts';
import { awardKudos } from './award.ts';
import { changeSharedKey } from './change-shared-key.ts';
import { createSharedKey } from './create-shared-key.ts';
import { deleteSharedKey } from './delete-shared-key.ts';
import { markDeleted, wipe } from './deletion.ts';
import { createFreshReader } from './fresh-user.ts';
import type { Parts } from './parts.ts';
import { createSend } from './sending.ts';
import type { Spell } from './spelling.ts';
import { transferKudos } from './transfer.ts';
import { changeUser } from './user-change.ts';
import type { WrittenUsers } from './written-users.ts';

/** One session's way to the source. */
export interface Opening {
  readonly source: string;
  readonly http: HttpClient;
  readonly ask: Ask;
  readonly spell: Spell;
  readonly written: WrittenUsers;
  readonly asking: Asking;
}

/** Everything that can be changed on a Horde. */
export function hordeWrites({ source, http, ask, spell, written, asking }: Opening): Writers {
  const { credential } = asking;
  const watched = watchStatus(http);
  const key = keyOf(credential) || undefined;
  const parts: Parts = {
    source,
    key,
    holder: credential.class,
    ask,
    send: createSend(source, watched.http, asking),
    readFresh: createFreshReader(ask, source, key, spell),
    written,
  };
  const writers: Writers = {
    updateHordeUser: (input) => changeUser(parts, 'updateHordeUser', input),
    deleteHordeUser: (input) => (input.wipe === true ? wipe : markDeleted)(parts, 'deleteHordeUser', input),
    undeleteHordeUser: ({ nativeId }) => changeUser(parts, 'undeleteHordeUser', { nativeId, undelete: true }),
    transferHordeKudos: (input) => transferKudos(parts, 'transferHordeKudos', input),
    awardHordeKudos: (input) => awardKudos(parts, 'awardHordeKudos', input),
    createHordeSharedKey: (input) => createSharedKey(parts, 'createHordeSharedKey', input),
    updateHordeSharedKey: (input) => changeSharedKey(parts, 'updateHordeSharedKey', input),
    deleteHordeSharedKey: (input) => deleteSharedKey(parts, 'deleteHordeSharedKey', input),
    ban: ({ nativeId }) => changeUser(parts, 'ban', { nativeId, flagged: true }),
    unban: ({ nativeId }) => changeUser(parts, 'unban', { nativeId, flagged: false }),
    delete: (input) => markDeleted(parts, 'delete', input),
  };
  return tellStatus(writers, watched.told);
}
