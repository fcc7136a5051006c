/** What was true when. Times in milliseconds since 1970, by the clock of this machine. */
export interface History {
  note(account: string, field: string, value: unknown): void;
  /** Whether it was so at any moment from then until then. */
  held(account: string, field: string, value: unknown, from: number, until: number): boolean;
  /** When it became so, for the last time. */
  since(account: string, field: string, value: unknown): number | undefined;
  /** How often it was set to that, whether or not that changed it. */
  times(account: string, field: string, value: unknown): number;
  /** What was so in that time, for people. */
  told(account: string, field: string, from: number, until: number): string;
}

export function createHistory(): History {
  const lives = new Map<string, { readonly value: unknown; readonly from: number }[]>();
  const sets = new Map<string, number>();
  const lifeOf = (account: string, field: string) => lives.get(`${account} ${field}`) ?? [];
  const within = (account: string, field: string, from: number, until: number) =>
    lifeOf(account, field).filter((each, index, all) => each.from <= until && (all[index + 1]?.from ?? until) >= from);

  return {
    note: (account, field, value) => {
      const name = `${account} ${field}`;
      const life = lives.get(name) ?? [];
      lives.set(name, life);
      sets.set(`${name} ${value}`, (sets.get(`${name} ${value}`) ?? 0) + 1);
      if (life.at(-1)?.value !== value) life.push({ value, from: Date.now() });
    },
    held: (account, field, value, from, until) => within(account, field, from, until).some((each) => each.value === value),
    since: (account, field, value) => lifeOf(account, field).findLast((each) => each.value === value)?.from,
    times: (account, field, value) => sets.get(`${account} ${field} ${value}`) ?? 0,
    told: (account, field, from, until) => JSON.stringify(within(account, field, from, until)),
  };
}
