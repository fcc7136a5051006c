import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Json } from '../domain/facets.ts';
import { SourceError } from '../errors.ts';
import { createAudit, toAttempt, toRecord, type Writer } from './audit.ts';
import { createAuditFile } from './audit-file.ts';
import { carryOut } from './carrying-out.ts';
import type { Problem, Touched, WantedField, Write, WriteOutcome } from './change.ts';
import type { Seeable } from './conduct.ts';
import { deleted } from './deleting.ts';
import { describeFailure } from './failures.ts';
import { refuseSameFile } from './file-faults.ts';
import { fingerprint, hashParts } from './fingerprint.ts';
import { toRequested } from './judging.ts';
import { createLocks } from './locks.ts';
import { unsent } from './outcomes.ts';
import { findPlaceholders } from './placeholders.ts';
import { type Fault, InvalidInputError, notNoted, Refusal } from './refusals.ts';
import { createRememberer, type Steps } from './remembering.ts';
import type { AuditSettings, WriteSettings } from './settings.ts';
import { findUnsendable } from './unsendable.ts';

/** One write as a caller wants it. */
export interface WriteRequest {
  readonly writer: Writer;
  readonly source: string;
  readonly operation: string;
  /** What the caller sent: under one idempotency key it must always be the same. */
  readonly input: Json;
  readonly dryRun: boolean;
  readonly idempotencyKey: string | undefined;
  /** By `performance.now()`. What has not begun by then is not begun, and what has goes on to its end; absent: there is time. */
  readonly until?: number | undefined;
  /** Whether the caller may learn if a field is as they say; absent: of each. */
  mayCompare?(field: Seeable): boolean;
  /** Asks nothing yet. An `InvalidInputError` or a `Refusal` becomes problems of the outcome. */
  make(): Write;
}

/** A mutation of several writes under one idempotency key. */
export interface ClaimRequest {
  readonly writer: Pick<Writer, 'kind' | 'name'>;
  /** Whose own keys the sources are asked with, by source; those of the service are left out. */
  readonly holders: Readonly<Record<string, string>>;
  readonly operation: string;
  /** The whole of it, whatever each of the writes takes of that. */
  readonly input: Json;
  readonly idempotencyKey: string;
}

/** Carries out all writes of this process, so that those that touch one another can wait for one another. */
export interface WriteRunner {
  /** Rejects only when nothing was sent. */
  run(request: WriteRequest): Promise<WriteOutcome>;
  /** To be asked before the first write of several under one key. Why none may be sent, told of each one's source; null: they may. */
  claim(request: ClaimRequest): Promise<((source: string) => Problem) | null>;
  /** Logs what nobody foresaw, where it must not cost other writes their outcome. */
  readonly onBug?: (error: unknown) => void;
  /** Resolves when what is under way is done, and journal and audit are on the disk. */
  close(): Promise<void>;
}

export interface RunnerOptions {
  readonly log: Logger;
  readonly writes: WriteSettings;
  readonly audit: AuditSettings;
  /** Told of each write that was sent, whatever came of it: what is kept about these accounts is old now; null: about the source. */
  readonly onWritten?: (source: string, touched: Touched | null) => Promise<void>;
}

