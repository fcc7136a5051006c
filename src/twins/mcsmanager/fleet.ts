import type { Random } from '../random.ts';
import { plainUuid } from './uuid.ts';
import type { Daemon, DaemonState, Instance, InstanceStatus, PanelWorld } from './world.ts';

/** The daemon that is always there. */
export const HARBOUR_DAEMON = 'da3a0da3a0da4a3a80da3a0da3a00001';
/** The one that can be told to be away or to hang. */
export const ISLAND_DAEMON = 'da3a0da3a0da4a3a80da3a0da3a00002';

const WEEK_MS = 7 * 24 * 3_600_000;

export function addDaemons(world: PanelWorld, islandState: DaemonState): void {
  const add = (daemon: Daemon): void => void world.daemons.set(daemon.uuid, daemon);
  const common = { prefix: '', port: 24_444 };
  add({ ...common, uuid: HARBOUR_DAEMON, ip: '127.0.0.1', remarks: 'harbour', state: 'connected', instances: new Map() });
  add({ ...common, uuid: ISLAND_DAEMON, ip: '127.0.0.2', remarks: 'island', state: islandState, instances: new Map() });
}

/** What is made up about an instance; `secret` must make a different text at every call. */
export interface InstanceSeed {
  readonly random: Random;
  readonly secret: () => string;
  readonly nickname?: string;
  /** Epoch milliseconds after which it was made. */
  readonly since: number;
}

export function inventInstance({ random, secret, since, ...given }: InstanceSeed): Instance {
  const game = random.pick(GAMES);
  const status = random.pick<InstanceStatus>([3, 3, 3, 3, 3, 3, 0, 0, 0, 2, 1, -1]);
  const createDatetime = since + random.between(0, 20 * WEEK_MS);
  const running = status === 3;
  const inDocker = game.image !== '';
  return {
    uuid: plainUuid(random),
    nickname: given.nickname ?? `${random.pick(PLACES)} ${game.label}`,
    type: game.type,
    status,
    startCommand: `${game.command} --rcon.password=${secret()}`,
    stopCommand: game.stop,
    cwd: `/srv/mcsmanager/daemon/data/InstanceData/${random.hex(32)}`,
    createDatetime,
    lastDatetime: createDatetime + random.between(0, 12 * WEEK_MS),
    endTime: random.chance(0.2) ? createDatetime + 60 * WEEK_MS : 0,
    tag: random.chance(0.5) ? [random.pick(['public', 'modded', 'event', 'staff'])] : [],
    basePort: 10_015 + 5 * random.between(0, 9000),
    started: running ? random.between(1, 9) : 0,
    rconPassword: secret(),
    openFrpToken: random.chance(0.3) ? secret() : '',
    dockerEnv: inDocker ? ['EULA=TRUE', `RCON_PASSWORD=${secret()}`] : [],
    dockerImage: game.image,
    players: running && game.version !== '' ? { online: random.between(0, 20), max: 20, version: game.version } : NOBODY,
  };
}

const NOBODY = { online: 0, max: 0, version: '' };

const PLACES = ['Harbour', 'Lagoon', 'Lighthouse', 'Dry Dock', 'Reef', 'Fjord', 'Pier 7', 'North Quay', 'Tidepool'] as const;

interface Game {
  readonly label: string;
  readonly type: string;
  readonly command: string;
  readonly stop: string;
  /** Empty: it does not answer a Minecraft ping. */
  readonly version: string;
  /** Empty: runs on the host. */
  readonly image: string;
}

const GAMES: readonly [Game, ...Game[]] = [
  {
    label: 'Survival',
    type: 'minecraft/java/paper',
    command: 'java -Xmx4G -jar paper.jar nogui',
    stop: 'stop',
    version: '1.21.8',
    image: '',
  },
  {
    label: 'Skyblock',
    type: 'minecraft/java',
    command: 'java -Xmx2G -jar server.jar nogui',
    stop: 'stop',
    version: '1.20.4',
    image: 'eclipse-temurin:21',
  },
  { label: 'Bedrock', type: 'minecraft/bedrock', command: './bedrock_server', stop: 'stop', version: '1.21.90', image: '' },
  { label: 'Valheim', type: 'steam/universal', command: './valheim_server.x86_64 -public 1', stop: '^C', version: '', image: '' },
  {
    label: 'Terraria',
    type: 'steam/universal',
    command: './TerrariaServer -config serverconfig.txt',
    stop: 'exit',
    version: '',
    image: '',
  },
  {
    label: 'Factorio',
    type: 'universal',
    command: './bin/x64/factorio --start-server save.zip',
    stop: '^C',
    version: '',
    image: 'factoriotools/factorio:stable',
  },
  {
    label: 'Proxy',
    type: 'minecraft/java',
    command: 'java -Xmx512M -jar velocity.jar',
    stop: 'end',
    version: '3.4.0',
    image: '',
  },
];
