/** Refusals that no count of ours explains, of routes that a source counts by path. */
export interface Refusals {
  /** Whether another path of this route is still being left alone for such a one. */
  isSecond(route: string, path: string, heldMs: number): boolean;
}

/**
 * One alone may be the path's: somebody else at the same address may have used it up. A second path that is refused meanwhile, too,
 * says that it is no count of paths, but one of somebody in between, who refuses an address or a key whatever is asked.
 */
export function createRefusals(now: () => number): Refusals {
  const last = new Map<string, { readonly path: string; readonly until: number }>();
  return {
    isSecond: (route, path, heldMs) => {
      const known = last.get(route);
      last.set(route, { path, until: now() + heldMs });
      return known !== undefined && known.path !== path && known.until > now();
    },
  };
}
