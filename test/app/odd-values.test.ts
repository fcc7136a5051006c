import { getNamedType } from 'graphql';
import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { buildSchema } from '../../src/graph/schema.ts';
import { startCommunity } from '../../src/twins/community.ts';
import { post } from '../direct/corpus.ts';
import { type Door, openDoor } from '../direct/two-doors.ts';
import { allFieldsOf, narrowFieldsOf } from './all-fields.ts';
import { startAltering, tooLarge } from './altering.ts';

interface Told {
  readonly data: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions?: { readonly code?: string; readonly source?: string };
  }[];
}

const unlimited = {
  maxAliases: 10_000,
  maxTokens: 100_000,
  maxDepth: 100,
  maxCalls: 1_000_000,
  maxRows: 10_000_000,
  maxBodyBytes: 1_000_000,
  maxDirectives: 10_000,
  rateLimit: { points: 1_000_000_000 },
};

async function openBoth() {
  const community = await startCommunity({
    size: 12,
    horde: { limits: false, caches: false },
    mcsManager: { rateLimits: false },
  });
  const altering = await startAltering(community);
  const config = { sources: altering.sources, edge: unlimited };
  const [direct, yoga] = await Promise.all([openDoor(community, config, true), openDoor(community, config, false)]);
  return {
    community,
    altering,
    doors: [direct, yoga] as const,
    [Symbol.asyncDispose]: async () => {
      await direct.close();
      await yoga.close();
      await altering[Symbol.asyncDispose]();
      await community.close();
    },
  };
}

async function ask(door: Door, query: string): Promise<Told> {
  const { body } = await door.write(...post(JSON.stringify({ query })));
  // What a GraphQL server answers.
  return JSON.parse(body) as Told;
}

const schema = buildSchema();
const [ada] = cast;

/** Lists, and all else that is asked beside a person. */
const lists = [
  'hordeAccounts(first: 3)',
  'mcsManagerAccounts(first: 3)',
  'openWebUIAccounts(first: 3)',
  'openWebUIGroups',
  'openWebUIDefaultPermissions',
  'searchUsers(query: "ada")',
  'sources',
  'viewer',
  'users(source: "horde", first: 3)',
];
const operations = [[`user(id: "horde:${ada?.horde}")`], lists].map((roots) => {
  const seen = new Set<string>();
  const asked = roots.map((root) => {
    const [name = ''] = /^\w+/.exec(root) ?? [];
    const field = schema.getQueryType()?.getFields()[name];
    if (field === undefined) throw new Error(`no ${root}`);
    const { selection, narrow } = allFieldsOf(schema, getNamedType(field.type), seen);
    return { text: `${name}: ${root} { ${selection} }`, narrow };
  });
  return { text: `{ ${asked.map(({ text }) => text).join('\n')} }`, narrow: asked.flatMap(({ narrow }) => narrow) };
});

/** What is sent in the place of a number, and of each of the others in turn. */
const oddNumbers = [1.5, 4_294_967_296, 1e300];
const oddOthers = ['CANARY', 1.5, tooLarge, '2026-13-45', { CANARY: 1 }, 1e300, ['CANARY'], true, 4_294_967_296, '', null];

test('what a source may say oddly is asked for: every field of a type that not every value fits', () => {
  const asked = new Set(operations.flatMap(({ narrow }) => narrow));

  // It has an argument that must be given, and is worked out here.
  expect(narrowFieldsOf(schema).filter((name) => !asked.has(name))).toEqual(['Permissions.allows']);
});

