import { z } from 'zod';
import { ifMissing } from '../config-faults.ts';

/** The configuration's `edge.subgraph`: the graph as a part of a larger one. */
export const SubgraphSettings = z
  .strictObject({
    /** Whether `/subgraph` answers. Not said: on loopback only. */
    enabled: z.boolean().optional(),
    /** Who may ask for the SDL there. Not said: anybody on loopback, else whoever has the key if there is one. */
    service: z.enum(['open', 'key', 'off']).optional(),
    /** SHA-256 of the key for that. */
    serviceKeyHash: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hex digits; never the key itself')
      .optional(),
    /** Whether the SDL says which scopes fields need, for a router that checks them, too. */
    scopes: z.boolean().default(false),
    /** Take operations only from whoever signs them. */
    signature: z
      .strictObject({
        /** What the router signs with, too. */
        secret: z.string({ error: ifMissing('the secret that the router has, too') }).min(32, 'must have 32 characters at least'),
        /** How old a signature may be. */
        maxAgeSeconds: z.int().min(1).max(3_600).default(300),
      })
      .optional(),
  })
  .refine(({ service, serviceKeyHash }) => service !== 'key' || serviceKeyHash !== undefined, 'service: key needs serviceKeyHash')
  .refine(
    ({ service, serviceKeyHash }) => service === undefined || service === 'key' || serviceKeyHash === undefined,
    'serviceKeyHash is for service: key alone',
  );

export type SubgraphSettings = z.output<typeof SubgraphSettings>;

export interface ResolvedSubgraph {
  readonly enabled: boolean;
  readonly service: 'open' | 'key' | 'off';
  /** Null where there is none. */
  readonly serviceKey: Buffer | null;
  readonly scopes: boolean;
  readonly signature: SignatureSettings | null;
}

export interface SignatureSettings {
  readonly secret: string;
  readonly maxAgeSeconds: number;
}

export function resolveSubgraph(said: SubgraphSettings, atHome: boolean): ResolvedSubgraph {
  const { enabled = atHome, serviceKeyHash, scopes, signature = null } = said;
  const service = said.service ?? (serviceKeyHash !== undefined ? 'key' : atHome ? 'open' : 'off');
  const serviceKey = serviceKeyHash === undefined ? null : Buffer.from(serviceKeyHash.replace('sha256:', ''), 'hex');
  return { enabled, service, serviceKey, scopes, signature };
}
