import { type SourceId, sourceIds } from '../truth/subjects.ts';

/** When something was wrong: from the first moment to that when everything had been seen well again. */
export interface Health {
  fell(source: SourceId): void;
  healed(source: SourceId): void;
  /** At any moment from then until then. */
  wasIll(source: SourceId, from: number, until: number): boolean;
  /** A cache, a clock: something that is no source, and of which nobody may notice anything. */
  disturbed(): void;
  settled(): void;
  /** `calm`: nothing at all was wrong anywhere. `storm`: something was, for the whole time. Undefined for what is neither. */
  weatherOf(source: SourceId, from: number, until: number): 'calm' | 'storm' | undefined;
}

interface Spell {
  readonly from: number;
  until: number;
}

export function createHealth(): Health {
  const spells: Record<SourceId | 'other', Spell[]> = { horde: [], mcsmanager: [], webui: [], other: [] };
  const begin = (name: keyof typeof spells): void =>
    void spells[name].push({ from: Date.now(), until: Number.POSITIVE_INFINITY });
  const end = (name: keyof typeof spells): void => {
    const last = spells[name].at(-1);
    if (last !== undefined) last.until = Date.now();
  };
  const meets = (name: keyof typeof spells, from: number, until: number): boolean =>
    spells[name].some((spell) => spell.from <= until && spell.until >= from);
  const covers = (name: keyof typeof spells, from: number, until: number): boolean =>
    spells[name].some((spell) => spell.from <= from && spell.until >= until);

  return {
    fell: begin,
    healed: end,
    wasIll: meets,
    disturbed: () => begin('other'),
    settled: () => end('other'),
    weatherOf: (source, from, until) => {
      if (meets(source, from, until)) return undefined;
      const others = [...sourceIds.filter((each) => each !== source), 'other' as const];
      if (others.some((name) => covers(name, from, until))) return 'storm';
      return others.some((name) => meets(name, from, until)) ? undefined : 'calm';
    },
  };
}
