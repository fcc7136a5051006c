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

export function belongingReads(ask: Ask): readonly PointRead[] {
  return [
    read('worker', 'hordeWorker', [850, lags.worker], async (id) => {
      const worker = await find(HordeWorkerDetails, 'worker', '/v2/workers/', id);
      return worker && { hordeWorker: toWorker(worker) };
    }),
    read('style', 'hordeStyle', [400, lags.style], async (id) => {
      const [, type, uuid] = /^(image|text)\/(.*)$/s.exec(id) ?? [];
      if (type === undefined || uuid === undefined) return null;
      const style = await find(HordeStyleDetails, 'style', `/v2/styles/${type}/`, uuid);
      return style && { hordeStyle: toStyle(style, type) };
    }),
    // Whoever has its id may read a shared key, and spend with it too.
    read('shared key', 'hordeSharedKey', [250, lags.sharedKey], async (id) => {
      const key = await find(HordeSharedKeyDetails, 'sharedkey', '/v2/sharedkeys/', id);
      return key && { hordeSharedKey: toSharedKey(key) };
    }),
  ];

  /** Nothing is asked for text that cannot be an id. */
  async function find<Shape>(shape: ZodType<Shape>, endpoint: Endpoint, folder: string, id: string): Promise<Shape | null> {
    const uuid = canonicalUuid(id);
    const told = uuid === null ? null : await ask({ endpoint, path: `${folder}${encodeURIComponent(uuid)}` }, shape);
    return told?.body ?? null;
  }
}

function read(
  name: string,
  facet: (typeof belongingFacets)[number],
  [bytes, lag]: readonly [bytes: number, lag: number],
  find: (id: string) => Promise<AccountRecord | null>,
): PointRead {
  return { shape: 'point', name, brings: [facet], cost: { requests: 1, bytes }, read: find, lag: () => lag };
}
