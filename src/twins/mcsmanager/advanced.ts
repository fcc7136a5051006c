import { tryDaemon } from './daemon-calls.ts';
import { toDocker, toInfo } from './instance-render.ts';
import type { Panel } from './panel.ts';
import type { Daemon, Instance, InstanceRef } from './world.ts';

/** One daemon call for each reference, one after the other. What its daemon does not know, or does not tell in time, is left out. */
export async function describeInstances(panel: Panel, refs: readonly InstanceRef[]): Promise<object[]> {
  const described: object[] = [];
  for (const ref of refs) {
    const daemon = panel.world.daemons.get(ref.daemonId);
    if (daemon === undefined || daemon.state === 'away') {
      described.push(standIn(ref));
      continue;
    }
    const instance = await tryDaemon(panel, daemon, ({ instances }) => instances.get(ref.instanceUuid));
    if (instance !== undefined) described.push(describe(daemon, instance));
  }
  return described;
}

function describe(daemon: Daemon, instance: Instance): object {
  return {
    hostIp: `${daemon.ip}:${daemon.port}`,
    remarks: daemon.remarks,
    instanceUuid: instance.uuid,
    daemonId: daemon.uuid,
    status: instance.status,
    nickname: instance.nickname,
    ie: 'utf8',
    oe: 'utf8',
    endTime: instance.endTime,
    lastDatetime: instance.lastDatetime,
    stopCommand: instance.stopCommand,
    processType: instance.dockerImage === '' ? 'general' : 'docker',
    docker: toDocker(instance),
    info: toInfo(instance),
  };
}

/** Its status is the one that otherwise means busy. */
function standIn(ref: InstanceRef): object {
  return {
    hostIp: '-- Unknown --',
    instanceUuid: ref.instanceUuid,
    daemonId: ref.daemonId,
    status: -1,
    nickname: '-- Unknown --',
    remarks: '',
    ie: '',
    oe: '',
    endTime: 0,
    lastDatetime: 0,
    stopCommand: '',
    processType: '',
    docker: {},
    info: {},
  };
}
