import type { Logger } from 'pino';
import type { FieldValue } from '../domain/writes.ts';
import type { FieldVerdict, Receipt, WriteOutcome } from './change.ts';

/** Who writes. `holder` tells apart those who bring keys of their own for the source, without telling the key. */
export interface Writer {
  readonly kind: string;
  readonly name: string | null;
  readonly holder: string | null;
}

/** What is kept of one write, as it stands in the log and in the file. Secrets are out. */
export interface AuditRecord {
  readonly time: string;
  readonly caller: { readonly kind: string; readonly name: string | null };
  /** Whose credential the source was asked with. */
  readonly credential: 'service' | 'own';
  readonly source: string;
  readonly operation: string;
  readonly target: string;
  /** Whether anything that changes was sent. */
  readonly sent: boolean;
  readonly fields: readonly AuditField[];
  readonly receipt: Receipt;
  /** The kinds of problems; none: all of it is so. */
  readonly problems: readonly string[];
  /** What the source said no with, by Rollcall’s codes; null where it did not. */
  readonly code: string | null;
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
  note(record: AuditRecord): void;
  /** Resolves when all that was noted is written. */
  close(): Promise<void>;
}

export interface AuditFile {
  append(line: string): Promise<void>;
}

export function createAudit(log: Logger, file: AuditFile | undefined): Audit {
  let written: Promise<void> = Promise.resolve();
  return {
    note: (record) => {
      // Every log line has its own time.
      const { time: _time, ...rest } = record;
      log.info(rest, 'write');
      if (file === undefined) return;
      // The file system's message names the file, which is ours to tell.
      written = file.append(JSON.stringify(record)).catch((error: unknown) => log.error({ err: error }, 'audit not written'));
    },
    close: () => written,
  };
}

export function toRecord(
  request: { readonly writer: Writer; readonly source: string; readonly operation: string },
  target: string,
  outcome: WriteOutcome,
  noted: readonly string[],
  ms: number,
): AuditRecord {
  const { writer, source, operation } = request;
  const codes = outcome.problems.flatMap((problem) => ('code' in problem ? [problem.code] : []));
  return {
    time: new Date().toISOString(),
    caller: { kind: writer.kind, name: writer.name },
    credential: writer.holder === null ? 'service' : 'own',
    source,
    operation,
    target,
    sent: outcome.sent,
    fields: outcome.fields.map(({ name, requested, before = null, after = null, verdict }) => ({
      name,
      requested,
      before,
      after,
      verdict,
    })),
    receipt: pick(outcome.receipt, noted),
    problems: outcome.problems.map(({ kind }) => kind),
    code: codes[0] ?? null,
    ms: Math.round(ms),
  };
}

export const pick = (receipt: Receipt, names: readonly string[]): Receipt =>
  Object.fromEntries(Object.entries(receipt).filter(([name]) => names.includes(name)));
