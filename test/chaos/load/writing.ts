import type { Checker } from '../truth/checker.ts';
import type { Floors } from '../truth/floors.ts';
import type { History } from '../truth/history.ts';
import { chatName, panelName, type SourceId, type Subject } from '../truth/subjects.ts';
import type { Health } from '../weather/health.ts';
import type { Caller } from './callers.ts';
import type { Client } from './client.ts';

interface Means {
  readonly client: Client;
  readonly operator: Caller;
  readonly history: History;
  readonly floors: Floors;
  readonly health: Health;
  readonly checker: Checker;
}

/** A change through Rollcall, after which its answer is held against the truth. */
export interface Writer {
  write(subject: Subject): Promise<void>;
  /** What became of them, by verdict. */
  readonly counts: Readonly<Record<string, number>>;
}

const answered = '{ fields { name verdict } errors { __typename } }';

const mutations: Readonly<
  Record<SourceId, { field: string; document: string; wordFor: (native: string, version: number) => string }>
> = {
  horde: {
    field: 'adminComment',
    document: `mutation Comment($id: ID!, $value: String!) { done: updateHordeUser(input: { id: $id, adminComment: $value }) ${answered} }`,
    wordFor: (native, version) => `canary-comment-${native}.v${version}`,
  },
  mcsmanager: {
    field: 'username',
    document: `mutation Rename($id: ID!, $value: String!) { done: updateMcsManagerUser(input: { id: $id, userName: $value }) ${answered} }`,
    wordFor: panelName,
  },
  webui: {
    field: 'name',
    document: `mutation Rename($id: ID!, $value: String!) { done: updateOpenWebUIUser(input: { id: $id, name: $value }) ${answered} }`,
    wordFor: chatName,
  },
};

/** What a write may say of why it is not known to have been done, while its source is ill. */
const excuses: ReadonlySet<string> = new Set(['SourceFailed', 'UnknownOutcome', 'PartlyApplied']);

export function createWriter({ client, operator, history, floors, health, checker }: Means): Writer {
  const counts: Record<string, number> = {};
  // Higher than any that the test itself gives out.
  let version = 1_000_000;

  async function write({ source, id, native }: Subject): Promise<void> {
    version += 1;
    const { field, document, wordFor } = mutations[source];
    const value = wordFor(native, version);
    const told = await client.ask(operator, document, { id, value });
    const about = `a write of ${field} of ${id}: ${told.status} ${told.text.slice(0, 400)}`;
    const body: Answer = JSON.parse(told.text);
    const { done } = body.data ?? {};
    const isIll = health.wasIll(source, told.sent, told.received);
    const [outcome] = done?.fields ?? [];
    const verdict = outcome?.verdict ?? 'none';
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    if (told.status !== 200 || ((body.errors !== undefined || done == null) && !isIll)) return checker.fault(about);
    if ((done?.errors ?? []).some(({ __typename }) => !isIll || !excuses.has(__typename)))
      checker.fault(`an error without a cause: ${about}`);
    if (history.times(id, field, value) > 1) checker.fault(`done twice: ${about}`);
    if (verdict !== 'APPLIED') {
      if (!isIll) checker.fault(`not applied: ${about}`);
      if (verdict === 'NOT_SENT' && history.times(id, field, value) > 0) checker.fault(`said not to be sent, and done: ${about}`);
      return;
    }
    const setAt = history.since(id, field, value);
    if (setAt === undefined) return checker.fault(`said to be applied, and never was: ${about}`);
    floors.written(id, field, setAt, told.received);
  }

  return { write, counts };
}

interface Answer {
  readonly data?: {
    readonly done?: {
      readonly fields: readonly { readonly name: string; readonly verdict: string }[];
      readonly errors: readonly { readonly __typename: string }[];
    } | null;
  } | null;
  readonly errors?: readonly unknown[];
}
