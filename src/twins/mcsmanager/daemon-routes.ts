import { caller, isAdmin } from './access.ts';
import type { Call } from './call.ts';
import { askDaemon, tryDaemon } from './daemon-calls.ts';
import { toInstancePage } from './instance-page.ts';
import { toInstance } from './instance-render.ts';
import { done, type Outcome, PanelError } from './outcome.ts';
import { say } from './panel.ts';
import { adminRoute, userRoute } from './route-kinds.ts';
import type { Daemon, Instance } from './world.ts';

const PAGE = { page: 'number', page_size: 'number' } as const;

export const daemonRoutes = [
  adminRoute({ method: 'GET', path: '/service/remote_services_list', answer: list }),
  adminRoute({
    method: 'GET',
    path: '/service/remote_service_instances',
    checks: { query: { daemonId: 'text', ...PAGE } },
    failsWith: 400,
    answer: pageOfOne,
  }),
  adminRoute({
    method: 'GET',
    path: '/service/remote_services_instances_global',
    checks: { query: PAGE },
    failsWith: 400,
    answer: pageOfEach,
  }),
  adminRoute({ method: 'GET', path: '/service/remote_services', answer: everything }),
  userRoute({ method: 'GET', path: '/instance', checks: { query: { daemonId: 'text', uuid: 'text' } }, answer: detail }),
];

export function toDaemon(daemon: Daemon): object {
  const { uuid, ip, port, prefix, remarks } = daemon;
  // A daemon that hangs is still connected, and so counts as available.
  return { uuid, ip, port, prefix, available: daemon.state !== 'away', remarks };
}

function list({ panel }: Call): Outcome {
  return done([...panel.world.daemons.values()].map(toDaemon));
}

async function pageOfOne({ panel, query }: Call): Promise<Outcome> {
  const daemon = panel.world.daemons.get(query.get('daemonId') ?? '');
  return done(await askDaemon(panel, daemon, (asked) => toInstancePage(asked, query)));
}

async function pageOfEach({ panel, query }: Call): Promise<Outcome> {
  const pages: Record<string, object> = {};
  for (const daemon of panel.world.daemons.values()) {
    const page = await tryDaemon(panel, daemon, (asked) => toInstancePage(asked, query));
    if (page !== undefined) pages[daemon.uuid] = page;
  }
  return done(pages);
}

async function everything({ panel }: Call): Promise<Outcome> {
  const daemons: object[] = [];
  for (const daemon of panel.world.daemons.values()) {
    const instances = await tryDaemon(panel, daemon, (asked) => [...asked.instances.values()].map(toInstance));
    daemons.push({ ...toDaemon(daemon), instances: instances ?? [] });
  }
  return done(daemons);
}

async function detail(call: Call): Promise<Outcome> {
  const { panel, query } = call;
  const daemonId = query.get('daemonId') ?? '';
  const uuid = query.get('uuid') ?? '';
  const user = caller(call);
  const own = user?.instances.some((ref) => ref.daemonId === daemonId && ref.instanceUuid === uuid);
  if (user === undefined || !(isAdmin(user) || own)) throw new PanelError(say(panel, 'forbidden'));
  const daemon = panel.world.daemons.get(daemonId);
  const instance = await askDaemon(panel, daemon, ({ instances }) => instances.get(uuid));
  if (instance === undefined) throw new PanelError(say(panel, 'noSuchInstance', { uuid }));
  return done({ ...toInstance(instance), space: 0, processInfo: toProcess(instance, panel.now()) });
}

/** Figures of its process; all zero when there is none. */
function toProcess(instance: Instance, now: number): object {
  if (instance.status === 0) return { cpu: 0, memory: 0, ctime: 0, elapsed: 0, timestamp: 0, pid: 0, ppid: 0 };
  const elapsed = now - instance.lastDatetime;
  return { cpu: 0, memory: 1_703_936, ctime: 0, elapsed, timestamp: now, pid: instance.basePort % 32_768, ppid: 1074 };
}
