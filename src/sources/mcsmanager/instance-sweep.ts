import { SourceError } from '../../errors.ts';
import type { AccountRecord, PointRead, SweepRead } from '../contract.ts';
import { formatInstanceKey, parseInstanceKey } from './instance-keys.ts';
import { daemonAway, daemonPatienceMs, silentDaemon } from './instance-reads.ts';
import { toInstance } from './map-instance.ts';
import { isForbidden, type Panel } from './panel.ts';
import { askSingly, type SweptPage, sweepPages } from './sweeping.ts';
import { instancesGuessed, type Tally } from './tally.ts';
import { McsManagerInstance, McsManagerInstancePage, McsManagerInstanceUuid } from './wire.ts';

const instancesPerPage = 50;
const brings = ['instance'] as const;

/** All instances of one daemon. They are sorted by status, so one that starts or stops meanwhile changes pages. */
export function instanceSweep(panel: Panel, tally: Tally, instance: PointRead): SweepRead {
  return {
    shape: 'sweep',
    name: 'daemonInstances',
    brings,
    partition: (key) => parseInstanceKey(key)?.daemonId ?? '',
    cost: (daemonId) => {
      const instances = tally.instances.get(daemonId) ?? instancesGuessed;
      return { requests: Math.max(1, Math.ceil(instances / instancesPerPage)), bytes: 1_550 * instances };
    },
    complete: true,
    read: async (daemonId, wanted) => {
      if (daemonId === '') return new Map();
      const askPage = (page: number): Promise<SweptPage> => askInstancePage(panel, tally, daemonId, page);
      try {
        return await sweepPages(wanted, { brings, askPage, askOne: instance.read, singlyIsAsGood: true });
      } catch (error) {
        // Ordinary users may read their own instances, one by one.
        if (!isForbidden(error)) throw error;
        return askSingly([...wanted], { brings, askOne: instance.read });
      }
    },
  };
}

async function askInstancePage(panel: Panel, tally: Tally, daemonId: string, page: number): Promise<SweptPage> {
  const query = { daemonId, page, page_size: instancesPerPage };
  const outcome = await panel.ask({ endpoint: 'daemonInstances', query }, McsManagerInstancePage);
  if (outcome.kind === 'thrown') {
    const silent = outcome.elapsed >= daemonPatienceMs;
    throw new SourceError(silent ? 'SOURCE_TIMEOUT' : 'SOURCE_UNREACHABLE', panel.source, silent ? silentDaemon : daemonAway);
  }
  const { data, maxPage } = outcome.data;
  // The panel tells pages, not instances.
  tally.instances.set(daemonId, maxPage > 1 ? maxPage * instancesPerPage : data.length);
  return { rows: readInstances(data, daemonId, panel.source), last: maxPage };
}

function readInstances(rows: readonly unknown[], daemonId: string, source: string): ReadonlyMap<string, AccountRecord> {
  return new Map(
    rows.map((row) => {
      const named = McsManagerInstanceUuid.safeParse(row);
      if (!named.success) throw new SourceError('SOURCE_MALFORMED', source);
      const parsed = McsManagerInstance.safeParse(row);
      const instance = parsed.success ? toInstance(daemonId, parsed.data) : new SourceError('SOURCE_MALFORMED', source);
      return [formatInstanceKey(daemonId, named.data.instanceUuid), { instance }];
    }),
  );
}
