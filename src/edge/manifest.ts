import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../config-faults.ts';

/** The operations that a client's build tools found in it. */
export interface Manifest {
  readonly size: number;
  /** By the manifest's own id, or by `sha256:` and the hash of the text. */
  find(documentId: string): string | undefined;
  findByHash(sha256: string): string | undefined;
}

/** What `@apollo/generate-persisted-query-manifest` writes. */
const ApolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** What `relay-compiler` writes. */
const RelayManifest = z.record(z.string().min(1), z.string().min(1));

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Reads the file at once; throws a `ConfigError` when it cannot be used. */
export function readManifest(path: string): Manifest {
  const entries = parseManifest(readText(path), path);
  const byId = new Map<string, string>();
  for (const [id, text] of entries) {
    if ((byId.get(id) ?? text) !== text) throw fault(path, `two operations have the id ${JSON.stringify(id)}`);
    byId.set(id, text);
  }
  const byHash = new Map(entries.map(([, text]) => [hashOf(text), text]));
  return {
    size: byHash.size,
    find: (documentId) => byId.get(documentId) ?? byHash.get(hashIn(documentId) ?? ''),
    findByHash: (sha256) => byHash.get(sha256) ?? byId.get(sha256),
  };
}

/** The hash in `sha256:…`; null for ids of another kind. */
export const hashIn = (documentId: string): string | null => /^sha256:([0-9a-f]{64})$/.exec(documentId)?.[1] ?? null;

function parseManifest(text: string, path: string): (readonly [id: string, text: string])[] {
  const json = parseJson(text, path);
  const apollo = ApolloManifest.safeParse(json);
  if (apollo.success) return apollo.data.operations.map(({ id, body }) => [id, body]);
  const relay = RelayManifest.safeParse(json);
  if (relay.success) return Object.entries(relay.data);
  throw fault(path, 'is neither a manifest of Apollo’s tools, version 1, nor a map from ids to texts as Relay’s write it');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw fault(path, 'cannot be read');
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fault(path, 'is not JSON');
  }
}

const fault = (path: string, what: string): ConfigError => new ConfigError([`edge.persisted.manifest: ${path}: ${what}`]);