test('no odd value of a source is an unexpected error, or told in an error, at either door', { timeout: 120_000 }, async () => {
  await using both = await openBoth();
  const { altering, doors } = both;
  const places = new Map<string, boolean>();
  altering.alter = (value, name, source) => {
    const place = `${source} ${name}`;
    // What stands in a list by its number is told of with the list.
    if (!/^\d*$/.test(name)) places.set(place, typeof value === 'number' || places.get(place) === true);
    return value;
  };
  for (const { text } of operations) for (const door of doors) expect((await ask(door, text)).errors).toBeUndefined();
  const trials = [...places].flatMap(([place, isNumber], at) =>
    (isNumber ? oddNumbers : oddOthers.slice(at % oddOthers.length).slice(0, 1)).map((sent) => ({ place, sent })),
  );

  const wrong: unknown[] = [];
  for (const [at, { place, sent }] of trials.entries()) {
    altering.alter = (value, name, source) => (`${source} ${name}` === place ? sent : value);
    for (const { text } of operations) {
      const door = doors[at % 2] ?? doors[0];
      const seen = door.logged.length;
      const { errors = [] } = await ask(door, text);
      const odd = errors.filter(({ extensions }) => extensions?.source !== place.split(' ')[0]);
      const bugs = door.logged.slice(seen).filter((line) => line.includes('unexpected error'));
      if (odd.length > 0 || bugs.length > 0 || JSON.stringify(errors).includes('CANARY')) wrong.push({ place, sent, odd, bugs });
    }
  }
  expect(wrong).toEqual([]);
  expect(trials.length).toBeGreaterThan(300);
});

const person = (fields: string): string => `{ user(id: "horde:${ada?.horde}") { ${fields} } }`;

test.for([
  ['webui', 'date_of_birth', 'CANARY sk-12345', person('openWebUI { dateOfBirth }')],
  ['webui', 'member_count', 4_294_967_296, '{ openWebUIGroups { memberCount } }'],
  ['webui', 'total', 4_294_967_296, '{ openWebUIAccounts { totalCount } }'],
  ['mcsmanager', 'total', 4_294_967_296, '{ mcsManagerAccounts(first: 2) { totalCount } }'],
  ['mcsmanager', 'passWordType', 0.5, person('mcsManager { passWordType }')],
  ['mcsmanager', 'started', 4_294_967_296, person('mcsManager { instances { startedCount } }')],
  ['horde', 'uptime', 1.5, person('horde { workers { uptime } }')],
  ['horde', 'threads', 4_294_967_296, person('horde { workers { threads } }')],
  ['horde', 'account_age', 1.5, person('horde { accountAge }')],
  ['horde', 'suspicious', 4_294_967_296, person('horde { suspicious }')],
  ['horde', 'tokens', 1.5, person('horde { records { usage { tokens } } }')],
] as const)('of %s a %s of %s is no answer, and both doors say so alike', async ([odd, key, sent, query]) => {
  await using both = await openBoth();
  both.altering.alter = (value, name, source) => (source === odd && name === key ? sent : value);

  const [direct, yoga] = [await ask(both.doors[0], query), await ask(both.doors[1], query)];

  expect(direct).toEqual(yoga);
  expect(new Set(direct.errors?.map(({ extensions }) => `${extensions?.source} ${extensions?.code}`))).toEqual(
    new Set([`${odd} SOURCE_MALFORMED`]),
  );
});

test('an odd number of one row in the Horde’s list costs no other row, and in that row no more than itself', async () => {
  await using both = await openBoth();
  let seen = 0;
  both.altering.alter = (value, name) => (name === 'concurrency' && seen++ === 0 ? 1.5 : value);
  const query = '{ hordeAccounts(first: 3) { edges { node { username kudos } } } }';

  const { data, errors } = await ask(both.doors[0], query);

  both.altering.alter = (value) => value;
  expect({ data, errors }).toEqual(await ask(both.doors[0], query));
});

test('an age that no calendar reaches back to leaves the rest of the user told', async () => {
  await using both = await openBoth();
  both.altering.alter = (value, name) => (name === 'account_age' ? 9e15 : value);

  for (const door of both.doors)
    expect(await ask(door, person('horde { createdAt accountAge }'))).toEqual({
      data: { user: { horde: { createdAt: null, accountAge: 9e15 } } },
    });
});
