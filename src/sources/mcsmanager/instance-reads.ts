import type { InstanceRef } from '../../domain/accounts/mcsmanager.ts';
import { SourceError } from '../../errors.ts';
import type { PointRead } from '../contract.ts';
import { createConfirm } from './confirming.ts';
import type { AskDaemons } from './daemons.ts';
import { parseInstanceKey } from './instance-keys.ts';
import { toInstance } from './map-instance.ts';
import { forbidden, isForbidden, type Panel } from './panel.ts';
import { type McsManagerDaemons, McsManagerInstance } from './wire.ts';

export function instanceRead(panel: Panel, askDaemons: AskDaemons): PointRead {
  const confirm = createConfirm();
  return {
    shape: 'point',
    name: 'instance',
    brings: ['instance'],
    cost: { requests: 1, bytes: 1_700 },
    read: async (key) => {
      const ref = parseInstanceKey(key);
      if (ref === null) return null;
      const { daemonId, instanceId } = ref;
      const ask = async (anew: boolean) => {
        const query = { daemonId, uuid: instanceId };
        const outcome = await panel.ask({ endpoint: 'instance', query, anew }, McsManagerInstance);
        if (outcome.kind === 'told' || outcome.elapsed < daemonPatienceMs) return outcome;
        throw new SourceError('SOURCE_TIMEOUT', panel.source, silentDaemon);
      };
      const outcome = await confirm(ask, () => requireDaemon(panel, askDaemons, ref));
      return outcome.kind === 'told' ? { instance: toInstance(daemonId, outcome.data) } : null;
    },
  };
}

/**
 * The panel gives a daemon that is connected but silent six seconds, and then says no more than of an instance that is not there.
 * A "no" that took this long is laid to the daemon; one that only waited for a free connection so long is too, which errs on the
 * safe side.
 */
export const daemonPatienceMs = 5_000;

export const silentDaemon = { hint: 'The daemon that runs the instance is silent.' };
export const daemonAway = { hint: 'The daemon that runs the instance is not connected to the panel.' };

/**
 * An instance that is not there, one that is not the asker's, and one whose daemon is away: the panel answers alike. Resolves where
 * it can only be the first.
 */
async function requireDaemon(panel: Panel, askDaemons: AskDaemons, ref: InstanceRef): Promise<void> {
  const daemons = await daemonsShown(askDaemons);
  if (daemons === null) throw await explainToOwner(panel, ref);
  const connected = daemons.some(({ uuid, available }) => uuid === ref.daemonId && available);
  if (!connected) throw new SourceError('SOURCE_UNREACHABLE', panel.source, daemonAway);
}

/** Null with an ordinary user's key. */
async function daemonsShown(askDaemons: AskDaemons): Promise<McsManagerDaemons | null> {
  try {
    return await askDaemons();
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

/** Whoever sees no daemons knows no more than which instances are theirs. */
async function explainToOwner(panel: Panel, { daemonId, instanceId }: InstanceRef): Promise<SourceError> {
  const { data } = await panel.self();
  const own = data.instances.some((ref) => ref.daemonId === daemonId && ref.instanceUuid === instanceId);
  if (!own) return forbidden(panel.source);
  return new SourceError('SOURCE_UNREACHABLE', panel.source, {
    hint: 'To an ordinary user’s key the panel does not tell whether the instance is gone or its daemon away.',
  });
}
