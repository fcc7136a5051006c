import type { Comparison } from './comparing.ts';
import type { ReadMade, Watching } from './watching.ts';

/** What an operation asked of one source, by read. */
export interface SourcePlan {
  readonly source: string;
  readonly requests: number;
  readonly bytes: number;
  readonly reads: readonly ReadsMade[];
  /** Absent where the source was not asked with the service's key: its size is nobody else's business. */
  readonly decisions?: readonly Comparison[];
  /** Wants that were at hand, of the cache or of what the operation had been told before, and not asked for. */
  readonly atHand: number;
}

/** One line for all reads of a name. */
export interface ReadsMade {
  readonly read: string;
  readonly times: number;
  readonly accounts: number | null;
  readonly requests: number;
  readonly bytes: number;
  /** Of the longest. */
  readonly ms: number;
  readonly failed: Readonly<Record<string, number>>;
}

/** Writes down for one operation what is asked and why. No ids, no addresses, nothing that other operations asked. */
export interface PlanNotes {
  readonly watching: Watching;
  told(): readonly SourcePlan[];
}

interface Noted {
  readonly made: ReadMade[];
  readonly decisions: Comparison[];
  readonly isService: boolean;
}

export function createPlanNotes(): PlanNotes {
  const bySource = new Map<string, Noted>();
  return {
    watching: (source, { credential }) => {
      // After a write the source is opened anew, and noted on.
      const noted = bySource.get(source) ?? { made: [], decisions: [], isService: credential.class === 'service' };
      bySource.set(source, noted);
      return { chose: (comparison) => noted.decisions.push(comparison), made: (read) => noted.made.push(read) };
    },
    told: () => [...bySource].filter(([, { decisions, made }]) => decisions.length + made.length > 0).map(toPlan),
  };
}

function toPlan([source, { made, decisions, isService }]: [string, Noted]): SourcePlan {
  return {
    source,
    requests: total(made, ({ requests }) => requests),
    bytes: total(made, ({ bytes }) => bytes),
    reads: [...Map.groupBy(made, ({ read }) => read)].map(([read, all]) => toReads(read, all)),
    atHand: total(decisions, ({ atHand }) => atHand),
    ...(isService ? { decisions: decisions.filter(({ chosen }) => chosen.reads.length > 0) } : {}),
  };
}

function toReads(read: string, all: readonly ReadMade[]): ReadsMade {
  const failures = Map.groupBy(
    all.flatMap(({ failed }) => failed ?? []),
    (code) => code,
  );
  return {
    read,
    times: all.length,
    accounts: all.some(({ accounts }) => accounts === null) ? null : total(all, ({ accounts }) => accounts ?? 0),
    requests: total(all, ({ requests }) => requests),
    bytes: total(all, ({ bytes }) => bytes),
    ms: Math.round(Math.max(...all.map(({ ms }) => ms)) * 10) / 10,
    failed: Object.fromEntries([...failures].map(([code, { length }]) => [code, length])),
  };
}

const total = <Item>(items: readonly Item[], amount: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0);
