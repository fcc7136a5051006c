import { randomBytes } from 'node:crypto';
import type { McsManagerApiKey } from '../../../domain/accounts/mcsmanager-writes.ts';
import { SourceError } from '../../../errors.ts';
import type { Action, Change } from '../../../writing/change.ts';
import { InvalidInputError } from '../../../writing/refusals.ts';
import { readState, targetOf } from './edit.ts';
import { conflict, isServiceUser, serviceKey } from './foreseeing.ts';
import { readUser } from './people.ts';
import { sendEdit, sendOwnKey } from './sending.ts';
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
      await sendOwnKey(users, false);
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
  if (!ownKey) {
    const message =
      'A new key is told once, to its maker: bring an own key for this source in the header x-source-key-<source id>.';
    throw new InvalidInputError([{ field: 'enabled', message }]);
  }
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
        made = await sendOwnKey(users, true);
      } else {
        const key = randomBytes(16).toString('hex');
        await sendEdit(users, nativeId, { apiKey: key });
        made = key;
      }
      return { key: made };
    },
    look: async (): Promise<KeyState> => {
      if (made !== undefined)
        return prove(
          panelAs(made)
            .self()
            .then(({ data }) => data.uuid === nativeId),
        );
      const self = await isSelf(writing, nativeId);
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

async function prove(isTheirs: Promise<boolean>): Promise<KeyState> {
  try {
    return (await isTheirs) ? { enabled: true, key: 'new' } : { enabled: undefined, key: undefined };
  } catch (error) {
    // Keys may be for administrators only, or switched off.
    if (isUnauthorized(error)) return { enabled: undefined, key: undefined };
    throw error;
  }
}

const isSelf = async ({ users }: Writing, nativeId: string): Promise<boolean> =>
  (await users.panel.self()).data.uuid === nativeId;

const isUnauthorized = (error: unknown): boolean => error instanceof SourceError && error.code === 'SOURCE_UNAUTHORIZED';
