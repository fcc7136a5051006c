import type { CredentialClass } from '../access/credential.ts';
import type { QuotaSettings, RouteLimit, RouteLimits } from './limits.ts';
import type { ToldRate } from './rate-headers.ts';
import { createRefusals } from './refusals.ts';
import { createSpent } from './spent.ts';
import { createWindow, type Window } from './window.ts';

/** What is about to be sent, as limits look at it. */
export interface Counted {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly credential: CredentialClass;
}

/** What may still be asked of one source. */
export interface Ledger {
  /** The counts that a request goes into. */
  windowsOf(counted: Counted): readonly Window[];
  /** To be asked as a request is sent: its number. */
  order(): number;
  /** What the source said of a request. Tells whether somebody has to wait for longer or shorter because of it. */
  correct(counted: Counted, said: Said): boolean;
  /** Milliseconds that somebody has to wait who asks for this now; 0: not at all. `windows` are its own. */
  waitOf(counted: Counted, windows: readonly Window[]): number;
  /** Milliseconds until so many requests may be made of a route that is counted as a whole; `*` for all routes together. */
  waitFor(route: string, credential: CredentialClass, count: number): number;
  /** Of each route that is counted as a whole, by somebody with this credential. */
  report(credential: CredentialClass): readonly QuotaState[];
}

export interface Said {
  readonly order: number;
  readonly rate: ToldRate | undefined;
  /** For how many milliseconds it wants to be left alone, where it said that it was asked too often. */
  readonly heldMs: number | undefined;
}

export interface QuotaState {
  /** `*` for all routes together. */
  readonly route: string;
  /** Null where only the source's own word is known. */
  readonly limit: number | null;
  readonly left: number | null;
  /** Milliseconds until all of it is there again; null while nothing of it is used. */
  readonly resetMs: number | null;
}

/** `onChange` is told of whole routes, and of `*`, when somebody asks: nothing of paths, which hold ids. */
export function createLedger(
  limits: RouteLimits,
  quota: QuotaSettings,
  now: () => number,
  onChange: (route: string, isSpent: boolean) => void,
): Ledger {
  const windows = new Map<string, Counting>();
  // A count for each path is nobody's to look at: paths hold ids. There may be thousands, which nobody who looks should pass.
  const byPath = new Map<string, Window>();
  // What `windowsOf` has found, by what it was asked for.
  const groups = new Map<string, readonly Window[]>();
  const spent = createSpent(onChange);
  const refusals = createRefusals(now);
  let sent = 0;
  const whole = quota.perMinute === undefined ? [] : [keep('*', createWindow(60_000, quota.perMinute, 1, now), '*')];

  function keep(name: string, window: Window, route: string, credential?: CredentialClass): Window {
    windows.set(name, { window, route, credential });
    spent.watch(window, route);
    return window;
  }

  function windowOf({ requests, seconds, countedBy, eachPath }: RouteLimit, counted: Counted): Window {
    const { route, method, path, credential } = counted;
    const who = countedBy === 'credential' ? credential : undefined;
    const name = `${route}\0${seconds}\0${who ?? ''}\0${eachPath ? `${method} ${path}` : ''}`;
    const known = eachPath ? byPath.get(name) : windows.get(name)?.window;
    if (known !== undefined) return known;
    const share = countedBy === 'address' ? quota.share : 1;
    const window = createWindow(seconds * 1000, quota.enabled ? requests : undefined, share, now);
    if (!eachPath) return keep(name, window, route, who);
    byPath.set(name, window);
    return window;
  }

  const learned = (route: string, who: CredentialClass | undefined): Window | undefined =>
    windows.get(learnedName(route, who))?.window;

  /** `who` is undefined where nobody may ask for the route. */
  function learn(route: string, who: CredentialClass | undefined): Window {
    const known = learned(route, who);
    if (known !== undefined) return known;
    groups.clear();
    return keep(learnedName(route, who), createWindow(1_000, undefined, 1, now), route, who);
  }

  function clearIdle(): void {
    groups.clear();
    for (const [name, { window }] of windows) if (name !== '*' && window.isIdle()) windows.delete(name);
    for (const [name, window] of byPath) if (window.isIdle()) byPath.delete(name);
  }

  return {
    windowsOf: (counted) => {
      const { route, credential } = counted;
      const own = limits[route] ?? [];
      const each = own.some(({ eachPath }) => eachPath) ? `${counted.method} ${counted.path}` : '';
      const name = `${route}\0${credential}\0${each}`;
      const known = groups.get(name);
      if (known !== undefined) return known;
      if (groups.size >= crowded) clearIdle();
      const told = [learned(route, credential), learned(route, undefined)].filter((window) => window !== undefined);
      const found = [...whole, ...own.map((limit) => windowOf(limit, counted)), ...told];
      groups.set(name, found);
      return found;
    },
    order: () => {
      sent += 1;
      return sent;
    },
    correct: (counted, { order, rate: told, heldMs }) => {
      if (told === undefined && heldMs === undefined) return false;
      const { route, path, credential } = counted;
      const own = (limits[route] ?? []).map((limit) => ({ limit, window: windowOf(limit, counted) }));
      // Of several limits the source tells one, which its size gives away.
      const meant = own.find(({ limit }) => limit.requests === told?.limit) ?? (own.length === 1 ? own[0] : undefined);
      // Looked at before that word is believed: by a refusal nothing is left, whoever has used it up.
      const isExplained =
        (told?.left === 0 && told.limit === meant?.limit.requests) || own.some(({ window }) => window.isNearlySpent());
      let isChanged = false;
      // Of a route whose limits are not known nobody knows either how much else goes into the count that is told.
      if (told !== undefined && meant !== undefined) {
        // No window lasts longer than it does, whatever a clock that goes wrong makes of its end.
        const resetMs = Math.min(told.resetMs, (meant.limit.seconds + 1) * 1000);
        isChanged = meant.window.correct({ ...told, resetMs }, order);
      }
      if (heldMs === undefined) return isChanged;
      if (own.length === 0) learn(route, credential).hold(heldMs);
      for (const { window } of meant === undefined ? own : [meant]) window.hold(heldMs);
      if (own.length === 0 || isExplained || !own.every(({ limit }) => limit.eachPath)) return true;
      const who = own.every(({ limit }) => limit.countedBy === 'credential') ? credential : undefined;
      if (refusals.isSecond(learnedName(route, who), path, heldMs)) learn(route, who).hold(heldMs);
      return true;
    },
    waitOf: ({ route }, asked) => {
      let wait = 0;
      for (const window of asked) {
        const ms = window.wait();
        if (ms > 0) spent.note(window);
        if (ms > wait) wait = ms;
      }
      spent.look(route);
      spent.look('*');
      return wait;
    },
    waitFor: (asked, credential, count) => {
      let wait = 0;
      for (const { window, route, credential: whose } of windows.values()) {
        if (route === asked && (whose === undefined || whose === credential)) wait = Math.max(wait, window.wait(count));
      }
      return wait;
    },
    report: (credential) =>
      [...windows.values()].flatMap(({ window, route, credential: whose }) =>
        whose === undefined || whose === credential ? [{ route, ...window.state() }] : [],
      ),
  };
}

const learnedName = (route: string, who: CredentialClass | undefined): string => `${route}\0learned\0${who ?? ''}`;

interface Counting {
  readonly window: Window;
  readonly route: string;
  /** Undefined where all are counted together. */
  readonly credential: CredentialClass | undefined;
}

/** From so many on, counts that have run out are cleared away. */
const crowded = 5_000;
