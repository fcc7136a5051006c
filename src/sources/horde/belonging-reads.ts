import type { ZodType } from 'zod';
import type { FacetName } from '../../domain/facets.ts';
import type { AccountRecord, PointRead } from '../contract.ts';
import type { Ask } from './asking.ts';
import type { Endpoint } from './classify.ts';
import { canonicalUuid } from './ids.ts';
import { lags } from './lags.ts';
import { toSharedKey, toStyle, toWorker } from './map-belongings.ts';
import { HordeSharedKeyDetails, HordeStyleDetails, HordeWorkerDetails } from './wire.ts';

/** Facets of what belongs to users, each keyed by its own id. None of them is shown more of for a key, so none is sent. */
export const belongingFacets = ['hordeWorker', 'hordeStyle', 'hordeSharedKey'] as const satisfies readonly FacetName[];

export const belongingReads = (ask: Ask): readonly PointRead[] =>
  belongings.map(({ about, find }) => ({ ...about, read: (id) => find(ask, id) }));

/** What is the same in every session is made once. */
interface Belonging {
  readonly about: Omit<PointRead, 'read'>;
  find(ask: Ask, id: string): Promise<AccountRecord | null>;
}

const belongings: readonly Belonging[] = [
  {
    about: about('worker', 'hordeWorker', [850, lags.worker]),
    find: async (ask, id) => {
      const worker = await find(ask, HordeWorkerDetails, 'worker', '/v2/workers/', id);
      return worker && { hordeWorker: toWorker(worker) };
    },
  },
  {
    about: about('style', 'hordeStyle', [400, lags.style]),
    find: async (ask, id) => {
      const [, type, uuid] = /^(image|text)\/(.*)$/s.exec(id) ?? [];
      if (type === undefined || uuid === undefined) return null;
      const style = await find(ask, HordeStyleDetails, 'style', `/v2/styles/${type}/`, uuid);
      return style && { hordeStyle: toStyle(style, type) };
    },
  },
  {
    // Whoever has its id may read a shared key, and spend with it too.
    about: about('shared key', 'hordeSharedKey', [250, lags.sharedKey]),
    find: async (ask, id) => {
      const key = await find(ask, HordeSharedKeyDetails, 'sharedkey', '/v2/sharedkeys/', id);
      return key && { hordeSharedKey: toSharedKey(key) };
    },
  },
];

function about(
  name: string,
  facet: (typeof belongingFacets)[number],
  [bytes, lag]: readonly [bytes: number, lag: number],
): Belonging['about'] {
  return { shape: 'point', name, brings: [facet], cost: { requests: 1, bytes }, lag: () => lag };
}

/** Nothing is asked for text that cannot be an id. */
async function find<Shape>(
  ask: Ask,
  shape: ZodType<Shape>,
  endpoint: Endpoint,
  folder: string,
  id: string,
): Promise<Shape | null> {
  const uuid = canonicalUuid(id);
  const told = uuid === null ? null : await ask({ endpoint, path: `${folder}${encodeURIComponent(uuid)}` }, shape);
  return told?.body ?? null;
}
