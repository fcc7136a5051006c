import type { CacheKey } from '../key.ts';
import type { Ticket } from '../second-level.ts';

/** How a source stood when it was read. Either is a word that was never used before, on whichever run of the server. */
export interface TicketContent {
  readonly generation: string;
  readonly epoch: string;
}

export const writeTicket = ({ generation, epoch }: TicketContent): Ticket => `${generation} ${epoch}`;

/** Null for that of a time when Redis was away. */
export function readTicket(ticket: Ticket): TicketContent | null {
  const [generation, epoch] = ticket.split(' ');
  return generation === undefined || epoch === undefined ? null : { generation, epoch };
}

/** What an entry is kept under: an account outlives the invalidation of another one, anything that tells of several does not. */
export const stampFor = (what: CacheKey['what'], { generation, epoch }: TicketContent): string =>
  what === 'account' ? epoch : generation;
