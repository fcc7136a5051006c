import { listenDirectly } from './direct-door.ts';
import { askTextBy, type Rollcall, startRollcall, type Twins } from './rollcall.ts';

/** Operations get less time than any source, and one of the sources never answers. */
export async function startOutOfTime(
  silent: keyof Twins,
  patience: Patience = { operationMs: 1_500, sourceMs: 60_000 },
): Promise<Rollcall> {
  const { sourceMs: deadlineMs, atOnce: concurrency, namesKept } = patience;
  const rollcall = await startRollcall({
    size: 12,
    ...(namesKept === undefined ? {} : { cache: true }),
    config: ({ sources, ...others }) => ({
      ...others,
      edge: { operationDeadlineMs: patience.operationMs },
      sources: sources.map((source) => ({
        ...source,
        http: { deadlineMs, ...(concurrency === undefined ? {} : { concurrency }) },
        ...(namesKept === undefined ? {} : { cache: { identity: namesKept } }),
      })),
    }),
  });
  rollcall.community[silent].faults.add({ fault: { kind: 'hang' } });
  return rollcall;
}

export interface Patience {
  readonly operationMs: number;
  readonly sourceMs: number;
  /** Requests to a source; absent: as many as usual. */
  readonly atOnce?: number;
  /** For how long names are good; absent: nothing is kept. */
  readonly namesKept?: { readonly fresh: number; readonly staleWhileRevalidate: number; readonly staleIfError: number };
}

/** Asks by both doors, whichever the other tests come in by. */
export async function byDoor(
  door: string,
  { app, inside }: Rollcall,
): Promise<{ ask: Rollcall['askText']; close(): Promise<void> }> {
  if (door === 'Yoga’s') return { ask: askTextBy(inside), close: async () => undefined };
  const { fetch, close } = await listenDirectly(app);
  return { ask: askTextBy(fetch), close };
}

export interface Blamed {
  readonly errors?: readonly { readonly path?: readonly (string | number)[]; readonly extensions: object }[];
}

/** Code and source of each error, by its path. */
export const blame = ({ errors = [] }: Blamed): Record<string, string> =>
  Object.fromEntries(
    errors.map(({ path = [], extensions }) => {
      const { code, source } = { code: '', source: '', ...extensions };
      return [path.join('.'), `${code} ${source}`];
    }),
  );
