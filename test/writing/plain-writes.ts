import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { JsonObject } from '../../src/domain/facets.ts';
import type { FieldValue } from '../../src/domain/writes.ts';
import type { Action, Change, Creation, Deletion, WantedField, Write } from '../../src/writing/change.ts';
import { createWriteRunner, type RunnerOptions, type WriteRequest, type WriteRunner } from '../../src/writing/running.ts';
import { AuditSettings, WriteSettings } from '../../src/writing/settings.ts';

/** A source in memory: things by id, and what was sent to it. */
export interface Store {
  readonly things: Map<string, Record<string, FieldValue>>;
  readonly sent: string[];
}

export const createStore = (things: Record<string, Record<string, FieldValue>> = { one: { name: 'Ada', level: 1 } }): Store => ({
  things: new Map(Object.entries(things).map(([id, thing]) => [id, { ...thing }])),
  sent: [],
});

/** A field that is read as it is called. */
export function field(name: string, wanted: FieldValue, more: Partial<WantedField<unknown>> = {}): WantedField<unknown> {
  // A thing of the store; a password is not kept where it can be read.
  return { name, wanted, current: (state) => (state as Record<string, FieldValue>)[name], ...more };
}

export const hidden = (name: string, wanted: FieldValue): WantedField<unknown> =>
  field(name, wanted, { secret: true, current: () => undefined });

export function changeOf(
  store: Store,
  fields: readonly WantedField<unknown>[],
  more: Partial<Change<unknown>> & { readonly id?: string } = {},
): Change<unknown> {
  const { id = 'one', ...others } = more;
  return {
    sort: 'change',
    operation: 'change',
    target: id,
    fields,
    read: async () => {
      const thing = store.things.get(id);
      return thing === undefined ? null : { ...thing };
    },
    send: async (changing) => {
      store.sent.push(changing.map(({ name }) => name).join('+'));
      const thing = store.things.get(id);
      for (const each of changing) if (thing !== undefined && each.secret !== true) thing[each.name] = each.wanted;
    },
    ...others,
  };
}

export function creationOf(store: Store, fields: readonly WantedField<unknown>[], more: Partial<Creation> = {}): Creation {
  const name = fields.find((each) => each.name === 'name')?.wanted ?? null;
  const made = (): JsonObject =>
    Object.fromEntries(fields.filter(({ secret }) => secret !== true).map((each) => [each.name, each.wanted]));
  return {
    sort: 'creation',
    operation: 'create',
    target: `thing ${name}`,
    fields,
    find: async () => [...store.things].find(([, thing]) => thing.name === name)?.[0] ?? null,
    send: async () => {
      store.sent.push('create');
      store.things.set('new', { ...made() });
      return 'new';
    },
    read: async (id) => store.things.get(id) ?? null,
    ...more,
  };
}

export function deletionOf(store: Store, more: Partial<Deletion> & { readonly id?: string } = {}): Deletion {
  const { id = 'one', ...others } = more;
  return {
    sort: 'deletion',
    operation: 'delete',
    target: id,
    exists: async () => store.things.has(id),
    send: async () => {
      store.sent.push('delete');
      store.things.delete(id);
    },
    ...others,
  };
}

export function actionOf(store: Store, more: Partial<Action> & Pick<Write, 'wasSent'> = {}): Action & Pick<Write, 'wasSent'> {
  return {
    sort: 'action',
    operation: 'act',
    target: 'one',
    fields: [field('amount', 5, { current: () => undefined })],
    repeatable: false,
    foresee: async () => [],
    send: async () => {
      store.sent.push('act');
      return { receipt: 'R1', amount: 5 };
    },
    ...more,
  };
}

export interface Running extends AsyncDisposable {
  readonly runner: WriteRunner;
  readonly logged: readonly string[];
  readonly folder: string;
  run(write: Write | (() => Write), more?: Partial<WriteRequest>): ReturnType<WriteRunner['run']>;
}

export interface RunningOptions {
  readonly writes?: Record<string, unknown>;
  readonly audit?: Record<string, unknown>;
  readonly onWritten?: RunnerOptions['onWritten'];
  /** Of an earlier runner, whose journal goes on. */
  readonly folder?: string;
}

/** A runner with its journal and audit in a folder of its own. */
export async function startRunner({ writes = {}, audit = {}, onWritten, folder }: RunningOptions = {}): Promise<Running> {
  const place = folder ?? (await mkdtemp(join(tmpdir(), 'rollcall-writes-')));
  const logged: string[] = [];
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) });
  const runner = createWriteRunner({
    log,
    writes: WriteSettings.parse({ journal: join(place, 'journal'), ...writes }),
    audit: AuditSettings.parse({ file: join(place, 'audit'), ...audit }),
    ...(onWritten === undefined ? {} : { onWritten }),
  });
  return {
    runner,
    logged,
    folder: place,
    run: (write, more = {}) =>
      runner.run({
        writer: { kind: 'KEY', name: 'a bot', holder: null },
        source: 'things',
        operation: typeof write === 'function' ? 'write' : write.operation,
        input: {},
        dryRun: false,
        idempotencyKey: undefined,
        make: () => (typeof write === 'function' ? write() : write),
        ...more,
      }),
    [Symbol.asyncDispose]: async () => {
      await runner.close();
      if (folder === undefined) await rm(place, { recursive: true });
    },
  };
}

/** Verdicts by field, and the kinds of problems. */
export const told = (outcome: Awaited<ReturnType<WriteRunner['run']>>) => ({
  sent: outcome.sent,
  verdicts: Object.fromEntries(outcome.fields.map(({ name, verdict }) => [name, verdict])),
  problems: outcome.problems.map(({ kind }) => kind),
});
