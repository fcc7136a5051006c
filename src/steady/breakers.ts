import type { CredentialClass } from '../access/credential.ts';
import { type Breaker, type BreakerState, createBreaker, type Pass } from './breaker.ts';
import { createByClass } from './by-class.ts';

/** What came of something that was let through. */
export type Came =
  /** No connection. That concerns everybody. */
  | 'unreached'
  /** Connected, and then failed those who ask with this key. */
  | 'failed'
  | 'answered'
  /** Nobody waited for it to the end, or it says nothing about the source. */
  | 'abandoned';

/**
 * Two breakers stand before each request: one for the source, which counts connections that could not be made, and one for those
 * who ask with the same key, which counts what failed after that. So a key for which a source fails keeps nobody else from it.
 */
export interface Breakers {
  /** Milliseconds until something may be let through; 0: now. */
  closedFor(credential: CredentialClass): number;
  /** Only after `closedFor` said 0. The function that comes back is to be told, once. */
  enter(credential: CredentialClass): (came: Came) => void;
  /** The worst that somebody meets whose requests are sent with these. */
  stateFor(...credentials: readonly CredentialClass[]): BreakerState;
}

/** `credential` is undefined for the breaker of the connections. */
export type BreakerChange = (state: BreakerState, credential: CredentialClass | undefined) => void;

/** Whatever fails, everything is let through. */
export const noBreakers: Breakers = { closedFor: () => 0, enter: () => () => {}, stateFor: () => 'CLOSED' };

export function createBreakers(now: () => number, onChange: BreakerChange): Breakers {
  const connection = createBreaker(now, (state) => onChange(state, undefined));
  const classes = createByClass<Breaker>(
    (credential) => createBreaker(now, (state) => onChange(state, credential)),
    // For half a minute at most: then it lets one request through whoever is remembered.
    ({ state }) => state === 'OPEN',
  );

  return {
    closedFor: (credential) => Math.max(connection.closedFor(), classes.of(credential).closedFor()),
    enter: (credential) => {
      const own = classes.of(credential);
      const passes: [Pass, Pass] = [connection.enter(), own.enter()];
      return (came) => settle(connection, own, passes, came);
    },
    stateFor: (...credentials) => {
      const states = [connection.state, ...credentials.map((credential) => classes.look(credential)?.state)];
      return states.find((state) => state === 'OPEN') ?? states.find((state) => state === 'HALF_OPEN') ?? 'CLOSED';
    },
  };
}

function settle(connection: Breaker, own: Breaker, [first, second]: readonly [Pass, Pass], came: Came): void {
  if (came === 'unreached') connection.failed(first);
  else if (came === 'abandoned') connection.abandoned(first);
  else connection.succeeded(first);
  if (came === 'failed') own.failed(second);
  else if (came === 'answered') own.succeeded(second);
  else own.abandoned(second);
}