export function createWriteRunner({
  log,
  writes,
  audit: auditing,
  onWritten = async () => undefined,
}: RunnerOptions): WriteRunner {
  refuseSameFile([
    { setting: 'audit.file', path: auditing.file },
    { setting: 'writes.journal', path: writes.journal },
  ]);
  const audit = createAudit(log, auditing.file === undefined ? undefined : createAuditFile(auditing.file, auditing));
  const rememberer = createRememberer(writes, log);
  const locks = createLocks();
  const onBug = (error: unknown): void => log.error({ err: error }, 'unexpected error');
  const underway = new Set<Promise<unknown>>();

  async function perform(request: WriteRequest, write: Write, steps: Steps): Promise<WriteOutcome> {
    const started = performance.now();
    const { source, dryRun, idempotencyKey, mayCompare = () => true } = request;
    const lane = write.lane === undefined ? [] : [hashParts(source, 'lane', write.lane)];
    // Whoever is late already need not wait for others.
    const names = isLate(request) ? [] : [hashParts(source, 'target', write.target), ...lane];
    const named = { ...request, id: randomUUID(), target: write.target };
    let looked = steps.resumed;
    const beforeSending = async (): Promise<void> => {
      // The journal first: where that cannot be written, nothing is sent and nothing was attempted.
      await steps.beforeSending();
      await audit.begin(toAttempt(named, wantedOf(write)));
      looked = false;
    };
    const repeatKey = idempotencyKey === undefined ? undefined : repeatKeyOf(request, idempotencyKey);
    const wasSent = (): boolean => write.wasSent?.() ?? true;
    const status = (): number | null => write.status?.() ?? null;
    const outcome = await locks.hold(names, async () =>
      isLate(request)
        ? unsent(fieldsOf(write), [describeFailure(new SourceError('SOURCE_NOT_ASKED', source))])
        : carryOut(write, {
            source,
            dryRun,
            repeatKey,
            mayCompare,
            resumed: steps.resumed,
            beforeSending,
            wasSent,
            status,
            onBug,
          }),
    );
    if (outcome.sent) await onWritten(source, touchedBy(write, outcome));
    // What was to be sent again may have been held back.
    looked ||= steps.resumed && !wasSent();
    const told = { noted: notedOf(write), looked, status: status(), ms: Math.round(performance.now() - started) };
    // Before the caller is told: what they know of is on record, whatever becomes of the process.
    if (!dryRun) await audit.note(toRecord(named, outcome, told));
    return outcome;
  }

  async function performOnce(request: WriteRequest, write: Write, key: string): Promise<WriteOutcome> {
    const { writer, source, operation, input } = request;
    const identity = hashParts(writer.kind, writer.name ?? '', writer.holder ?? '', source, operation, key);
    const attempt = { identity, caller: callerOf(writer), source, operation, target: write.target, noted: notedOf(write) };
    const outcome = await rememberer.once({
      ...attempt,
      fingerprint: await fingerprint(input, identity),
      perform: (steps) => perform(request, write, steps),
    });
    return outcome === 'other input' ? unsent(write.sort === 'deletion' ? [] : write.fields, [otherInput]) : outcome;
  }

  async function run(request: WriteRequest): Promise<WriteOutcome> {
    const made = makeWrite(request);
    if (made.write === undefined) return unsent([], made.problems);
    const { dryRun, idempotencyKey } = request;
    if (dryRun || idempotencyKey === undefined) return perform(request, made.write, justOnce);
    return performOnce(request, made.write, idempotencyKey);
  }

  async function claim({ writer, holders, operation, input, idempotencyKey }: ClaimRequest) {
    const identity = hashParts(writer.kind, writer.name ?? '', JSON.stringify(holders), 'all of', operation, idempotencyKey);
    const caller = callerOf(writer);
    const claimed = { identity, caller, fingerprint: await fingerprint(input, identity), operation, target: 'several' };
    const said = await rememberer.claim(claimed);
    if (said === 'claimed') return null;
    return said === 'not noted' ? notNoted : () => otherInput;
  }

  return {
    claim,
    run: (request) => {
      const running = run(request);
      const ended: Promise<unknown> = running.catch(() => undefined).then(() => underway.delete(ended));
      underway.add(ended);
      return running;
    },
    onBug,
    close: async () => {
      while (underway.size > 0) await Promise.all(underway);
      await audit.close();
      await rememberer.close();
    },
  };
}

/** A creation touches what it made, too; as long as nobody knows what that is, it may be anything. */
function touchedBy({ sort, touches }: Write, { id }: WriteOutcome): Touched | null {
  if (touches === undefined || (sort === 'creation' && id === null)) return null;
  return id === null ? touches : [...touches, id];
}

/**
 * What a source that recognises repetitions is given. It knows nothing of our callers: two that ask it with one key, and hit upon
 * the same idempotencyKey, do not repeat one another. The key they ask with has no part in it, since that may be renewed meanwhile.
 */
const repeatKeyOf = ({ writer, source, operation }: WriteRequest, idempotencyKey: string): string =>
  hashParts(writer.kind, writer.name ?? '', source, operation, idempotencyKey);

/** Not by the keys they bring for a source: of those, one caller could bring any number. */
const callerOf = ({ kind, name }: Pick<Writer, 'kind' | 'name'>): string => hashParts(kind, name ?? '');

const justOnce: Steps = { resumed: false, beforeSending: async () => undefined };

function makeWrite({ input, make }: WriteRequest): { write: Write } | { write?: never; problems: readonly Problem[] } {
  const unsendable = findUnsendable(input);
  if (unsendable.length > 0) return { problems: unsendable.map(toProblem) };
  try {
    const write = make();
    const faults = findPlaceholders(write);
    return faults.length === 0 ? { write } : { problems: faults.map(toProblem) };
  } catch (error) {
    if (error instanceof InvalidInputError) return { problems: error.faults.map(toProblem) };
    if (error instanceof Refusal) return { problems: [error.problem] };
    throw error;
  }
}

const toProblem = ({ field, message }: Fault): Problem => ({ kind: 'INVALID', field, message });

const otherInput: Problem = {
  kind: 'CONFLICT',
  fields: [],
  message: 'This idempotencyKey was used for another input. Take a new one for each write that you mean.',
};

const isLate = ({ until = Number.POSITIVE_INFINITY }: WriteRequest): boolean => performance.now() >= until;

/** As the payload will call it. */
const wantedOf = (write: Write) => fieldsOf(write).map(toRequested);

const fieldsOf = (write: Write): readonly WantedField<unknown>[] => (write.sort === 'deletion' ? [deleted] : write.fields);

const notedOf = (write: Write): readonly string[] => (write.sort === 'action' ? (write.noted ?? []) : []);

/** Tells of each write that has ended, whatever came of it. */
export const tellingEnds = (writes: WriteRunner, ended: () => void): WriteRunner => ({
  ...writes,
  run: (request) => writes.run(request).finally(ended),
});
