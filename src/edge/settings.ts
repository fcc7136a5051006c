import { z } from 'zod';
import { PageOrigin } from './origins.ts';
import { type ResolvedSubgraph, resolveSubgraph, SubgraphSettings } from './subgraph-settings.ts';

/** A switch that follows where the server listens when nothing is said: on for one's own machine, off for a network. */
const onLoopback = z.boolean().optional();

/** The configuration's `edge` section: what is let in, and how much of it. */
export const EdgeSettings = z.strictObject({
  /** Bytes of a request's body. */
  maxBodyBytes: z.int().min(100).max(10_000_000).default(100_000),
  /** Lexical tokens of a document. */
  maxTokens: z.int().min(10).max(100_000).default(2_000),
  /** Fields within fields, fragments counted where they are spread. */
  maxDepth: z.int().min(1).max(100).default(16),
  /** Fields given another name, in the whole document. */
  maxAliases: z.int().min(0).max(10_000).default(50),
  /** Directives, in the whole document. */
  maxDirectives: z.int().min(0).max(10_000).default(50),
  /** Requests to the sources that an operation may cost at worst. */
  maxCalls: z.int().min(1).max(1_000_000).default(1_500),
  /** Items of lists that an operation may be answered with at worst. */
  maxRows: z.int().min(1).max(10_000_000).default(20_000),
  /** How much one caller may ask. */
  rateLimit: z
    .strictObject({
      /** Requests to the sources, as operations may cost at worst, in a minute. Not said: hardly limited on loopback, else 1,200. */
      points: z.int().min(1).max(1_000_000_000).optional(),
      /** As many more, once in ten minutes. Not said: as many as in a minute. */
      burst: z.int().min(0).max(1_000_000_000).optional(),
      /** A header in which your own proxy writes whom it speaks for; the last entry counts. Not said: the connection's address. */
      addressHeader: z
        .string()
        .regex(/^[a-z0-9-]+$/, 'must be the name of a header, in lower case')
        .optional(),
    })
    .prefault({}),
  /** Operations that clients name instead of sending them. */
  persisted: z
    .strictObject({
      /** Path of a JSON file: the manifest of Apollo's tools, or the `{ id: text }` map of Relay's. */
      manifest: z.string().min(1).optional(),
      /** Refuse whatever is not in the manifest. */
      only: z.boolean().default(false),
      /** Keep operations that clients register by their hash, as Apollo Client does. */
      automatic: z.boolean().default(true),
    })
    .refine(({ only, manifest }) => !only || manifest !== undefined, 'only: true needs a manifest')
    .prefault({}),
  /** Operations under way at once; more are refused with 503. */
  maxConcurrentOperations: z.int().min(1).max(100_000).default(256),
  /** Milliseconds that an operation may take. */
  operationDeadlineMs: z.int().min(10).max(600_000).default(30_000),
  /** Milliseconds that a client may take to send its request. */
  requestDeadlineMs: z.int().min(100).max(600_000).default(15_000),
  /** Whether clients may ask for the schema. Not said: on loopback only. */
  introspection: onLoopback,
  /** Whether errors suggest the names of fields. Not said: on loopback only. */
  suggestions: onLoopback,
  /** Origins whose pages may ask, such as `https://members.example`. */
  corsOrigins: z.array(PageOrigin).default([]),
  /** Whether plain POSTs are taken past the request layer that all else goes through. The answers are the same. */
  directPath: z.boolean().default(true),
  /** Representations in one `_entities` of a router. */
  maxEntities: z.int().min(1).max(100_000).default(1_000),
  subgraph: SubgraphSettings.prefault({}),
});

export type EdgeSettings = z.output<typeof EdgeSettings>;

/** The same with what was left to follow from where the server listens. */
export interface ResolvedEdge extends Omit<EdgeSettings, 'subgraph'> {
  readonly introspection: boolean;
  readonly suggestions: boolean;
  readonly subgraph: ResolvedSubgraph;
  readonly rateLimit: { readonly points: number; readonly burst: number; readonly addressHeader?: string | undefined };
}

export function resolveEdge(said: EdgeSettings, atHome: boolean): ResolvedEdge {
  const { introspection = atHome, suggestions = atHome } = said;
  // One's own machine is limited by nothing that could be noticed.
  const { points = atHome ? 600_000 : 1_200, burst = points, addressHeader } = said.rateLimit;
  return {
    ...said,
    introspection,
    suggestions,
    subgraph: resolveSubgraph(said.subgraph, atHome),
    rateLimit: { points, burst, addressHeader },
  };
}
