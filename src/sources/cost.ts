import type { ReadCost } from './contract.ts';

/** What a read costs, in requests: 1 is one small request. */
export type Cost = number;

/**
 * How many bytes of answer are as dear as one more request. Measured on an MCSManager panel: its list of all users, about 130
 * bytes each, takes as long as asking for one user in eighty singly. So 80 × 130 bytes make a request.
 */
const bytesPerRequest = 10_400;

/**
 * Requests, bytes and weight as one number, so that each can be traded for the others. Counting requests first, and bytes only
 * between equals, would go wrong on large sources: one request is fewer than two, so any two users of a panel of 100,000 would
 * be looked up by reading all of them, 13 MB, where two answers of 250 bytes say the same. By this measure that list costs
 * 1,251 and the two point reads 2.05; the list is chosen where it wins, from about one user in eighty upwards. On a small
 * source, where bytes hardly count, this comes to the fewest requests.
 */
export function requestEquivalents(cost: ReadCost): Cost {
  return cost.requests + cost.bytes / bytesPerRequest + (cost.weight ?? 0);
}

/**
 * How long the read takes, in rounds: 1 is the time of one usual request of its source. A round counts as much as a request, for
 * in that time the source could have answered one on the slot that waits.
 */
export function roundsOf({ requests, rounds = requests }: ReadCost): number {
  return rounds;
}

/** Of reads under way at once, where a source's settings say nothing else. */
export const usualConcurrency = 8;

/**
 * The longest that reads can take together, in rounds, when so many run at once and none waits while there is room: their sum
 * shared out, and what the longest may linger at the end (Graham 1966). 50 reads of a round take 7.1 at 8 at once, and one takes 1.
 */
export function waiting(total: number, longest: number, concurrency: number): number {
  return total / concurrency + lingering(longest, concurrency);
}

/** The part of it that hangs on the longest read alone. */
export function lingering(longest: number, concurrency: number): number {
  return longest * (1 - 1 / concurrency);
}
