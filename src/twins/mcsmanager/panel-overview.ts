import type { Call } from './call.ts';
import { tryDaemon } from './daemon-calls.ts';
import { toDaemon } from './daemon-routes.ts';
import { bannedAddresses } from './login-bans.ts';
import { DAEMON_VERSION, done, type Outcome, PANEL_VERSION, PanelError } from './outcome.ts';
import type { Panel } from './panel.ts';
import { adminRoute } from './route-kinds.ts';
import type { Daemon } from './world.ts';

export const panelOverviewRoutes = [
  adminRoute({ method: 'GET', path: '/overview', answer: overview }),
  adminRoute({ method: 'GET', path: '/overview/operation_logs', answer: auditLog }),
];

// The machine is made up; panel and daemon run on the same one.
const HOST = { type: 'Linux', hostname: 'panel-host', platform: 'linux', release: '6.1.0-0-amd64', loadavg: [0.35, 0.4, 0.31] };
const MEMORY = { totalmem: 8_589_934_592, freemem: 4_294_967_296 };
const LOAD_CHART = [
  { cpu: 0, mem: 0 },
  { cpu: 0, mem: 0 },
];
const REQUEST_CHART = [
  { value: 0, totalInstance: 0, runningInstance: 0 },
  { value: 0, totalInstance: 0, runningInstance: 0 },
];

/** Asks every daemon in turn, so one that hangs holds up the whole answer. */
async function overview({ panel }: Call): Promise<Outcome> {
  const daemons = [...panel.world.daemons.values()];
  const remote: object[] = [];
  for (const daemon of daemons) {
    const figures = await tryDaemon(panel, daemon, (asked) => toFigures(panel, asked));
    remote.push({ ...figures, ...toDaemon(daemon), remoteMappings: [] });
  }
  const { logined, illegalAccess, loginFailed } = panel.run.counts;
  return done({
    version: PANEL_VERSION,
    specifiedDaemonVersion: DAEMON_VERSION,
    process: { cpu: 0, memory: 139_649_024, cwd: '/srv/mcsmanager/web' },
    record: { logined, illegalAccess, banips: bannedAddresses(panel), loginFailed },
    system: {
      user: { uid: 1000, gid: 1000, username: 'mcsm', homedir: '/home/mcsm', shell: '/bin/bash' },
      time: panel.now(),
      ...MEMORY,
      ...HOST,
      version: '#1 SMP',
      node: 'v20.20.2',
      uptime: uptime(panel),
      cpu: 0.04,
    },
    chart: { system: LOAD_CHART, request: REQUEST_CHART },
    remoteCount: { available: daemons.filter(({ state }) => state !== 'away').length, total: daemons.length },
    remote,
  });
}

function toFigures(panel: Panel, daemon: Daemon): object {
  const instances = [...daemon.instances.values()];
  return {
    version: DAEMON_VERSION,
    process: { cpu: 108_196, memory: 46_825_312, cwd: '/srv/mcsmanager/daemon' },
    instance: { running: instances.filter(({ status }) => status === 3).length, total: instances.length },
    system: {
      ...HOST,
      ...MEMORY,
      uptime: uptime(panel),
      cwd: '/srv/mcsmanager/daemon',
      cpuUsage: 0.04,
      memUsage: 0.5,
      processCpu: 0,
      processMem: 0,
    },
    cpuMemChart: LOAD_CHART,
    config: {
      language: panel.world.settings.language,
      uploadSpeedRate: 0,
      downloadSpeedRate: 0,
      maxDownloadFromUrlFileCount: 1,
      portRangeStart: 10_010,
      portRangeEnd: 65_500,
      portAssignInterval: 5,
      port: daemon.port,
      outputBufferSize: 256,
      enableSoftShutdown: false,
      softShutdownSkipDocker: true,
      softShutdownWaitSeconds: 30,
    },
    dockerPlatforms: ['linux/amd64'],
  };
}

/** Seconds, of a machine that came up half an hour before the panel. */
function uptime(panel: Panel): number {
  return 1800 + (panel.now() - panel.run.startedAt) / 1000;
}

function auditLog({ panel, query }: Call): Outcome {
  const limit = Number(query.get('limit') || 20);
  if (Number.isNaN(limit)) throw new PanelError('Invalid limit value. It must be a number.');
  if (limit <= 0 || limit > 200) throw new PanelError('Invalid limit value. It must be between 1 and 200.');
  return done(panel.world.auditLog.slice(-limit));
}
