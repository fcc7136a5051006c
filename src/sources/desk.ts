import { usualAges } from '../cache/ages.ts';
import { emptyShelf, type Shelf } from '../cache/shelf.ts';
import type { FacetName } from '../domain/facets.ts';
import { type Ageing, createAgeing } from './ageing.ts';
import { type AskingAgain, createAskingAgain } from './asking-again.ts';
import { type Choosing, createChoosing } from './choosing.ts';
import type { KeptPage, ListedAccount, SourceSession } from './contract.ts';
import { createKnowledge, facetsIn, type Knowledge } from './knowledge.ts';
import { createLasting, type Lasting } from './lasting.ts';
import { asTheyAre, type Company, inCompany, type ReadRunner } from './observing.ts';
import type { Need } from './planning.ts';
import { createReadings, type Readings, withoutErrors } from './readings.ts';
import { createRecall, type Recall } from './recalling.ts';
import { createSharedReads, type SharedReads } from './shared-reads.ts';

/** What outlives an operation, as far as this one may use it. */
export interface Remembered {
  readonly shelf: Shelf;
  /** Has these read anew, behind the back of whoever asked; `listed`: those of them that stand on kept pages. */
  refresh(needs: readonly Need[], listed: readonly ListedAccount[]): void;
  /** Absent: the session stands by itself, and nothing is learned from what it asks. */
  readonly company?: Company;
}

/** For a session that stands by itself. */
export const nothingRemembered: Remembered = { shelf: emptyShelf(usualAges), refresh: () => undefined };

/**
 * All that one operation works with at one source. An operation of one read leaves most of it alone, so what has no part in such a one
 * is made by the function of its name for the first who wants it.
 */
export interface Desk {
  readonly source: string;
  readonly remembered: Remembered;
  readonly runner: ReadRunner;
  readonly knowledge: Knowledge;
  readonly recall: Recall;
  readonly readings: Readings;
  readonly lasting: Lasting;
  /** As soon as a kept page is shown, with a read that asks for it again. */
  readonly at: { session: SourceSession };
  /** By account, all that was asked of it. What has ended long since need not be waited for, and is not worth taking out. */
  readonly asked: Map<string, Promise<unknown>[]>;
  again: AskingAgain | undefined;
  shared: SharedReads | undefined;
  ageing: Ageing | undefined;
  choosing: Choosing | undefined;
}

export function openDesk(session: SourceSession, source: string, remembered: Remembered): Desk {
  const { shelf, company } = remembered;
  const at = { session };
  const knowledge = createKnowledge();
  const runner = company === undefined ? asTheyAre : inCompany(session, source, company);
  return {
    source,
    remembered,
    runner,
    knowledge,
    recall: createRecall(session, shelf, knowledge),
    readings: createReadings(at, runner, knowledge, shelf),
    lasting: createLasting(session, shelf, knowledge),
    at,
    asked: new Map(),
    again: undefined,
    shared: undefined,
    ageing: undefined,
    choosing: undefined,
  };
}

export function sharedOf(desk: Desk): SharedReads {
  desk.shared ??= createSharedReads(desk.at.session, desk.runner, desk.remembered.shelf);
  return desk.shared;
}

export function ageingOf(desk: Desk): Ageing {
  const { at, remembered, knowledge, asked } = desk;
  desk.ageing ??= createAgeing(at.session, remembered.shelf, knowledge, sharedOf(desk), asked);
  return desk.ageing;
}

export function choosingOf(desk: Desk): Choosing {
  if (desk.choosing !== undefined) return desk.choosing;
  const { readings, at, runner, remembered } = desk;
  const standing = {
    known: (id: string) => known(desk, id),
    hasMissed: (sweep: string, id: string) =>
      readings.of(id).some(({ read, state }) => read.name === sweep && state.is === 'missed'),
    hasShared: (name: string) => sharedOf(desk).started(name),
  };
  desk.choosing = createChoosing(at, runner, standing, remembered.company);
  return desk.choosing;
}

/** Takes note of a row of a kept page, which can be asked for again from now on. */
export function noteKept(desk: Desk, account: ListedAccount, page: KeptPage): void {
  const { at, recall } = desk;
  desk.again ??= createAskingAgain(at.session, recall.newer);
  at.session = desk.again.session;
  desk.again.note(account, page);
  recall.note(account, page);
}

/**
 * Whether a row tells of the account as it may have been before a write, and something else tells better: a read of the account alone
 * that somebody has asked for, or what is in memory since. Where there is neither, the row is shown: to ask for each of many singly
 * would cost more than the list was weighed with.
 */
export function isOutdone(desk: Desk, { id, record, fetchedAt, provenance, keptOn }: ListedAccount): boolean {
  const { asked, knowledge, recall, remembered } = desk;
  const { lag } = keptOn ?? provenance ?? { lag: 0 };
  const readAt = keptOn?.readAt ?? fetchedAt?.getTime() ?? 0;
  if (!remembered.shelf.isBehindWrite(id, { readAt, lag })) return false;
  if (asked.has(id) || knowledge.about(id) !== undefined) return true;
  return facetsIn(withoutErrors(record)).every((facet) => recall.fresh({ id, facet }));
}

export const isUnknown = ({ knowledge, readings }: Desk, id: string): boolean =>
  knowledge.about(id) === undefined && readings.of(id).length === 0;

/** What need not be asked for: it has been told, or a read that was to tell it has been made, whatever came of it. */
function known({ knowledge, readings, at }: Desk, id: string): ReadonlySet<FacetName> {
  const told = knowledge.about(id);
  if (told === null) return everyFacetOf(at.session);
  const asked = readings.of(id).filter(({ state }) => state.is !== 'missed');
  return new Set([...facetsIn(told ?? {}), ...knowledge.lacking(id), ...asked.flatMap(({ read }) => read.brings)]);
}

const everyFacetOf = ({ reads, derivations }: SourceSession): ReadonlySet<FacetName> =>
  new Set([...reads.flatMap((read) => read.brings), ...derivations.map(({ facet }) => facet)]);
