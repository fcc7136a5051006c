import { isDeepStrictEqual } from 'node:util';
import type { InstanceRef } from '../../../domain/accounts/mcsmanager.ts';
import type { McsManagerUserFields } from '../../../domain/accounts/mcsmanager-writes.ts';
import type { Json, Role } from '../../../domain/facets.ts';
import type { Guard, WantedField } from '../../../writing/change.ts';
import type { McsManagerUser } from '../wire.ts';
import { roleOf } from './people.ts';

/** A user as read for a write. */
export interface UserState {
  readonly user: McsManagerUser;
  /** Undefined where it was not asked for, or is not told. */
  readonly ssoBound: boolean | undefined;
}

/** A field of the panel's edit: what is wanted, and how it is sent. */
export interface EditField extends WantedField<UserState> {
  /** Its part of the edit, given the user as they are. */
  config(before: UserState): Readonly<Record<string, unknown>>;
}

type Shown = Pick<WantedField<UserState>, 'name' | 'current' | 'facet'>;

/** How each readable field is read, by its name in the input. */
export const shown = {
  userName: { name: 'userName', current: ({ user }) => user.userName, facet: 'identity' },
  permission: { name: 'permission', current: ({ user }) => user.permission, facet: 'role' },
  role: { name: 'role', current: ({ user }) => roleOf(user.permission), facet: 'role' },
  instances: { name: 'instances', current: ({ user }) => refsOf(user).map(toJson), facet: 'instanceRefs' },
  open2FA: { name: 'open2FA', current: ({ user }) => user.open2FA, facet: 'mcsManagerSecurity' },
  isInit: { name: 'isInit', current: ({ user }) => user.isInit, facet: 'mcsManagerSecurity' },
  ssoBound: { name: 'ssoBound', current: ({ ssoBound }) => ssoBound, facet: 'mcsManagerSignIn' },
  registerTime: { name: 'registerTime', current: ({ user }) => user.registerTime, facet: 'registration' },
  loginTime: { name: 'loginTime', current: ({ user }) => user.loginTime, facet: 'presence' },
} as const satisfies Record<keyof McsManagerUserFields, Shown>;

/** The number that each role is set to. Nobody can be made a guest by an edit: the panel ignores the 0. */
export const rolePermissions: Readonly<Partial<Record<Role, number>>> = { BANNED: -1, GUEST: 0, USER: 1, ADMIN: 10 };

export function editFields(input: McsManagerUserFields): EditField[] {
  const plain = (['userName', 'permission', 'open2FA', 'isInit', 'ssoBound', 'registerTime', 'loginTime'] as const).flatMap(
    (name): EditField[] => {
      const wanted = input[name];
      return wanted == null ? [] : [{ ...shown[name], wanted, config: () => ({ [name]: wanted }) }];
    },
  );
  const { role, instances } = input;
  const byRole: EditField[] =
    role == null ? [] : [{ ...shown.role, wanted: role, config: () => ({ permission: rolePermissions[role] }) }];
  return [...plain, ...byRole, ...(instances == null ? [] : [wholeList(instances)])];
}

/** What the caller takes the user to be. */
export function guardsOf(expected: McsManagerUserFields): Guard<UserState>[] {
  return Object.values(shown).flatMap((field): Guard<UserState>[] => {
    const value = expected[field.name];
    if (value == null) return [];
    return [{ ...field, expected: typeof value === 'object' ? value.map(toJson) : value }];
  });
}

function wholeList(instances: readonly InstanceRef[]): EditField {
  const refs = unique(instances);
  const wanted = refs.map(toJson);
  return {
    ...shown.instances,
    wanted,
    // The order means nothing.
    matches: (current) => Array.isArray(current) && isDeepStrictEqual(textsOf(current), textsOf(wanted)),
    config: () => ({ instances: refs.map(toWire) }),
  };
}

const textsOf = (refs: readonly Json[]): string[] => refs.map((ref) => JSON.stringify(ref)).sort();

/** Adding and taking away, told by those of the wanted references for which it is so. */
export function listChanges(
  add: readonly InstanceRef[] | null | undefined,
  remove: readonly InstanceRef[] | null | undefined,
): EditField[] {
  const [added, removed] = [unique(add ?? []), unique(remove ?? [])];
  const config = (before: UserState) => {
    const gone = new Set(removed.map(nameOf));
    return {
      instances: unique([...refsOf(before.user), ...added])
        .filter((ref) => !gone.has(nameOf(ref)))
        .map(toWire),
    };
  };
  const among = (user: McsManagerUser): ReadonlySet<string> => new Set(refsOf(user).map(nameOf));
  const field = (name: string, refs: readonly InstanceRef[], present: boolean): EditField => ({
    name,
    wanted: refs.map(toJson),
    current: ({ user }) => refs.filter((ref) => among(user).has(nameOf(ref)) === present).map(toJson),
    facet: 'instanceRefs',
    config,
  });
  return [
    ...(added.length === 0 ? [] : [field('addInstances', added, true)]),
    ...(removed.length === 0 ? [] : [field('removeInstances', removed, false)]),
  ];
}

/** The other instances of the list, by their names. */
export function instancesBut(user: McsManagerUser, named: readonly InstanceRef[]): Record<string, true> {
  const names = new Set(named.map(nameOf));
  return Object.fromEntries(
    refsOf(user)
      .map(nameOf)
      .filter((name) => !names.has(name))
      .map((name) => [`instances.${name}`, true]),
  );
}

const refsOf = ({ instances }: McsManagerUser): InstanceRef[] =>
  instances.map(({ daemonId, instanceUuid }) => ({ daemonId, instanceId: instanceUuid }));

const nameOf = ({ daemonId, instanceId }: InstanceRef): string => `${daemonId}/${instanceId}`;

const toJson = ({ daemonId, instanceId }: InstanceRef): { readonly [key: string]: Json } => ({ daemonId, instanceId });

export const toWire = ({ daemonId, instanceId }: InstanceRef) => ({ daemonId, instanceUuid: instanceId });

export const unique = (refs: readonly InstanceRef[]): InstanceRef[] => [
  ...new Map(refs.map((ref) => [nameOf(ref), ref])).values(),
];
