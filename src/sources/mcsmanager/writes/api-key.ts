import { randomBytes } from 'node:crypto';
import type { McsManagerApiKey } from '../../../domain/accounts/mcsmanager-writes.ts';
import { SourceError } from '../../../errors.ts';
import type { Action, Change } from '../../../writing/change.ts';
import { Refusal } from '../../../writing/refusals.ts';
import { ownKeyWanted } from '../../own-key-wanted.ts';
import type { Panel } from '../panel.ts';
import { readState, targetOf } from './edit.ts';
import { conflict, isServiceUser, serviceKey } from './foreseeing.ts';
import { readUser } from './people.ts';
import { sendEdit, sendNewOwnKey, sendNoOwnKey } from './sending.ts';
import type { UserState } from './user-fields.ts';
import type { Writing } from './writing.ts';

const operation = 'setMcsManagerApiKey';

export function setApiKey(writing: Writing, { nativeId, enabled }: McsManagerApiKey): Change<UserState> | Action {
  return enabled ? makeKey(writing, nativeId) : removeKey(writing, nativeId);
}

function removeKey(writing: Writing, nativeId: string): Change<UserState> {
  const { users } = writing;
  let withoutOwn: UserState | undefined;
  return {
    sort: 'change',
    operation,
    target: targetOf(users, nativeId),
    fields: [{ name: 'enabled', wanted: false, current: ({ user }) => user.apiKey, facet: 'mcsManagerSecurity' }],
    read: async () => {
      try {
        return await readState(users, nativeId);
      } catch (error) {
        // That the key is not taken any more is just what was to be seen.
        if (withoutOwn !== undefined && isUnauthorized(error)) return withoutOwn;
        throw error;
      }
    },
    foresee: async ({ user }) => ((await isServiceUser(writing, user.uuid)) ? conflict(serviceKey) : []),
    send: async (_fields, before) => {
      if (!(await isSelf(writing, nativeId))) return sendEdit(users, nativeId, { apiKey: '' });
      withoutOwn = { ...before, user: { ...before.user, apiKey: false } };
      await sendNoOwnKey(users);
    },
  };
}

/** What can be told of a key that was made, or was to be. */
interface KeyState {
  readonly enabled: boolean | undefined;
  readonly key: 'new' | 'old' | undefined;
}

/** The key in use is dead as soon as there is a new one, and a new one is told once: where its answer is lost, so is the key. */
function makeKey(writing: Writing, nativeId: string): Action {
  const { users, ownKey, panelAs } = writing;
  if (!ownKey) throw ownKeyWanted(users.panel.source, 'A new key is told once, to its maker.');
  let made: string | undefined;
  const target = targetOf(users, nativeId);
  const nobody = `There is no ${target}.`;
  return {
    sort: 'action',
    operation,
    target,
    // What they are shown is what `look` gives.
    fields: [
      { name: 'enabled', wanted: true, current: (state) => (state as KeyState).enabled, facet: 'mcsManagerSecurity' },
      { name: 'key', wanted: 'new', secret: true, current: (state) => (state as KeyState).key },
    ],
    repeatable: false,
    foresee: async () => ((await readUser(users, nativeId)) === null ? [{ kind: 'NOT_FOUND', message: nobody }] : []),
    send: async () => {
      if (await isSelf(writing, nativeId)) {
        made = await sendNewOwnKey(users);
      } else {
        const key = randomBytes(16).toString('hex');
        await sendEdit(users, nativeId, { apiKey: key });
        made = key;
      }
      return { key: made };
    },
    look: async (): Promise<KeyState> => {
      const self = await isSelf(writing, nativeId);
      if (made !== undefined) {
        if (await isTheirs(panelAs(made), nativeId)) return { enabled: true, key: 'new' };
        // Keys may be for administrators only, or switched off; and the panel says yes to a key for somebody who is gone.
        const holder = self ? undefined : await readUser(users, nativeId);
        if (holder === null) throw new Refusal({ kind: 'NOT_FOUND', message: `${target} was gone when it was read back.` });
        return { enabled: holder?.apiKey, key: undefined };
      }
      try {
        const user = await readUser(users, nativeId);
        return { enabled: user?.apiKey, key: self ? 'old' : undefined };
      } catch (error) {
        if (self && isUnauthorized(error)) return { enabled: true, key: undefined };
        throw error;
      }
    },
  };
}

/** Whether the panel obeys the new key, and as the user it was made for. */
async function isTheirs(panel: Panel, nativeId: string): Promise<boolean> {
  try {
    return (await panel.self()).data.uuid === nativeId;
  } catch (error) {
    if (isUnauthorized(error)) return false;
    throw error;
  }
}

const isSelf = async ({ users }: Writing, nativeId: string): Promise<boolean> =>
  (await users.panel.self()).data.uuid === nativeId;

const isUnauthorized = (error: unknown): boolean => error instanceof SourceError && error.code === 'SOURCE_UNAUTHORIZED';
