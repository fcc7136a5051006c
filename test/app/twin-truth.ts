import { isDeepStrictEqual } from 'node:util';
import type { Community } from '../../src/twins/community.ts';
import type { AimedMutation } from './aiming.ts';
import { furtherTruth } from './further-truth.ts';
import { ownTruth } from './own-truth.ts';
import { ownInputs } from './random-own-mutations.ts';

/** What a mutation's field really is at the moment of asking; undefined: the thing is not there. */
export type Truth = (field: string) => unknown;

/** Of what a mutation changes of one account, or of none. To be made before it is sent, since some fields are differences. */
export function truthOf(community: Community, mutation: AimedMutation): Truth {
  const { name, input, about } = mutation;
  const { horde, mcsManager, openWebUI } = community;
  const further = furtherTruth(community, mutation);
  if (further !== undefined) return further;
  if (name === 'transferHordeKudos') return kudosTruth(community, input);
  if (name === 'updateOpenWebUIDefaultPermissions') {
    return (field) => ofSection(openWebUI.world.defaultPermissions, field);
  }
  if (name.endsWith('GroupMembers')) {
    const members = () => openWebUI.world.groups.members(String(input['groupId']));
    const isThere = (id: string) => openWebUI.world.users.get(id) !== undefined;
    const unknown = name.startsWith('remove') ? null : false;
    return (field) => {
      const id = field.slice('accounts.'.length);
      return isThere(id) ? members().has(id) : unknown;
    };
  }
  if (name === 'createMcsManagerUser') {
    const made = () => [...mcsManager.world.users.values()].find(({ userName }) => userName === input['userName']);
    return (field) => panelTruth(community, made()?.uuid ?? '', field, input);
  }
  if (name === 'addOpenWebUIUser') {
    return (field) => chatTruth(community, openWebUI.world.users.byEmail(String(input['email']))?.id ?? '', field, input);
  }
  if (name in ownInputs) return (field) => ownTruth(community, field);
  const [source, nativeId = ''] = about.split(':');
  if (source === 'horde') {
    const user = () => horde.world.users.get(Number(nativeId));
    const [kudos, monthly] = [() => user()?.kudos ?? 0, () => user()?.monthlyKudos.assigned ?? 0];
    const [kudosBefore, monthlyBefore] = [kudos(), monthly()];
    return (field) => {
      const addedMonthly = monthly() - monthlyBefore;
      if (field === 'addMonthlyKudos') return addedMonthly;
      // What is added to the month is paid at once.
      if (field === 'addKudos') return kudos() - kudosBefore - Math.max(0, addedMonthly);
      return hordeTruth(horde, Number(nativeId), field);
    };
  }
  if (source === 'mcsmanager') return (field) => panelTruth(community, nativeId, field, input);
  return (field) => chatTruth(community, nativeId, field, input);
}

/** What a field was asked to be may come in another order. */
export const agrees = (one: unknown, other: unknown): boolean => isDeepStrictEqual(ordered(one), ordered(other));

const ordered = (value: unknown): unknown => (Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value);

function ofSection(tree: object, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>((node, key) => Object.entries(node ?? {}).find(([name]) => name === key)?.[1] ?? null, tree);
}

function hordeTruth({ world }: Community['horde'], id: number, field: string): unknown {
  const user = world.users.get(id);
  if (user === undefined) return undefined;
  const values: Readonly<Record<string, unknown>> = {
    ...user.roles,
    concurrency: user.concurrency,
    workerInvited: user.workerInvited,
    adminComment: user.adminComment,
    username: user.alias,
    usageMultiplier: user.usageMultiplier,
    contact: user.contact,
    publicWorkers: user.publicWorkers,
    resetSuspicion: user.suspicions === 0,
    markedForDeletion: user.deleted,
    undelete: !user.deleted,
  };
  return values[field];
}

function panelTruth({ mcsManager }: Community, uuid: string, field: string, input: AimedMutation['input']): unknown {
  const user = mcsManager.world.users.get(uuid);
  if (field === 'deleted') return user === undefined;
  if (user === undefined) return undefined;
  const refs = user.instances.map(({ daemonId, instanceUuid }) => ({ daemonId, instanceId: instanceUuid }));
  const asked = (present: boolean): unknown => {
    const wanted = input[field];
    return Array.isArray(wanted)
      ? wanted.filter((one) => refs.some((ref) => isDeepStrictEqual(ref, one)) === present)
      : undefined;
  };
  const level = Number(user.permission);
  const values: Readonly<Record<string, () => unknown>> = {
    userName: () => user.userName,
    permission: () => user.permission,
    role: () => (level >= 10 ? 'ADMIN' : level >= 1 ? 'USER' : level === 0 ? 'GUEST' : 'BANNED'),
    isInit: () => user.isInit,
    open2FA: () => user.open2FA,
    instances: () => refs,
    addInstances: () => asked(true),
    removeInstances: () => asked(false),
    password: () => (user.password === input['password'] ? '[secret]' : null),
  };
  return values[field]?.();
}

function chatTruth({ openWebUI: { world } }: Community, id: string, field: string, input: AimedMutation['input']): unknown {
  const user = world.users.get(id);
  if (field === 'deleted') return user === undefined;
  if (user === undefined) return undefined;
  if (field === 'password') return world.passwords.matches(id, String(input['password'])) ? '[secret]' : null;
  return { name: user.name, email: user.email, role: user.role }[field];
}

/** The only kudos that move in these sequences are those of this sender, so differences tell. */
function kudosTruth({ horde: { world } }: Community, input: AimedMutation['input']): Truth {
  const total = (id: number, bucket: 'gifted' | 'received'): number => world.users.get(id)?.kudosDetails[bucket] ?? 0;
  const [, to] = String(input['to']).split(':').map(Number);
  const [given, received] = [total(senderId, 'gifted'), total(to ?? 0, 'received')];
  return (field) => {
    if (field === 'to')
      return total(to ?? 0, 'received') - received === input['amount'] ? String(input['to']).split(':')[1] : null;
    return given - total(senderId, 'gifted') === input['amount'] ? input['amount'] : 0;
  };
}

/** Whose key sends kudos. */
export const senderId = 103;
