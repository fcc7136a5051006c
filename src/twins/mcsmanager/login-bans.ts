import type { Panel } from './panel.ts';

const TRIES = 10;
const BAN_MS = 10 * 60_000;

/** Counts an attempt to log in from this address; false once there were too many in a row. A success sets it back. */
export function admitAddress(panel: Panel, address: string): boolean {
  const known = panel.run.failedLogins.get(address) ?? { count: 0, bannedUntil: undefined };
  if (known.bannedUntil !== undefined && panel.now() >= known.bannedUntil) {
    known.count = 0;
    known.bannedUntil = undefined;
  }
  panel.run.failedLogins.set(address, known);
  if (known.count > TRIES) {
    known.bannedUntil ??= panel.now() + BAN_MS;
    return false;
  }
  known.count += 1;
  return true;
}

export function bannedAddresses(panel: Panel): number {
  return [...panel.run.failedLogins.values()].filter(({ bannedUntil }) => bannedUntil !== undefined && panel.now() < bannedUntil)
    .length;
}
