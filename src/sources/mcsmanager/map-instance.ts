import type { Daemon, Instance, InstanceStatus } from '../../domain/accounts/mcsmanager.ts';
import type { McsManagerDaemons, McsManagerInstance } from './wire.ts';

export function toInstance(daemonId: string, instance: McsManagerInstance): Instance {
  const { config, info } = instance;
  // Without an answer from the game server the counts are leftovers.
  const pinged = info.mcPingOnline === true;
  return {
    daemonId,
    instanceId: instance.instanceUuid,
    nickname: config.nickname,
    status: statuses.get(instance.status) ?? 'UNKNOWN',
    nativeStatus: String(instance.status),
    type: config.type ?? null,
    tags: config.tag ?? [],
    processType: config.processType ?? null,
    createdAt: toMoment(config.createDatetime),
    // A new instance has its creation time here until it is first started.
    lastStartedAt: config.lastDatetime === config.createDatetime ? null : toMoment(config.lastDatetime),
    endsAt: toMoment(config.endTime),
    autoStart: config.eventTask?.autoStart ?? null,
    autoRestart: config.eventTask?.autoRestart ?? null,
    currentPlayers: pinged ? (info.currentPlayers ?? null) : null,
    maxPlayers: pinged ? (info.maxPlayers ?? null) : null,
    version: pinged && info.version !== '' ? (info.version ?? null) : null,
    startedCount: instance.started ?? null,
  };
}

export function toDaemon({ uuid, remarks, available }: McsManagerDaemons[number]): Daemon {
  return { daemonId: uuid, name: remarks === undefined || remarks === '' ? null : remarks, available };
}

const statuses: ReadonlyMap<number, InstanceStatus> = new Map([
  [3, 'RUNNING'],
  [2, 'STARTING'],
  [1, 'STOPPING'],
  [0, 'STOPPED'],
  [-1, 'BUSY'],
]);

/** Epoch milliseconds; 0 and anything that is no number mean none. */
function toMoment(value: unknown): Date | null {
  if (typeof value !== 'number' || value <= 0) return null;
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
