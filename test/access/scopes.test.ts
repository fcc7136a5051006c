import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../app/rollcall.ts';
import { type Guarded, type ReadScope, startGuarded } from './scopes-callers.ts';
import { operationFor, type Route, routesOf, type Step, valuesAt } from './scopes-routes.ts';

const narrowed = ['read', 'read:private@webui', 'read:privileged@webui'];

let guarded: Guarded;
let routes: Route[];
/** Those to fields that have a scope. */
let scoped: Route[];

beforeAll(async () => {
  guarded = await startGuarded([narrowed]);
  routes = routesOf(guarded.rollcall.app.schema);
  scoped = routes.filter(({ steps }) => steps.at(-1)?.scope !== undefined);
});

afterAll(() => guarded[Symbol.asyncDispose]());

const strict = (route: Route): boolean => route.steps.at(-1)?.scope !== 'read';

/** The first field on the way that a caller may not have. */
const refusedAt = ({ steps }: Route, held: readonly string[]): number =>
  steps.findIndex(({ scope }) => scope !== undefined && !held.includes(scope));

const needed = ({ steps }: Route): ReadScope[] =>
  // The fields of queries need scopes of reading only; another test sees to it.
  (['read', 'read:private', 'read:privileged'] as const).filter((scope) => steps.some((step) => step.scope === scope));

const names = (steps: readonly Step[]): string[] => steps.map(({ name }) => name);

const withoutIndexes = (path: readonly (string | number)[] = []): string[] =>
  path.filter((part): part is string => typeof part === 'string');

const codes = ({ errors = [] }: Answer<unknown>): unknown[] => errors.map(({ extensions }) => extensions.code);

/** Asks for everybody in turn until the field stood somewhere, whatever it held. */
async function reach(route: Route, scopes: readonly string[], text = operationFor(route)) {
  const asked = text.includes('$id') ? guarded.variables : guarded.variables.slice(0, 1);
  const answers: Answer<Record<string, unknown>>[] = [];
  for (const variables of asked) {
    const answer = await guarded.ask(scopes, text, variables);
    expect(answer.status, text).toBe(200);
    answers.push(answer);
    const above = valuesAt(answer.data, route.steps.slice(0, -1));
    if (answer.errors === undefined && above.some((value) => value !== null)) return { answers, variables };
  }
  return { answers, variables: undefined };
}

test('every field that has a scope is reached, and with exactly the scopes on its way nothing is wrong with it', async () => {
  const faults: string[] = [];
  let filled = 0;

  for (const route of scoped) {
    const { answers, variables } = await reach(route, needed(route));
    if (answers.some((answer) => codes(answer).includes('FORBIDDEN'))) faults.push(`${route.field} is refused`);
    if (variables === undefined) faults.push(`${route.field} is not reached by ${operationFor(route)}`);
    const values = answers.flatMap(({ data }) => valuesAt(data, route.steps));
    if (values.some((value) => value !== null && value !== undefined)) filled += 1;
  }

  expect(faults).toEqual([]);
  expect(scoped.filter(strict).length).toBeGreaterThanOrEqual(50);
  // Some hold nothing with anybody: deprecated ones, comments nobody wrote.
  expect(filled).toBeGreaterThan(scoped.length * 0.9);
}, 120_000);

test('with read alone every private and privileged field is null and FORBIDDEN, and no request is made for it', async () => {
  for (const route of scoped.filter(strict)) {
    const { variables } = await reach(route, needed(route));
    const at = refusedAt(route, ['read']);
    const refused = route.steps.slice(0, at + 1);
    guarded.requests();

    const answer = await guarded.rollcall.askText(operationFor(route), variables);
    const made = guarded.requests().map(({ line }) => line);
    const without = await guarded.rollcall.askText(operationFor(route, at), variables);
    const madeWithout = guarded.requests().map(({ line }) => line);

    expect(valuesAt(answer.data, refused).length, route.field).toBeGreaterThan(0);
    expect(new Set(valuesAt(answer.data, refused)), route.field).toEqual(new Set([null]));
    expect(codes(answer), route.field).toEqual(valuesAt(answer.data, refused).map(() => 'FORBIDDEN'));
    for (const error of answer.errors ?? []) {
      expect(withoutIndexes(error.path), route.field).toEqual(names(refused));
      expect(error.extensions.scope, route.field).toBe(refused.at(-1)?.scope);
    }
    expect(without.errors, route.field).toBeUndefined();
    expect(made.toSorted(), route.field).toEqual(madeWithout.toSorted());
  }
}, 120_000);

test('no scope stands for another: without the one that a field names it is refused, whatever else is held', async () => {
  const all = ['read', 'read:private', 'read:privileged'] as const;

  // A search tells in its answer which sources refused; the next test looks at that.
  for (const route of scoped.filter(({ field }) => field !== 'Query.searchUsers')) {
    const own = route.steps.at(-1)?.scope;
    const others = all.filter((scope) => scope !== own);
    const { variables } = await reach(route, needed(route));

    const answer = await guarded.ask(others, operationFor(route), variables);

    const field = names(route.steps).join('.');
    const refused = (answer.errors ?? []).filter(({ extensions }) => extensions.code === 'FORBIDDEN');
    expect(refused.length, route.field).toBeGreaterThan(0);
    expect(refused.length, route.field).toBe(answer.errors?.length);
    for (const { path, extensions } of refused) {
      expect(field.startsWith(withoutIndexes(path).join('.')), route.field).toBe(true);
      expect(extensions.scope, route.field).toBe(own);
    }
    expect(valuesAt(answer.data, route.steps).filter((value) => value != null)).toEqual([]);
  }
}, 120_000);

