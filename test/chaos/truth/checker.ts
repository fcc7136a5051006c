import { type Caller, markPattern } from '../load/callers.ts';
import type { Told } from '../load/client.ts';
import { fieldsOf, type Operation, sourceOfField, typeOf } from '../load/operations.ts';
import type { ShiftedClock } from '../weather/clock.ts';
import type { Health } from '../weather/health.ts';
import { accountsIn, type Freshness, idAt, isToldOf, type Path, type ShownAccount } from './answers.ts';
import type { Floors } from './floors.ts';
import type { History } from './history.ts';
import { isFixedError, passing, refusals, type ToldError } from './rules.ts';
import { type SourceId, type Subject, sourceIds } from './subjects.ts';

export interface Checker {
  /** Notes what is refused to this caller, all being well. */
  learn(caller: Caller, operation: Operation, told: Told): void;
  check(caller: Caller, operation: Operation, told: Told): void;
  /** What was wrong, the first few of it; empty when nothing was. */
  readonly faults: readonly string[];
  fault(sentence: string): void;
  /** How many answers, values of accounts and errors were looked at, and from where values came. */
  readonly counts: Readonly<Record<string, number>>;
}

interface Parts {
  readonly history: History;
  readonly health: Health;
  readonly clock: ShiftedClock;
  readonly floors: Floors;
  readonly subjects: readonly Subject[];
  /** Whether its source has been asked for this account as often as it allows. */
  readonly isSpent: (id: string, at: number) => boolean;
}

/** Between a moment and its being written down. */
const grainMs = 10;
/** No answer takes longer, so one that was shared began no earlier. */
const longestMs = 9_000;
/** The longest that anything that is asked for here is fresh, or is shown for want of better. Seconds. */
const longestFresh = 60;
const longestStale = 3_660;

