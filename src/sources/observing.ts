import type { Credential } from '../access/credential.ts';
import { type Meter, noteAsked, withMeter } from '../cache/since.ts';
import { SourceError } from '../errors.ts';
import type { AccountRecord, Count, PointRead, ReadCost, SharedRead, SourceSession, SweepRead } from './contract.ts';
import type { Experience } from './experience.ts';
import { type Swept, sweepKey } from './joining.ts';
import type { PlanWatch } from './watching.ts';

/** A session as part of the process: what its reads take is learned from, and its sweeps are shared. */
export interface Company {
  readonly experience: Experience;
  readonly credential: Credential;
  readonly signal: AbortSignal | undefined;
  /** It joins no sweep that others began so long ago, because what it shows is to be younger. Absent: it joins whichever is under way. */
  readonly maxAgeMs?: number | undefined;
  /** Another session with the same credential. */
  open(signal: AbortSignal): SourceSession;
  /** Of those who want to be told what was asked and why. */
  readonly watch?: PlanWatch | undefined;
}

/** The one way in which an operation makes a source's reads. */
export interface ReadRunner {
  point(read: PointRead, id: string): Promise<AccountRecord | null>;
  sweep(read: SweepRead, partition: string, wanted: ReadonlySet<string>): Promise<Swept>;
  shared(read: SharedRead): Promise<unknown>;
  count(count: Count): Promise<void>;
}

/** For a session that stands by itself. */
export const asTheyAre: ReadRunner = {
  point: (read, id) => read.read(id),
  sweep: (read, partition, wanted) => read.read(partition, wanted),
  shared: (read) => read.read(),
  count: (count) => count.ask(),
};

/** Measures the session's reads, and makes its whole sweeps together with other operations' sweeps. */
export function inCompany(session: SourceSession, source: string, company: Company): ReadRunner {
  const { experience, watch } = company;
  /** Why it was not found out how many accounts there are, where that took all the time there was. */
  let uncounted: unknown;

  async function measure<Told, Args extends readonly unknown[]>(
    { name, cost, accounts, declared }: Measurable<Told>,
    work: (...args: Args) => Promise<Told>,
    ...args: Args
  ): Promise<Told> {
    const meter: Meter = { requests: 0, bytes: 0 };
    const behind = Math.floor(experience.underway / experience.concurrency);
    const started = performance.now();
    experience.underway += 1;
    try {
      const told = await withMeter(meter, work, ...args);
      const ms = performance.now() - started;
      watch?.made({ ...meter, read: name, accounts, ms, failed: null });
      // Nothing was asked: it was at hand, or an operation before was waited for.
      if (meter.requests > 0) {
        experience.measurements.note(name, { ms, behind, bytes: meter.bytes, declared: declared?.(told) ?? cost });
      }
      return told;
    } catch (error) {
      const ms = performance.now() - started;
      watch?.made({ ...meter, read: name, accounts, ms, failed: error instanceof SourceError ? error.code : 'ENDED' });
      experience.measurements.noteFailure(name, error, { ms, behind, declared: cost });
      throw wasNotAsked(error) ? (uncounted ?? error) : error;
    } finally {
      experience.underway -= 1;
    }
  }

  async function sweepTogether(read: SweepRead, partition: string, wanted: ReadonlySet<string>): Promise<Swept> {
    const sweeping = {
      source,
      wanted,
      open: company.open,
      read: (own: SourceSession) => {
        const same = own.reads.find((each) => each.name === read.name);
        return (same?.shape === 'sweep' ? same : read).read(partition, wanted);
      },
    };
    const key = sweepKey(company.credential, read.name, partition);
    const { maxAgeMs = Number.POSITIVE_INFINITY } = company;
    const wantedAt = performance.now();
    const joined = await experience.sweeps.join(key, sweeping, company.signal, maxAgeMs);
    // It was told something older than itself.
    if (wantedAt - joined.begunAt >= maxAgeMs) return read.read(partition, wanted);
    noteAsked(joined.begunAt);
    // Not everybody's key is shown everybody: only of whom it was asked for can be said that they do not exist.
    const open = [...wanted].filter((id) => !joined.brought.has(id) && !joined.wanted.has(id));
    if (open.length === 0) return joined.brought;
    return new Map([...joined.brought, ...(await sweepTogether(read, partition, new Set(open)))]);
  }

  return {
    point: (read, id) => measure({ name: read.name, cost: read.cost, accounts: 1 }, asTheyAre.point, read, id),
    sweep: (read, partition, wanted) => {
      // A page that is asked for again is no read of the session's own.
      if (!session.reads.includes(read)) return asTheyAre.sweep(read, partition, wanted);
      const cost = read.cost(partition, session.population());
      const declared = (brought: Swept): ReadCost => read.cost(partition, brought.size);
      const make = mayJoin(company, read, partition) ? sweepTogether : asTheyAre.sweep;
      return measure({ name: read.name, cost, accounts: wanted.size, declared }, make, read, partition, wanted);
    },
    shared: (read) => measure({ name: read.name, cost: read.cost, accounts: null }, asTheyAre.shared, read),
    count: (count) =>
      measure({ name: 'count', cost: count.cost, accounts: null }, asTheyAre.count, count).catch((error: unknown) => {
        if (company.signal?.aborted) uncounted = error;
        throw error;
      }),
  };
}

const wasNotAsked = (error: unknown): boolean => error instanceof SourceError && error.code === 'SOURCE_NOT_ASKED';

interface Measurable<Told> {
  readonly name: string;
  readonly cost: ReadCost;
  /** How many it is made for; null where it is about none in particular. */
  readonly accounts: number | null;
  /** What it should have cost, where that hangs on what it brought. Absent: `cost`. */
  declared?(told: Told): ReadCost;
}

/** A sweep that comes in one answer. Of pages only as many are read as those take for whom the sweep was begun. */
export const mayJoin = ({ maxAgeMs }: Company, read: SweepRead, partition: string): boolean =>
  maxAgeMs !== 0 && read.cost(partition, 1_000_000).requests === 1;
