import { SourceError } from '../../../errors.ts';
import type { Asker } from '../asking.ts';
import { session } from '../endpoints.ts';
import { ownStatus } from './endpoints.ts';
import { OwnRecord } from './wire.ts';

/** The key's holder as stored. An administrator may have switched statuses off, and with them the one answer that tells all. */
export async function readOwnRecord(asker: Asker): Promise<OwnRecord> {
  try {
    return (await asker.askFor(ownStatus, OwnRecord)).body;
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'SOURCE_FORBIDDEN') throw error;
    return (await asker.askFor(session, OwnRecord)).body;
  }
}
