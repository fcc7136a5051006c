import type { Instance } from './world.ts';

/** As a daemon tells of an instance, whole configuration included: start command, RCON password, environment. */
export function toInstance(instance: Instance): object {
  return {
    instanceUuid: instance.uuid,
    started: instance.started,
    autoRestarted: 0,
    status: instance.status,
    config: toConfig(instance),
    info: toInfo(instance),
  };
}

export function toInfo({ players }: Instance): object {
  return {
    mcPingOnline: players.version !== '',
    currentPlayers: players.online,
    maxPlayers: players.max,
    version: players.version,
    fileLock: 0,
    playersChart: [],
    openFrpStatus: false,
    latency: 0,
    allocatedPorts: [],
  };
}

export function toDocker({ dockerImage, dockerEnv }: Instance): object {
  return {
    updateCommandImage: 'HOST',
    containerName: '',
    image: dockerImage,
    uploadSpeedLimit: 0,
    downloadSpeedLimit: 0,
    ports: [],
    extraVolumes: [],
    capAdd: [],
    capDrop: [],
    devices: [],
    privileged: false,
    memory: 0,
    networkMode: 'bridge',
    networkAliases: [],
    cpusetCpus: '',
    cpuUsage: 0,
    maxSpace: 0,
    io: 0,
    network: 0,
    workingDir: '/data',
    env: dockerEnv,
    changeWorkdir: true,
    labels: [],
    gpuEnabled: false,
    gpuCount: -1,
    gpuDeviceIds: [],
    gpuDriver: 'nvidia',
    deviceReadBps: [],
    deviceWriteBps: [],
  };
}

function toConfig(instance: Instance): object {
  return {
    nickname: instance.nickname,
    startCommand: instance.startCommand,
    stopCommand: instance.stopCommand,
    stopTimeout: 0,
    cwd: instance.cwd,
    ie: 'utf8',
    oe: 'utf8',
    createDatetime: instance.createDatetime,
    lastDatetime: instance.lastDatetime,
    type: instance.type,
    tag: instance.tag,
    endTime: instance.endTime,
    fileCode: 'utf8',
    processType: instance.dockerImage === '' ? 'general' : 'docker',
    updateCommand: '',
    runAs: '',
    crlf: 1,
    category: 0,
    basePort: instance.basePort,
    enableRcon: instance.rconPassword !== '',
    rconPassword: instance.rconPassword,
    rconPort: instance.rconPassword === '' ? 0 : instance.basePort + 1,
    rconIp: '',
    actionCommandList: [],
    terminalOption: { haveColor: false, pty: false, ptyWindowCol: 164, ptyWindowRow: 40 },
    eventTask: { autoStart: false, autoRestart: false, autoRestartMaxTimes: -1, ignore: false },
    java: { id: '' },
    docker: toDocker(instance),
    pingConfig: { ip: '', port: 25565, type: 1 },
    extraServiceConfig: { openFrpTunnelId: '', openFrpToken: instance.openFrpToken },
  };
}
