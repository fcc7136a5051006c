import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHeaders } from './request-headers.ts';
import type { ResolvedSubgraph } from './subgraph-settings.ts';

/** The header in which a tool that composes shows its key for the SDL. */
export const serviceKeyHeader = 'x-rollcall-service-key';

/** Whether the SDL is for whoever sent these headers. Takes as long for a wrong key as for the right one. */
export function mayAskService(headers: RequestHeaders, { service, serviceKey }: ResolvedSubgraph): boolean {
  if (service !== 'key') return service === 'open';
  const shown = createHash('sha256')
    .update(headers.get(serviceKeyHeader) ?? '')
    .digest();
  return serviceKey !== null && timingSafeEqual(shown, serviceKey);
}
