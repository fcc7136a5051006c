import type { ZodType } from 'zod';
import type { FacetName } from '../../domain/facets.ts';
import { SourceError } from '../../errors.ts';
import type { AccountRecord } from '../contract.ts';
import { McsManagerUuid } from './wire.ts';

/** How the rows of one list are read. */
export interface RowReader<Row> {
  readonly shape: ZodType<Row>;
  readonly brings: readonly FacetName[];
  toRecord(row: Row): AccountRecord;
}

/** By id. A row whose fields are not what they should be spoils its own facets; one without an id spoils the list. */
export function readRows<Row>(
  rows: readonly unknown[],
  reader: RowReader<Row>,
  source: string,
): ReadonlyMap<string, AccountRecord> {
  return new Map(
    rows.map((row) => {
      const named = McsManagerUuid.safeParse(row);
      if (!named.success) throw new SourceError('SOURCE_MALFORMED', source);
      const parsed = reader.shape.safeParse(row);
      const record = parsed.success ? reader.toRecord(parsed.data) : withoutFacets(reader.brings, malformed(source));
      return [named.data.uuid, record];
    }),
  );
}

/** A record that says of each facet why it could not be had. */
export const withoutFacets = (facets: readonly FacetName[], reason: SourceError): AccountRecord =>
  Object.fromEntries(facets.map((facet) => [facet, reason]));

const malformed = (source: string): SourceError => new SourceError('SOURCE_MALFORMED', source);
