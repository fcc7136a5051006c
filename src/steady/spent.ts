import type { Window } from './window.ts';

/** Tells of routes that cannot be asked for now: once when that begins and once when it is over. */
export interface Spent {
  /** From now on it counts for this route. What is not watched is told of to nobody. */
  watch(window: Window, route: string): void;
  /** Somebody has to wait for it. */
  note(window: Window): void;
  /** Somebody asks for this route. */
  look(route: string): void;
}

export function createSpent(onChange: (route: string, isSpent: boolean) => void): Spent {
  const routes = new WeakMap<Window, string>();
  // Where keys are counted each by itself, there may be several of a route.
  const spent = new Map<string, Set<Window>>();
  return {
    watch: (window, route) => void routes.set(window, route),
    note: (window) => {
      const route = routes.get(window);
      if (route === undefined) return;
      const known = spent.get(route);
      if (known !== undefined) return void known.add(window);
      spent.set(route, new Set([window]));
      onChange(route, true);
    },
    look: (route) => {
      const known = spent.get(route);
      if (known === undefined) return;
      for (const window of known) {
        if (!window.isThereAgain()) return;
        known.delete(window);
      }
      spent.delete(route);
      onChange(route, false);
    },
  };
}
