import { z } from 'zod';

/** What `node --cpu-prof` writes, as far as it is looked at. Times are microseconds of the machine's steady clock. */
export const CpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  startTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = z.infer<typeof CpuProfile>;

/** A function, and the time that was spent in it. */
export interface Spent {
  readonly name: string;
  readonly place: string;
  readonly group: string;
  /** In the function itself. */
  self: number;
  /** In it and in what it called. */
  total: number;
}

/** By function, for what was sampled between two points of time. Idle time is left out. */
export function spentBetween({ nodes, startTime, samples, timeDeltas }: CpuProfile, from: number, to: number): readonly Spent[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const functions = new Map<string, Spent>();
  const functionOf = (id: number): Spent | undefined => {
    const frame = byId.get(id)?.callFrame;
    if (frame === undefined || frame.functionName === '(root)') return undefined;
    const place = frame.url === '' ? '' : `${shorten(frame.url)}:${frame.lineNumber + 1}`;
    const key = `${frame.functionName} ${place}`;
    const known = functions.get(key);
    if (known !== undefined) return known;
    const name = frame.functionName === '' ? '(anonymous)' : frame.functionName;
    const made: Spent = { name, place, group: groupOf(frame.url, name), self: 0, total: 0 };
    functions.set(key, made);
    return made;
  };

  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const took = timeDeltas[index + 1] ?? 0;
    at += timeDeltas[index] ?? 0;
    if (at < from || at > to) continue;
    const own = functionOf(id);
    if (own === undefined || own.name === '(idle)') continue;
    own.self += took;
    const seen = new Set<Spent>();
    for (let each: number | undefined = id; each !== undefined; each = parents.get(each)) {
      const called = functionOf(each);
      if (called === undefined || seen.has(called)) continue;
      seen.add(called);
      called.total += took;
    }
  }
  return [...functions.values()].filter(({ total }) => total > 0);
}

/** A package, a folder of ours, or a part of Node. */
function groupOf(url: string, name: string): string {
  if (url === '') return name.startsWith('(') ? name : '(native)';
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return `node_modules/${inPackage}`;
  return /\/(src\/[^/]+)/.exec(url)?.[1] ?? 'others';
}

const shorten = (url: string): string => url.replace(/^.*\/(?=node_modules\/)/, '').replace(/^.*\/(?=src\/)/, '');
