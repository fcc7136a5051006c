/** An account somewhere in an answer. */
export interface ShownAccount extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly __typename: string;
  readonly freshness: Freshness | null;
}

export interface Freshness {
  readonly fetchedAt: string;
  readonly age: number;
  readonly stale: boolean;
  readonly servedFrom: string;
  readonly sourceLag: number;
}

export type Path = readonly (string | number)[];

/** Every account in it, with the way there. */
export function accountsIn(value: unknown, path: Path = []): { readonly account: ShownAccount; readonly path: Path }[] {
  if (typeof value !== 'object' || value === null) return [];
  // Only accounts are asked for their type, and they are asked for these three.
  if ('__typename' in value && 'freshness' in value) return [{ account: value as ShownAccount, path }];
  return Object.entries(value).flatMap(([key, each]) => accountsIn(each, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** Whose the thing at the end of a path is: the last id on the way, or that which was asked for. */
export function idAt(data: unknown, path: Path, variables: Readonly<Record<string, unknown>>): string {
  let id: unknown = path[0] === 'usersById' ? Object.values(variables.ids ?? {})[Number(path[1])] : variables.id;
  let node: unknown = data;
  for (const step of path) {
    if (typeof node !== 'object' || node === null) break;
    node = Object.entries(node).find(([key]) => key === String(step))?.[1];
    if (typeof node === 'object' && node !== null && 'id' in node) id = node.id;
  }
  return String(id ?? '');
}

/** Whether something missing there is told of by an error: at it, above it, or below it. */
export const isToldOf = (path: Path, told: readonly Path[]): boolean =>
  told.some((each) => {
    const shared = Math.min(each.length, path.length);
    return each.slice(0, shared).every((step, index) => step === path[index]);
  });