export function createChecker({ history, health, clock, floors, subjects, isSpent }: Parts): Checker {
  const faults: string[] = [];
  const refused = new Set<string>();
  const known = new Set(subjects.map(({ id }) => id));
  const counts: Record<string, number> = { answers: 0, values: 0, errors: 0, refusals: 0, marks: 0, stale: 0 };
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const fault = (sentence: string): void => void (faults.length < 30 && faults.push(sentence));

  const refusalKey = (caller: Caller, code: string, id: string, field: string): string =>
    code === 'FORBIDDEN' ? `${caller.name} ${field}` : `${caller.name} ${id} ${field}`;

  function read(told: Told): { data: unknown; errors: readonly ToldError[] } | undefined {
    const about = `${told.status} ${told.contentType} ${told.text.slice(0, 300)}`;
    if (told.status !== 200 || !told.contentType.startsWith('application/json')) return void fault(`not an answer: ${about}`);
    const body: { data?: unknown; errors?: readonly unknown[] } = JSON.parse(told.text);
    const { data, errors = [], ...more } = body;
    if (Object.keys(more).length > 0 || (data == null && errors.length === 0)) return void fault(`not well formed: ${about}`);
    if (!errors.every(isFixedError)) return void fault(`an error that is not ours: ${about}`);
    return { data, errors };
  }

  function learn(caller: Caller, { variables, query }: Operation, told: Told): void {
    const answer = read(told);
    for (const { path = [], extensions } of answer?.errors ?? []) {
      const code = String(extensions.code);
      if (!refusals.has(code)) fault(`${caller.name} was told ${code} before anything was wrong: ${query}`);
      refused.add(refusalKey(caller, code, idAt(answer?.data, path, variables), String(path.at(-1))));
    }
  }

  function check(caller: Caller, operation: Operation, told: Told): void {
    const answer = read(told);
    if (answer === undefined) return;
    count('answers');
    const { data, errors } = answer;
    for (const mark of told.text.match(markPattern) ?? []) {
      count('marks');
      if (!caller.mayHold(mark))
        fault(`${caller.name} was shown ${mark}: ${operation.query} ${JSON.stringify(operation.variables)}`);
    }
    for (const error of errors) checkError(caller, operation, told, data, error);
    const paths = errors.map(({ path = [] }) => path);
    const accounts = accountsIn(data);
    for (const { account, path } of accounts) checkAccount(caller, operation, told, account, path, paths);
    const shown = new Set(accounts.map(({ account }) => account.id));
    for (const id of operation.expected) {
      const isSaid = errors.some(({ extensions }) => extensions.source === id.split(':')[0]);
      if (!shown.has(id) && !isSaid) fault(`${id} is missing, and nothing says why: ${told.text.slice(0, 500)}`);
    }
  }

  function checkError(caller: Caller, operation: Operation, told: Told, data: unknown, error: ToldError): void {
    const { path = [], extensions } = error;
    const code = String(extensions.code);
    const source = sourceIds.find((each) => each === extensions.source);
    const id = idAt(data, path, operation.variables);
    const about = `${caller.name} ${JSON.stringify(error)} ${operation.query} ${JSON.stringify(operation.variables)}`;
    const branch = branchOf(path) ?? operation.source ?? sourceIds.find((each) => id.startsWith(`${each}:`));
    if (source === undefined || branch !== source) {
      fault(`an error on a branch that is not its source’s: ${about}`);
      return;
    }
    if (refusals.has(code)) {
      count('refusals');
      if (!refused.has(refusalKey(caller, code, id, String(path.at(-1))))) fault(`refused what is not refused usually: ${about}`);
      return;
    }
    count('errors');
    count(code);
    if (!passing.has(code)) fault(`an error that no fault explains: ${about}`);
    if (!health.wasIll(source, told.sent, told.received) && !isSpent(id, told.received))
      fault(`an error of a source that is well: ${about}`);
  }

  function checkAccount(
    caller: Caller,
    operation: Operation,
    told: Told,
    account: ShownAccount,
    path: Path,
    errors: readonly Path[],
  ): void {
    const { id, freshness } = account;
    const { maxAge, query } = operation;
    const source = sourceIds.find((each) => id.startsWith(`${each}:`));
    if (source === undefined || account.__typename !== typeOf[source]) {
      fault(`${account.__typename} with the id ${id}`);
      return;
    }
    const span = freshness === null ? undefined : spanOf(id, freshness, told, maxAge, query);
    if (freshness === null && !isToldOf([...path, 'freshness'], errors)) fault(`no freshness of ${id}, and nothing says why`);
    for (const field of fieldsOf[source]) {
      const value = account[field];
      if (value === null) {
        // Of others nobody knows here whether they have such a thing.
        if (known.has(id) && !isToldOf([...path, field], errors)) {
          fault(`no ${field} of ${id} for ${caller.name}, and nothing says why: ${query}`);
        }
      } else if (known.has(id)) {
        checkValue(caller, operation, id, field, value, told, span);
      }
    }
  }

  function checkValue(
    caller: Caller,
    operation: Operation,
    id: string,
    field: string,
    value: unknown,
    told: Told,
    span: Span | undefined,
  ): void {
    count('values');
    if (refused.has(`${caller.name} ${id} ${field}`) || refused.has(`${caller.name} ${field}`)) {
      fault(`${caller.name} was shown the ${field} of ${id}, which is refused usually`);
    }
    // Without its age it may be any that ever was, though nobody else's.
    const from = span === undefined ? 0 : Math.max(span.from, floors.of(id, field, told.sent));
    if (history.held(id, field, value, from, told.received)) return;
    const about = `between ${from - told.received} ms and now: ${caller.name} ${operation.query.slice(0, 60)} ${JSON.stringify(span)}`;
    const truth = history.told(id, field, from, told.received).slice(0, 400);
    fault(`${field} of ${id} was said to be ${String(value)} ${about}, but was ${truth}`);
  }

  function spanOf(id: string, freshness: Freshness, told: Told, maxAge: number | undefined, query: string): Span | undefined {
    const { fetchedAt, age, stale, servedFrom, sourceLag } = freshness;
    count(servedFrom);
    if (stale) count('stale');
    const real = clock.realOf(Date.parse(fetchedAt));
    const about = `${id} ${JSON.stringify(freshness)} ${query}`;
    if (real === undefined) return void fault(`a time that never was: ${about}`);
    if (real > told.received + grainMs) fault(`read later than answered: ${about}`);
    if (!clock.movedWithin(told.sent - longestMs, told.received)) {
      if (age < 0 || age > (stale ? longestStale : longestFresh + 1)) fault(`older than anything is shown: ${about}`);
      if (maxAge === 0 && servedFrom !== 'SOURCE') fault(`kept, though all was to be read anew: ${about}`);
      if (maxAge !== undefined && real < told.sent - 1_000 * maxAge - longestMs) fault(`older than it was asked to be: ${about}`);
    }
    return { from: real - 1_000 * sourceLag - grainMs, freshness };
  }

  return { learn, check, faults, fault, counts };
}

interface Span {
  readonly from: number;
  readonly freshness: Freshness;
}

const branchOf = (path: Path): SourceId | undefined => {
  const step = path.find((each) => Object.hasOwn(sourceOfField, String(each)));
  return step === undefined ? undefined : sourceOfField[String(step)];
};
