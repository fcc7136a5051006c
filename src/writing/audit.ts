import type { Logger } from 'pino';
import type { FieldValue } from '../domain/writes.ts';
import { maskAddresses } from './address-mask.ts';
import type { FieldVerdict, Receipt, WriteOutcome } from './change.ts';

/** Who writes. `holder` tells apart those who bring keys of their own for the source, without telling the key. */
export interface Writer {
  readonly kind: string;
  readonly name: string | null;
  readonly holder: string | null;
}

/** What is known of a write before it is sent. */
interface AuditBase {
  readonly time: string;
  /** The same in both records of one write. */
  readonly id: string;
  readonly caller: { readonly kind: string; readonly name: string | null };
  /** Whose credential the source was asked with. */
  readonly credential: 'service' | 'own';
  readonly source: string;
  readonly operation: string;
  readonly target: string;
}

/** That something is about to be sent. Where no outcome follows under its id, the process did not live to tell. */
export interface AuditAttempt extends AuditBase {
  readonly phase: 'attempt';
  readonly fields: readonly Pick<AuditField, 'name' | 'requested'>[];
}

/** What is kept of one write, as it stands in the log and in the file. Secrets are out, those within addresses, too. */
export interface AuditRecord extends AuditBase {
  /** `look`: nothing was sent for it. It tells what became of what an earlier write under its idempotency key sent. */
  readonly phase: 'outcome' | 'look';
  /** Whether anything that changes was sent for it. */
  readonly sent: boolean;
  readonly fields: readonly AuditField[];
  readonly receipt: Receipt;
  /** The kinds of problems; none: all of it is so. */
  readonly problems: readonly string[];
  /** What the source said no with, by Rollcall’s codes; null where it did not. */
  readonly code: string | null;
  /** The HTTP status of the last request that was to change something; null where none was answered, or the source does not tell. */
  readonly status: number | null;
  readonly ms: number;
}

export interface AuditField {
  readonly name: string;
  readonly requested: FieldValue;
  readonly before: FieldValue;
  readonly after: FieldValue;
  readonly verdict: FieldVerdict;
}

export interface Audit {
  /** Both resolve when the line is with the file system, or could not be written. */
  begin(attempt: AuditAttempt): Promise<void>;
  note(record: AuditRecord): Promise<void>;
  /** Resolves when all that was noted is written. */
  close(): Promise<void>;
}

export interface AuditFile {
  append(line: string): Promise<void>;
}

export function createAudit(log: Logger, file: AuditFile | undefined): Audit {
  let written: Promise<void> = Promise.resolve();
  const append = (record: AuditAttempt | AuditRecord, message: string): Promise<void> => {
    // Every log line has its own time.
    const { time: _time, ...rest } = record;
    log.info(rest, message);
    if (file === undefined) return Promise.resolve();
    // The file system's message names the file, which is ours to tell.
    written = file.append(JSON.stringify(record)).catch((error: unknown) => log.error({ err: error }, 'audit not written'));
    return written;
  };
  return {
    begin: (attempt) => append(attempt, 'write begun'),
    note: (record) => append(record, record.phase === 'look' ? 'write looked after' : 'write'),
    close: () => written,
  };
}

/** One write, as all its records name it. */
export interface Named {
  readonly id: string;
  readonly writer: Writer;
  readonly source: string;
  readonly operation: string;
  readonly target: string;
}

const baseOf = ({ id, writer, source, operation, target }: Named): AuditBase => ({
  time: new Date().toISOString(),
  id,
  caller: { kind: writer.kind, name: writer.name },
  credential: writer.holder === null ? 'service' : 'own',
  source,
  operation,
  target: String(maskAddresses(target)),
});

export const toAttempt = (named: Named, fields: AuditAttempt['fields']): AuditAttempt => ({
  ...baseOf(named),
  phase: 'attempt',
  fields: fields.map(({ name, requested }) => ({ name, requested: maskAddresses(requested) })),
});

/** What a record has beside the outcome. */
interface ToldOf {
  /** The names of what is noted of the receipt. */
  readonly noted: readonly string[];
  /** Whether nothing was done but to look. */
  readonly looked: boolean;
  readonly status: number | null;
  readonly ms: number;
}

export function toRecord(named: Named, outcome: WriteOutcome, { noted, looked, status, ms }: ToldOf): AuditRecord {
  const codes = outcome.problems.flatMap((problem) => ('code' in problem ? [problem.code] : []));
  return {
    ...baseOf(named),
    phase: looked ? 'look' : 'outcome',
    sent: outcome.sent && !looked,
    fields: outcome.fields.map(({ name, requested, before = null, after = null, verdict }) => ({
      name,
      requested: maskAddresses(requested),
      before: maskAddresses(before),
      after: maskAddresses(after),
      verdict,
    })),
    receipt: pick(outcome.receipt, noted),
    problems: outcome.problems.map(({ kind }) => kind),
    code: codes[0] ?? null,
    status,
    ms,
  };
}

export const pick = (receipt: Receipt, names: readonly string[]): Receipt =>
  Object.fromEntries(Object.entries(receipt).filter(([name]) => names.includes(name)));
