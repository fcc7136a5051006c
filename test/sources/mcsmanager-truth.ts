import type { AccountRecord } from '../../src/sources/contract.ts';
import type { PanelUser, Instance as TwinInstance } from '../../src/twins/mcsmanager/world.ts';

/** What a record must say of a user of a twin that writes its dates in UTC and en_US, by the way in which it was read. */
export function overviewTruth(user: PanelUser): AccountRecord {
  return {
    identity: { username: String(user.userName), displayName: null },
    role: {
      role: roles.get(user.permission) ?? 'UNKNOWN',
      nativeRole: String(user.permission),
      bypassesGrants: user.permission === 10,
      isShutOut: user.permission === -1,
    },
    presence: { lastActiveAt: dateOf(user.loginTime), text: textOf(user.loginTime), isActive: null },
    instanceRefs: user.instances.map(({ daemonId, instanceUuid }) => ({ daemonId, instanceId: instanceUuid })),
    permissions: {
      grants: [
        { section: 'mcsmanager', key: 'login', allowed: Number(user.permission) >= 0 },
        { section: 'mcsmanager', key: 'user', allowed: Number(user.permission) >= 1 },
        { section: 'mcsmanager', key: 'admin', allowed: Number(user.permission) >= 10 },
      ],
    },
  };
}

export function userTruth(user: PanelUser): AccountRecord {
  return {
    ...overviewTruth(user),
    registration: { createdAt: dateOf(user.registerTime), text: textOf(user.registerTime) },
    mcsManagerSecurity: { hasApiKey: user.apiKey !== '', isInit: user.isInit, open2FA: user.open2FA },
  };
}

export function listedTruth(user: PanelUser): AccountRecord {
  return { ...userTruth(user), mcsManagerSignIn: { passWordType: user.passWordType, ssoBound: user.ssoBound } };
}

export function instanceTruth(daemonId: string, instance: TwinInstance): AccountRecord {
  const pinged = instance.players.version !== '';
  return {
    instance: {
      daemonId,
      instanceId: instance.uuid,
      nickname: instance.nickname,
      status: statuses.get(instance.status) ?? 'UNKNOWN',
      nativeStatus: String(instance.status),
      type: instance.type,
      tags: instance.tag,
      processType: instance.dockerImage === '' ? 'general' : 'docker',
      createdAt: new Date(instance.createDatetime),
      lastStartedAt: instance.lastDatetime === instance.createDatetime ? null : new Date(instance.lastDatetime),
      endsAt: instance.endTime === 0 ? null : new Date(instance.endTime),
      autoStart: false,
      autoRestart: false,
      currentPlayers: pinged ? instance.players.online : null,
      maxPlayers: pinged ? instance.players.max : null,
      version: pinged ? instance.players.version : null,
      startedCount: instance.started,
    },
  };
}

const roles = new Map<unknown, 'BANNED' | 'GUEST' | 'USER' | 'ADMIN'>([
  [-1, 'BANNED'],
  [0, 'GUEST'],
  [1, 'USER'],
  [10, 'ADMIN'],
]);

const statuses = new Map<number, 'RUNNING' | 'STARTING' | 'STOPPING' | 'STOPPED' | 'BUSY'>([
  [3, 'RUNNING'],
  [2, 'STARTING'],
  [1, 'STOPPING'],
  [0, 'STOPPED'],
  [-1, 'BUSY'],
]);

const textOf = (value: unknown): string | null => (value === '' ? null : String(value));

const dateOf = (value: unknown): Date | null => (value === '' ? null : new Date(`${String(value)} UTC`));
