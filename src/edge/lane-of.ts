import { type Addressed, addressOf } from './address-of.ts';

/**
 * Who asks, wherever somebody waits behind themselves and not behind others: by their name, else by where they ask from. A key for a
 * source that nobody has checked makes nobody: with one made up for each request, each would have a lane.
 */
export function laneOf({ kind, name }: Named, from: Addressed, addressHeader: string | undefined): string {
  return name === null ? addressOf(from, addressHeader) : `${kind} ${name}`;
}

interface Named {
  readonly kind: string;
  readonly name: string | null;
}
