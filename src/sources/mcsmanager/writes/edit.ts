import type { InstanceRef } from '../../../domain/accounts/mcsmanager.ts';
import type { McsManagerUserUpdate } from '../../../domain/accounts/mcsmanager-writes.ts';
import type { Along, Change, Problem } from '../../../writing/change.ts';
import { nullFaults } from '../../../writing/expectations.ts';
import { InvalidInputError } from '../../../writing/refusals.ts';
import { isAdmin } from '../map.ts';
import type { Users } from '../users.ts';
import { emptyFault, instancesFault, nameFault, refuseFaults, rightsFault } from './checking.ts';
import { nameInUse, whyNotLose } from './foreseeing.ts';
import { readSsoBound, readUser } from './people.ts';
import { sendEdit } from './sending.ts';
import { type EditField, editFields, guardsOf, instancesBut, listChanges, type UserState } from './user-fields.ts';
import type { Writing } from './writing.ts';

/** Every field that the panel's edit takes, except passwords and keys, which have writes of their own. */
export function updateUser(writing: Writing, input: McsManagerUserUpdate): Change<UserState> {
  const { users } = writing;
  refuseFaults([
    nameFault(input.userName),
    rightsFault(input, true),
    instancesFault('instances', input.instances),
    instancesFault('addInstances', input.addInstances),
    instancesFault('removeInstances', input.removeInstances),
    emptyFault('registerTime', input.registerTime),
    emptyFault('loginTime', input.loginTime),
    listFault(input),
    bothWaysFault(input),
    ...nullFaults(input.ifUnchanged),
  ]);
  const sso: EditField[] =
    input.ssoSub == null
      ? []
      : [
          {
            name: 'ssoSub',
            wanted: input.ssoSub,
            secret: true,
            current: () => undefined,
            config: () => ({ ssoSub: input.ssoSub }),
          },
        ];
  const fields = [...editFields(input), ...sso, ...listChanges(input.addInstances, input.removeInstances)];
  if (fields.length === 0) throw new InvalidInputError([{ field: 'input', message: 'Name at least one field to change.' }]);
  const asksSso = input.ssoBound != null || input.ifUnchanged?.ssoBound != null;
  return editOf(writing, {
    operation: 'updateMcsManagerUser',
    nativeId: input.nativeId,
    fields,
    guards: guardsOf(input.ifUnchanged ?? {}),
    along: async () => listAlong(input),
    read: () => readState(users, input.nativeId, asksSso),
    foresee: async ({ user }) => {
      const { userName } = input;
      return userName == null || userName === user.userName ? [] : nameInUse(users, userName, input.nativeId);
    },
  });
}

/** An edit of some fields of one user. */
export interface Edit extends Pick<Change<UserState>, 'operation' | 'guards' | 'read' | 'foresee' | 'along'> {
  readonly nativeId: string;
  readonly fields: readonly EditField[];
}

export function editOf(writing: Writing, { nativeId, fields, foresee, ...edit }: Edit): Change<UserState> {
  const { users } = writing;
  const touchesRights = fields.some(({ name }) => name === 'permission' || name === 'role');
  const configOf = (changing: readonly EditField[], before: UserState) =>
    Object.fromEntries(changing.flatMap((field) => Object.entries(field.config(before))));
  const named = (wanted: readonly { readonly name: string }[]) =>
    fields.filter(({ name }) => wanted.some((each) => each.name === name));
  return {
    sort: 'change',
    ...edit,
    target: targetOf(users, nativeId),
    // Whether somebody is the last administrator must not change between the look and the write.
    ...(touchesRights ? { lane: 'rights' } : { touches: [nativeId] }),
    fields,
    foresee: async (before, differing): Promise<readonly Problem[]> => {
      const { permission } = configOf(fields, before);
      const loses = isAdmin(before.user.permission) && typeof permission === 'number' && permission < 10;
      return [...(loses ? await whyNotLose(writing, before.user) : []), ...((await foresee?.(before, differing)) ?? [])];
    },
    send: (changing, before) => sendEdit(users, nativeId, configOf(named(changing), before)),
  };
}

export const targetOf = ({ panel }: Users, nativeId: string): string => `${panel.source}:${nativeId}`;

export async function readState(users: Users, nativeId: string, asksSso = false): Promise<UserState | null> {
  const user = await readUser(users, nativeId);
  if (user === null) return null;
  return { user, ssoBound: asksSso ? await readSsoBound(users, user) : undefined };
}

/** The panel takes a list of instances only whole. */
function listAlong({ addInstances, removeInstances }: McsManagerUserUpdate): Along<UserState> | null {
  const named = [...(addInstances ?? []), ...(removeInstances ?? [])];
  return named.length === 0 ? null : { facet: 'instanceRefs', parts: ({ user }) => instancesBut(user, named) };
}

function bothWaysFault({ addInstances, removeInstances }: McsManagerUserUpdate) {
  const isSame = (one: InstanceRef, other: InstanceRef): boolean =>
    one.daemonId === other.daemonId && one.instanceId === other.instanceId;
  const isTwice = addInstances?.some((added) => removeInstances?.some((removed) => isSame(added, removed)));
  return isTwice === true ? { field: 'removeInstances', message: 'An instance is to be added and taken away at once.' } : null;
}

const listFault = ({ instances, addInstances, removeInstances }: McsManagerUserUpdate) =>
  instances != null && (addInstances != null || removeInstances != null)
    ? { field: 'instances', message: 'Give either the whole list or what is to be added and taken away.' }
    : null;
