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
