import { type Ask, callerIfKnown } from './ask.ts';
import { float, type Json, type JsonObject } from './json.ts';
import type { HordeUser, HordeWorker } from './records.ts';
import { notFound } from './refusals.ts';
import { dropAbsent } from './render-user.ts';
import { type HordeWorld, uniqueAlias } from './world.ts';

/** `GET /v2/workers`: those online; renewed by a clock of the server's own, and so up to half a minute old. */
export function listWorkers(ask: Ask): Json {
  const sees = seesAll(ask);
  const type = ask.request.query.get('type');
  const details = ask.cache.remember(`workers ${sees} ${type}`, 30, () =>
    [...ask.world.workers.values()]
      .filter((worker) => worker.online && (type === null || worker.type === type))
      .map((worker) => workerDetails(ask.world, worker, sees)),
  );
  return ask.mask(details);
}

/** `GET /v2/workers/{id}`: offline ones too. */
export const readWorker = (ask: Ask): Json => remembered(ask, (worker) => worker.id === ask.target);

/** `GET /v2/workers/name/{name}` */
export const readWorkerByName = (ask: Ask): Json => remembered(ask, (worker) => worker.name === ask.target);

function remembered(ask: Ask, matches: (worker: HordeWorker) => boolean): Json {
  const sees = seesAll(ask);
  const details = ask.cache.remember(`worker ${ask.path} ${sees}`, 30, () => {
    const worker = [...ask.world.workers.values()].find(matches);
    if (!worker) throw notFound('Worker', ask.target, 'WorkerNotFound');
    return workerDetails(ask.world, worker, sees);
  });
  return ask.mask(details);
}

/** Only moderators see more than strangers do; the owner does not, and an unknown key is ignored. */
const seesAll = (ask: Ask): boolean => callerIfKnown(ask)?.roles.moderator ?? false;

function workerDetails(world: HordeWorld, worker: HordeWorker, sees: boolean): JsonObject {
  const owner = world.users.get(worker.ownerId);
  const privileged = <T extends Json>(value: T): T | null => (sees ? value : null);
  const known = <T extends Json>(value: T): T | null => (sees || owner?.publicWorkers ? value : null);
  const team = worker.teamId === null ? undefined : world.teams.get(worker.teamId);
  return dropAbsent({
    requests_fulfilled: worker.requestsFulfilled,
    kudos_rewards: float(worker.kudosRewards),
    kudos_details: { generated: null, uptime: null },
    performance: worker.performance,
    threads: worker.threads,
    uptime: worker.uptime,
    maintenance_mode: worker.maintenance,
    paused: privileged(worker.paused),
    info: worker.info,
    nsfw: worker.nsfw,
    owner: known(owner ? uniqueAlias(owner) : null),
    ipaddr: privileged(worker.address),
    trusted: owner?.roles.trusted ?? false,
    flagged: owner?.roles.flagged ?? false,
    suspicious: privileged(worker.suspicions),
    uncompleted_jobs: 0,
    [worker.type === 'interrogation' ? 'forms' : 'models']: worker.models,
    team: { name: team?.name ?? null, id: team?.id ?? null },
    contact: privileged(owner?.contact ?? null),
    bridge_agent: worker.bridgeAgent,
    ...abilitiesOf(worker, owner),
    messages: known([]),
    type: worker.type,
    name: worker.name,
    id: worker.id,
    online: worker.online,
  });
}

function abilitiesOf(worker: HordeWorker, owner: HordeUser | undefined): JsonObject {
  if (worker.type === 'text') return { max_length: 80, max_context_length: 2048 };
  if (worker.type === 'interrogation') return {};
  return {
    max_pixels: 262_144,
    megapixelsteps_generated: float(owner && worker.requestsFulfilled > 0 ? (owner.records.contribution.megapixelsteps ?? 0) : 0),
    img2img: true,
    painting: true,
    'post-processing': true,
    lora: false,
    controlnet: false,
    sdxl_controlnet: false,
  };
}
