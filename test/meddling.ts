import type { TwinServer } from '../src/twins/server.ts';

export interface Moment {
  readonly method: string;
  readonly path?: RegExp;
  /** How many such requests go by first. */
  readonly after?: number;
}

/** Somebody else, who acts on the twin itself as a request arrives there: after Rollcall has looked, and before its write is done. */
export function meddle({ faults }: Pick<TwinServer, 'faults'>, { method, path, after = 0 }: Moment, act: () => void): void {
  const take = faults.take.bind(faults);
  let seen = 0;
  faults.take = (askedMethod, askedPath) => {
    const isIt = askedMethod === method && (path === undefined || path.test(askedPath));
    if (isIt && seen++ === after) act();
    return take(askedMethod, askedPath);
  };
}
