import type { Layer } from '../cache/kept-account.ts';
import { isRefusal, type Name } from '../cache/reading-through.ts';
import type { Shelf } from '../cache/shelf.ts';
import { traced } from '../cache/since.ts';
import { SourceError } from '../errors.ts';
import type { AccountRecord, PointRead, Read, SourceSession, SweepRead } from './contract.ts';
import { facetsIn, type Knowledge } from './knowledge.ts';
import type { Unpriced } from './only-read.ts';

/** One read as made for one id. */
export interface Reading {
  readonly read: Read;
  readonly state: ReadingState;
}

export type ReadingState =
  /** Nobody need ask for what it will bring. */
  | { readonly is: 'underway' }
  /** What it told is in the knowledge, be it that nobody has this id. */
  | { readonly is: 'answered' }
  /** A paged sweep is no snapshot: whoever moves between two of its pages does not come. That says nothing about them. */
  | { readonly is: 'missed' }
  | { readonly is: 'failed'; readonly reason: unknown };

/** The reads of one operation. None is made twice for an id; a sweep that failed is not tried again for others either. */
export interface Readings {
  /** Starts the plan's reads, or joins them where they are under way. */
  make(plan: Unpriced): void;
  of(id: string): readonly Reading[];
  /** Resolves once nothing is under way for these ids; false when nothing was. */
  settle(ids: readonly string[]): Promise<boolean>;
}

/** `ended` resolves whatever came of it. */
type Noted = Reading & { readonly ended: Promise<void> };

export function createReadings(session: SourceSession, knowledge: Knowledge, shelf: Shelf): Readings {
  const byId = new Map<string, Map<string, Noted>>();
  // Under way or failed.
  const sweeps = new Map<string, Promise<Brought>>();
  const of = (id: string) => [...(byId.get(id)?.values() ?? [])];

  /** A null ending means that the read was not made for this id after all. */
  function note(read: Read, id: string, ending: Promise<ReadingState | null>): void {
    const readings = byId.get(id) ?? new Map<string, Noted>();
    byId.set(id, readings);
    const end = (state: ReadingState | null) => {
      if (state === null) readings.delete(read.name);
      else readings.set(read.name, { read, state, ended });
    };
    const ended = ending.then(end, (reason: unknown) => end({ is: 'failed', reason }));
    readings.set(read.name, { read, state: { is: 'underway' }, ended });
  }

  async function readPoint(read: PointRead, id: string): Promise<ReadingState> {
    const began = begin();
    const { result, earlierMs } = await traced(() => read.read(id));
    took(read, id, result, { ...began, at: began.at - earlierMs });
    return { is: 'answered' };
  }

  /** The moment from which an answer's age is counted: what changed while it was under way may not be in it. */
  const begin = (): Beginning => ({ at: shelf.now(), begun: shelf.begin() });

  function took(read: Read, id: string, told: AccountRecord | null, { at, begun }: Beginning): void {
    const lag = told === null ? 0 : (read.lag?.(id, told) ?? 0);
    const tellsAll = read.shape === 'point' || read.tellsAll !== false;
    const nothing = told === null || !tellsAll ? [] : read.brings.filter((facet) => told[facet] === undefined);
    knowledge.learn(id, told, { at, lag, nothing, origin: 'SOURCE', stale: false });
    if (!shelf.keeps) return;
    const layer = told && { readAt: at, lag, nothing, facets: withoutErrors(told) };
    const refused = told === null ? [] : facetsIn(told).filter((facet) => isRefusal(told[facet]));
    shelf.keep(nameIn(shelf, read, id), { readAt: at, layer, refused }, begun);
  }

  function makeSweep(read: SweepRead, partition: string, wanted: readonly string[]): void {
    const key = `${read.name}\0${partition}`;
    const joined = sweeps.get(key);
    const brought = joined ?? readSweep(read, partition, new Set(wanted));
    if (joined === undefined) {
      sweeps.set(key, brought);
      // A failure is kept, and told to each id by its own reading.
      brought.then(
        () => sweeps.delete(key),
        () => undefined,
      );
    }
    const stateOf = (id: string, { accounts, began }: Brought): ReadingState | null => {
      if (accounts.has(id)) return { is: 'answered' };
      // It did not look for this one, and may have stopped early.
      if (joined !== undefined) return null;
      if (!read.complete) return { is: 'missed' };
      took(read, id, null, began);
      return { is: 'answered' };
    };
    for (const id of wanted) {
      const ending = brought.then((came) => stateOf(id, came));
      note(read, id, ending);
    }
  }

  async function readSweep(read: SweepRead, partition: string, wanted: ReadonlySet<string>): Promise<Brought> {
    const { at, begun } = begin();
    const { result: accounts, earlierMs } = await traced(() => read.read(partition, wanted));
    const began = { at: at - earlierMs, begun };
    for (const [id, record] of accounts) took(read, id, record, began);
    return { accounts, began };
  }

  return {
    make: (plan) => {
      for (const { read: name, id } of plan.points) {
        const read = readNamed(session, name, 'point');
        note(read, id, readPoint(read, id));
      }
      for (const { read: name, partition, wanted } of plan.sweeps)
        makeSweep(readNamed(session, name, 'sweep'), partition, wanted);
    },
    of,
    settle: async (ids) => {
      const underway = ids.flatMap(of).filter(({ state }) => state.is === 'underway');
      await Promise.all(underway.map(({ ended }) => ended));
      return underway.length > 0;
    },
  };
}

interface Brought {
  readonly accounts: ReadonlyMap<string, AccountRecord>;
  readonly began: Beginning;
}

interface Beginning {
  readonly at: number;
  readonly begun: number;
}

function nameIn({ ages }: Shelf, { brings }: Read, id: string): Name {
  return { what: brings.every((facet) => ages.besides.has(facet)) ? 'shared' : 'account', id };
}

export function withoutErrors(record: AccountRecord): Layer['facets'] {
  const all = facetsIn(record);
  const facets = all.filter((facet) => !(record[facet] instanceof SourceError));
  // Each key is a facet, each value that facet's own.
  const kept = facets.length === all.length ? record : Object.fromEntries(facets.map((facet) => [facet, record[facet]]));
  return kept as Layer['facets'];
}

function readNamed<Shape extends Read['shape']>(
  session: SourceSession,
  name: string,
  shape: Shape,
): Extract<Read, { shape: Shape }> {
  const isMeant = (read: Read): read is Extract<Read, { shape: Shape }> => read.name === name && read.shape === shape;
  const read = session.reads.find(isMeant);
  if (read === undefined) throw new Error(`the plan names an unknown ${shape} read: ${name}`);
  return read;
}
