import type { HordeSharedKey, HordeStyle, HordeWorker } from '../../domain/accounts/horde.ts';
import { parseDate } from './dates.ts';
import type { HordeSharedKeyDetails, HordeStyleDetails, HordeWorkerDetails } from './wire.ts';

export function toWorker(worker: HordeWorkerDetails): HordeWorker {
  return {
    id: worker.id,
    name: worker.name,
    type: worker.type,
    online: worker.online,
    trusted: worker.trusted ?? null,
    flagged: worker.flagged ?? null,
    maintenanceMode: worker.maintenance_mode ?? null,
    nsfw: worker.nsfw ?? null,
    info: worker.info ?? null,
    // Alchemists have forms in place of models.
    models: worker.models ?? [],
    bridgeAgent: worker.bridge_agent ?? null,
    threads: worker.threads ?? null,
    uptime: worker.uptime ?? null,
    requestsFulfilled: worker.requests_fulfilled ?? null,
    uncompletedJobs: worker.uncompleted_jobs ?? null,
    kudosRewards: worker.kudos_rewards ?? null,
    performance: worker.performance ?? null,
    maxPixels: worker.max_pixels ?? null,
    maxLength: worker.max_length ?? null,
    maxContextLength: worker.max_context_length ?? null,
    teamId: worker.team?.id ?? null,
    teamName: worker.team?.name ?? null,
  };
}

/** The answer does not repeat the type; it is the one that was asked for. */
export function toStyle(style: HordeStyleDetails, type: string): HordeStyle {
  return {
    id: style.id,
    type,
    name: style.name,
    info: style.info ?? null,
    prompt: style.prompt ?? null,
    public: style.public ?? null,
    nsfw: style.nsfw ?? null,
    tags: style.tags ?? [],
    models: style.models ?? [],
    useCount: style.use_count ?? null,
  };
}

export function toSharedKey(key: HordeSharedKeyDetails): HordeSharedKey {
  return {
    id: key.id,
    name: key.name ?? null,
    kudos: key.kudos,
    utilized: key.utilized,
    expiry: parseDate(key.expiry),
    maxImagePixels: key.max_image_pixels,
    maxImageSteps: key.max_image_steps,
    maxTextTokens: key.max_text_tokens,
  };
}
