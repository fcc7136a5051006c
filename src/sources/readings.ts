import type { Layer } from '../cache/kept-account.ts';
import { isRefusal, type Name } from '../cache/reading-through.ts';
import type { Shelf } from '../cache/shelf.ts';
import { traced } from '../cache/since.ts';
import { SourceError } from '../errors.ts';
import type { AccountRecord, PointRead, Read, SourceSession, SweepRead } from './contract.ts';
import { facetsIn, type Knowledge } from './knowledge.ts';
import type { ReadRunner } from './observing.ts';
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
  /** As they stand; they go on changing. */
  of(id: string): readonly Reading[];
  /** Resolves once nothing is under way for these ids; undefined when nothing is. */
  settle(ids: Iterable<string>): Promise<void> | undefined;
}

/** `ended` resolves whatever came of it. */
type Noted = Reading & { readonly ended: Promise<void> };

/** `at`: what is asked may be another session with each plan, as pages are noted that can be asked for again. */
export function createReadings(
  at: { readonly session: SourceSession },
  runner: ReadRunner,
  knowledge: Knowledge,
  shelf: Shelf,
): Readings {
  const byId = new Map<string, Noted[]>();
  // Under way or failed. Made for the first: most operations sweep nothing.
  let sweeps: Map<string, Promise<Brought>> | undefined;

  function note(read: Read, id: string, state: ReadingState, ended: Promise<void> = endedAlready): void {
    const entry = { read, state, ended };
    const noted = byId.get(id);
    if (noted === undefined) {
      byId.set(id, [entry]);
      return;
    }
    const before = noted.findIndex((each) => each.read.name === read.name);
    noted[before < 0 ? noted.length : before] = entry;
  }

  /** The read was not made for this id after all. */
  function withdraw(read: Read, id: string): void {
    byId.set(
      id,
      (byId.get(id) ?? []).filter((each) => each.read.name !== read.name),
    );
  }

  async function readPoint(read: PointRead, id: string): Promise<void> {
    try {
      const { at, begun } = begin();
      const { result, earlierMs } = await traced(runner.point, read, id);
      took(read, id, result, { at: at - earlierMs, begun });
      note(read, id, answered);
    } catch (reason) {
      note(read, id, { is: 'failed', reason });
    }
  }

  /** The moment from which an answer's age is counted: what changed while it was under way may not be in it. */
  const begin = (): Beginning => ({ at: shelf.now(), begun: shelf.begin() });

  function took(read: Read, id: string, told: AccountRecord | null, { at, begun }: Beginning): void {
    const lag = told === null ? 0 : (read.lag?.(id, told) ?? 0);
    const tellsAll = read.shape === 'point' || read.tellsAll !== false;
    const nothing = told === null || !tellsAll ? none : read.brings.filter((facet) => told[facet] === undefined);
    knowledge.learn(id, told, { at, lag, nothing, origin: 'SOURCE', stale: false });
    if (!shelf.keeps) return;
    const layer = told && { readAt: at, lag, nothing, facets: withoutErrors(told) };
    const refused = told === null ? none : facetsIn(told).filter((facet) => isRefusal(told[facet]));
    shelf.keep(nameIn(shelf, read, id), { readAt: at, layer, refused }, begun);
  }

  function makeSweep(read: SweepRead, partition: string, wanted: readonly string[]): void {
    const key = `${read.name}\0${partition}`;
    sweeps ??= new Map();
    const joined = sweeps.get(key);
    const brought = joined ?? beginSweep(sweeps, key, readSweep(read, partition, new Set(wanted)));
    for (const id of wanted) note(read, id, underway, waitForSweep(read, id, brought, joined !== undefined));
  }

  async function waitForSweep(read: SweepRead, id: string, brought: Promise<Brought>, isJoined: boolean): Promise<void> {
    try {
      const { accounts, began } = await brought;
      if (accounts.has(id)) note(read, id, answered);
      // It did not look for this one, and may have stopped early.
      else if (isJoined) withdraw(read, id);
      else if (!read.complete) note(read, id, { is: 'missed' });
      else {
        took(read, id, null, began);
        note(read, id, answered);
      }
    } catch (reason) {
      note(read, id, { is: 'failed', reason });
    }
  }

  async function readSweep(read: SweepRead, partition: string, wanted: ReadonlySet<string>): Promise<Brought> {
    const { at, begun } = begin();
    const { result: accounts, earlierMs } = await traced(runner.sweep, read, partition, wanted);
    const began = { at: at - earlierMs, begun };
    for (const [id, record] of accounts) took(read, id, record, began);
    return { accounts, began };
  }

  return {
    make: (plan) => {
      for (const { read: name, id } of plan.points) {
        const read = readNamed(at.session, name, 'point');
        note(read, id, underway, readPoint(read, id));
      }
      for (const { read: name, partition, wanted } of plan.sweeps)
        makeSweep(readNamed(at.session, name, 'sweep'), partition, wanted);
    },
    of: (id) => byId.get(id) ?? none,
    settle: (ids) => {
      const endings: Promise<void>[] = [];
      for (const id of ids) {
        for (const { state, ended } of byId.get(id) ?? none) if (state.is === 'underway') endings.push(ended);
      }
      return endings.length === 0 ? undefined : allOf(endings);
    },
  };
}

const none: readonly never[] = [];
const underway: ReadingState = { is: 'underway' };
const answered: ReadingState = { is: 'answered' };
const endedAlready = Promise.resolve();

/** A failure is kept, and told to each id by its own reading. */
function beginSweep(sweeps: Map<string, Promise<Brought>>, key: string, brought: Promise<Brought>): Promise<Brought> {
  sweeps.set(key, brought);
  brought.then(
    () => sweeps.delete(key),
    () => undefined,
  );
  return brought;
}

/** For those that never reject: one after the other takes as long as all at once, and makes less. */
async function allOf(endings: readonly Promise<void>[]): Promise<void> {
  for (const ended of endings) await ended;
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
