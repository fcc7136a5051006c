import type { Logger } from 'pino';
import { maskAddresses } from './address-mask.ts';
import { createAttemptsMemory, type RememberedAttempt } from './attempts-memory.ts';
import { pick } from './audit.ts';
import type { WriteOutcome } from './change.ts';
import { type JournalEntry, openJournal } from './journal.ts';
import { notNoted, Refusal } from './refusals.ts';
import type { WriteSettings } from './settings.ts';
import { isUnseen, settle, unlessUnseen } from './settling.ts';

/** One write under an idempotency key. */
export interface KeyedAttempt {
  readonly identity: string;
  /** Whose it is: each has a fair share of what is remembered. */
  readonly caller: string;
  readonly fingerprint: string;
  readonly source: string;
  readonly operation: string;
  readonly target: string;
  /** Entries of the receipt that may go to the disk. */
  readonly noted: readonly string[];
  perform(steps: Steps): Promise<WriteOutcome>;
}

export interface Steps {
  /** An earlier process may have sent it. */
  readonly resumed: boolean;
  /** To be awaited before anything is sent. Throws a `Refusal` where the attempt cannot be noted. */
  beforeSending(): Promise<void>;
}

export type OtherInput = 'other input';

/** What a key stands for where it covers several attempts, each with a key of its own. */
export type Claim = Pick<KeyedAttempt, 'identity' | 'caller' | 'fingerprint' | 'operation' | 'target'>;

/** Sees to it that one key stands for one attempt, in this process and, with a journal, after it. */
export interface Rememberer {
  /** The first attempt under this identity, or what came of it. */
  once(attempt: KeyedAttempt): Promise<WriteOutcome | OtherInput>;
  /** Takes the identity for this input, on the disk too, before any of its attempts. */
  claim(claim: Claim): Promise<'claimed' | OtherInput | 'not noted'>;
  close(): Promise<void>;
}

export function createRememberer({ journal: path, rememberHours, rememberAtMost }: WriteSettings, log: Logger): Rememberer {
  const forMs = rememberHours * 3_600_000;
  const journal = path === undefined ? undefined : openJournal(path, Date.now() - forMs);
  const memory = createAttemptsMemory({ forMs, atMost: rememberAtMost });
  for (const entry of journal?.entries ?? [])
    if (entry.outcome === undefined || wasSent(entry.outcome)) memory.set(entry.identity, recall(entry));

  async function attemptOnce(attempt: KeyedAttempt, known: RememberedAttempt | undefined): Promise<WriteOutcome> {
    const { identity, caller, fingerprint, source, operation, target, noted } = attempt;
    const entry: JournalEntry = { identity, caller, fingerprint, at: known?.at ?? Date.now(), operation, target };
    const resumed = known !== undefined;
    let isBegun = false;
    const beforeSending = async (): Promise<void> => {
      if (!(await isNoted(entry))) throw new Refusal(notNoted(source));
      isBegun = true;
    };
    const looking = attempt.perform({ resumed, beforeSending });
    const outcome = known === undefined ? looking : looking.then((seen) => settleKnown(known, seen));
    // Set before anything is awaited: whoever comes now waits for this one.
    memory.set(identity, { caller, fingerprint, at: entry.at, outcome }, true);
    const asBefore = (): void => (known === undefined ? memory.delete(identity) : memory.set(identity, known));
    try {
      const settled = await outcome;
      if (!wasSent(settled) || isUnseen(await looking)) {
        asBefore();
        // What was noted as about to be sent was not: a later process must not take it for sent either.
        if (isBegun && !resumed) await journal?.note({ ...entry, outcome: toNoted(settled, noted) }).catch(complain);
        return settled;
      }
      memory.set(identity, recall({ ...entry, outcome: withoutWaits(settled) }));
      await journal?.note({ ...entry, outcome: toNoted(settled, noted) }).catch(complain);
      return settled;
    } catch (error) {
      asBefore();
      throw error;
    }
  }

  async function isNoted(entry: JournalEntry): Promise<boolean> {
    try {
      await journal?.note(entry);
      return true;
    } catch (error) {
      log.error({ err: error, journal: path }, 'attempt not noted in the journal, so nothing was sent');
      return false;
    }
  }

  const complain = (error: unknown): void => log.error({ err: error, journal: path }, 'outcome not noted in the journal');

  return {
    once: async (attempt) => {
      const known = memory.get(attempt.identity);
      if (known !== undefined && known.fingerprint !== attempt.fingerprint) return 'other input';
      return known?.outcome ?? attemptOnce(attempt, known);
    },
    claim: async ({ identity, caller, fingerprint, operation, target }) => {
      const known = memory.get(identity);
      if (known !== undefined) return known.fingerprint === fingerprint ? 'claimed' : 'other input';
      const entry: JournalEntry = { identity, caller, fingerprint, at: Date.now(), operation, target };
      // Set before anything is awaited: who comes now with another input is refused.
      memory.set(identity, { caller, fingerprint, at: entry.at, outcome: null });
      if (await isNoted(entry)) return 'claimed';
      memory.delete(identity);
      return 'not noted';
    },
    close: async () => journal?.close(),
  };
}

/** The outcome for whoever is told of it later: how long to wait was said of the moment of the attempt. */
const withoutWaits = (outcome: WriteOutcome): WriteOutcome => ({
  ...outcome,
  problems: outcome.problems.map((problem) =>
    problem.kind === 'SOURCE_FAILED' ? { ...problem, retryAfter: undefined } : problem,
  ),
});

/** The outcome as it may stand on the disk. */
const toNoted = (outcome: WriteOutcome, noted: readonly string[]): WriteOutcome => ({
  ...withoutWaits(outcome),
  fields: outcome.fields.map(({ requested, before, after, ...field }) => ({
    ...field,
    requested: maskAddresses(requested),
    before: before === undefined ? undefined : maskAddresses(before),
    after: after === undefined ? undefined : maskAddresses(after),
  })),
  receipt: pick(outcome.receipt, noted),
});

function recall({ caller, fingerprint, at, outcome }: JournalEntry): RememberedAttempt {
  const attempt = { caller, fingerprint, at };
  if (outcome === undefined) return { ...attempt, outcome: null };
  return leavesOpen(outcome) ? { ...attempt, outcome: null, former: outcome } : { ...attempt, outcome: Promise.resolve(outcome) };
}

const settleKnown = ({ former }: RememberedAttempt, seen: WriteOutcome): WriteOutcome =>
  former === undefined ? unlessUnseen(seen) : settle(former, seen);

/** What was refused before anything was sent may be tried again under its key. */
const wasSent = ({ sent, problems }: WriteOutcome): boolean => sent || problems.length === 0;

/** Whoever comes again under the key makes us look again; nothing that could count twice is sent by that. */
const leavesOpen = ({ problems }: WriteOutcome): boolean => problems.some(({ kind }) => kind === 'UNKNOWN_OUTCOME');
