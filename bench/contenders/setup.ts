import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Stage } from '../scenarios/stage.ts';
import type { Upstream } from '../upstream/starting.ts';

/** What every contender is told: where the sources are, with which keys, and who is who. */
export const Setup = z.object({
  horde: z.object({ url: z.string(), key: z.string() }),
  webui: z.object({ url: z.string(), key: z.string() }),
  /** Of a Horde's user and an Open WebUI's. */
  links: z.array(z.tuple([z.string(), z.string()])),
  /** To each source at once. */
  connections: z.number(),
});
export type Setup = z.infer<typeof Setup>;

export const setupFor = ({ sources }: Upstream, { links }: Stage, connections: number): Setup => ({
  ...sources,
  links: links.map(([horde, webui]) => [horde, webui]),
  connections,
});

/** For a server that was started with the path of its setup and a port. */
export function readSetup(): Setup & { readonly port: number } {
  const [file = '', port] = process.argv.slice(2);
  return { ...Setup.parse(JSON.parse(readFileSync(file, 'utf8'))), port: Number(port) };
}
