import type { Credential } from '../access/credential.ts';
import { type Meter, noteAsked, withMeter } from '../cache/since.ts';
import { SourceError } from '../errors.ts';
import type { AccountRecord, PointRead, Read, ReadCost, SharedRead, SourceSession, SweepRead } from './contract.ts';
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

/** The same session, whose reads are measured, and whose whole sweeps are made together with other operations' sweeps. */
export function inCompany(session: SourceSession, source: string, company: Company): SourceSession {
  const { experience, watch } = company;
  /** Why it was not found out how many accounts there are, where that took all the time there was. */
  let uncounted: unknown;

  async function measure<Told>(
    read: Measurable,
    accounts: number | null,
    declared: (told: Told) => ReadCost,
    work: () => Promise<Told>,
  ): Promise<Told> {
    const meter: Meter = { requests: 0, bytes: 0 };
    const behind = Math.floor(experience.underway / experience.concurrency);
    const started = performance.now();
    const end = (failed: string | null): number => {
      const ms = performance.now() - started;
      watch?.made({ ...meter, read: read.name, accounts, ms, failed });
      return ms;
    };
    experience.underway += 1;
    try {
      const told = await withMeter(meter, work);
      const ms = end(null);
      // Nothing was asked: it was at hand, or an operation before was waited for.
      if (meter.requests > 0)
        experience.measurements.note(read.name, { ms, behind, bytes: meter.bytes, declared: declared(told) });
      return told;
    } catch (error) {
      const ms = end(error instanceof SourceError ? error.code : 'ENDED');
      experience.measurements.noteFailure(read.name, error, { ms, behind, declared: read.cost });
      throw wasNotAsked(error) ? (uncounted ?? error) : error;
    } finally {
      experience.underway -= 1;
    }
  }

  const point = (read: PointRead): PointRead => ({
    ...read,
    read: (id) =>
      measure(
        read,
        1,
        () => read.cost,
        () => read.read(id),
      ),
  });

  const shared = (read: SharedRead): SharedRead => ({
    ...read,
    read: () =>
      measure(
        read,
        null,
        () => read.cost,
        () => read.read(),
      ),
  });

  const sweep = (read: SweepRead): SweepRead => ({
    ...read,
    read: (partition, wanted) =>
      measure(
        { name: read.name, cost: read.cost(partition, session.population()) },
        wanted.size,
        (brought: ReadonlyMap<string, AccountRecord>) => read.cost(partition, brought.size),
        () => (mayJoin(company, read, partition) ? sweepTogether(read, partition, wanted) : read.read(partition, wanted)),
      ),
  });

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

  const observed = (read: Read): Read => (read.shape === 'point' ? point(read) : sweep(read));
  const { count } = session;
  return {
    ...session,
    reads: session.reads.map(observed),
    shared: session.shared.map(shared),
    ...(count === undefined
      ? {}
      : {
          count: {
            ...count,
            ask: () =>
              measure({ name: 'count', cost: count.cost }, null, () => count.cost, count.ask).catch((error: unknown) => {
                if (company.signal?.aborted) uncounted = error;
                throw error;
              }),
          },
        }),
  };
}

const wasNotAsked = (error: unknown): boolean => error instanceof SourceError && error.code === 'SOURCE_NOT_ASKED';

interface Measurable {
  readonly name: string;
  readonly cost: ReadCost;
}

/** A sweep that comes in one answer. Of pages only as many are read as those take for whom the sweep was begun. */
export const mayJoin = ({ maxAgeMs }: Company, read: SweepRead, partition: string): boolean =>
  maxAgeMs !== 0 && read.cost(partition, 1_000_000).requests === 1;