test('a search without read says of every source that it is refused, and asks none', async () => {
  const query =
    '{ searchUsers(query: "ada", sources: ["horde", "mcsmanager", "webui"]) { users { id } sources { outcome code message } } }';
  guarded.requests();

  const { data, errors } = await guarded.ask(['read:private', 'read:privileged'], query);

  const refused = ['horde', 'mcsmanager', 'webui'].map((source) => ({
    outcome: 'FORBIDDEN',
    code: 'FORBIDDEN',
    message: `This needs the scope read on ${source}.`,
  }));
  expect(errors).toBeUndefined();
  expect(data).toEqual({ searchUsers: { users: [], sources: refused } });
  expect(guarded.requests()).toEqual([]);
});

test('a scope on one source shows what is there and nothing of the others', async () => {
  const seen = { shown: 0, refused: 0 };

  for (const route of scoped.filter(strict)) {
    const { variables } = await reach(route, needed(route));
    const withRead = await guarded.rollcall.askText(operationFor(route), variables);
    const source = withRead.errors?.[0]?.extensions.source;

    const answer = await guarded.ask(narrowed, operationFor(route), variables);

    if (source === 'webui') expect(answer.errors, route.field).toBeUndefined();
    else expect(new Set(codes(answer)), route.field).toEqual(new Set(['FORBIDDEN']));
    seen[source === 'webui' ? 'shown' : 'refused'] += 1;
  }

  expect(seen.shown).toBeGreaterThan(10);
  expect(seen.refused).toBeGreaterThan(10);
}, 120_000);

test('without any scope the Horde is asked without a key, for what it shows to anybody, and the others are not asked', async () => {
  const key = guarded.rollcall.community.horde.keys.moderator;
  const shown = new Set<string>();

  for (const route of scoped) {
    const text = operationFor(route);
    for (const variables of text.includes('$id') ? guarded.variables : guarded.variables.slice(0, 1)) {
      guarded.requests();

      const answer = await guarded.ask([], text, variables);

      const asked = guarded.requests();
      expect(asked.filter(({ source }) => source !== 'horde' && source !== 'club')).toEqual([]);
      expect(asked.filter(({ headers }) => 'apikey' in headers || 'authorization' in headers)).toEqual([]);
      expect(JSON.stringify(asked)).not.toContain(key);
      expect(codes(answer).filter((code) => code !== 'FORBIDDEN' && code !== 'SOURCE_FORBIDDEN')).toEqual([]);
      if (valuesAt(answer.data, route.steps).some((value) => value != null)) shown.add(route.field);
    }
  }

  expect(shown.has('HordeAccount.kudos')).toBe(true);
  expect(shown.has('User.records')).toBe(true);
  // Whose owner made them public.
  expect(scoped.filter((route) => strict(route) && shown.has(route.field)).map(({ field }) => field)).toEqual([
    'HordeAccount.workerIds',
    'HordeAccount.workers',
  ]);
}, 120_000);

test('a refusal costs its field in each item, and neither the item nor the list', async () => {
  const fields = 'edges { node { username mine: __typename %s } }';
  const list = (name: string, field: string): string => `{ list: ${name}(first: 5) { ${fields.replace('%s', field)} } }`;

  for (const [name, field] of [
    ['hordeAccounts', 'contact'],
    ['hordeAccounts', 'adminComment'],
    ['mcsManagerAccounts', 'instances { nickname }'],
    ['openWebUIAccounts', 'email'],
  ] as const) {
    const answer = await guarded.rollcall.askText(list(name, field));

    const [own = ''] = field.split(' ');
    const nodes = valuesAt(
      answer.data,
      ['list', 'edges', 'node'].map((each) => ({ name: each })),
    );
    expect(nodes).toHaveLength(5);
    for (const node of nodes) expect(node).toEqual({ username: expect.any(String), mine: expect.any(String), [own]: null });
    expect(answer.errors?.map(({ path, extensions }) => [...(path ?? []), extensions.code]).toSorted()).toEqual(
      [0, 1, 2, 3, 4].map((index) => ['list', 'edges', index, 'node', own, 'FORBIDDEN']),
    );
  }
});

test('a person some of whose accounts are out of reach is still there with the others', async () => {
  const [ada] = guarded.variables;
  const query = 'query($id: ID!) { usersById(ids: [$id]) { username horde { contact } openWebUI { email } } }';

  const answer = await guarded.ask(narrowed, query, { id: ada?.id });

  expect(answer.data).toEqual({
    usersById: [{ username: 'ada#101', horde: { contact: null }, openWebUI: { email: 'ada@harbour.example' } }],
  });
  expect(answer.errors).toMatchObject([
    { path: ['usersById', 0, 'horde', 'contact'], extensions: { code: 'FORBIDDEN', source: 'horde', scope: 'read:private' } },
  ]);
});
