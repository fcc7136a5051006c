import type { Random } from '../../../src/twins/random.ts';
import type { SourceId, Subject } from '../truth/subjects.ts';

/** What is asked of an account of a source, by name of the field; each is looked at in answers. */
export const fieldsOf: Readonly<Record<SourceId, readonly string[]>> = {
  horde: ['username', 'kudos', 'contact', 'adminComment'],
  mcsmanager: ['username'],
  webui: ['name', 'email', 'gender'],
};

export const typeOf: Readonly<Record<SourceId, string>> = {
  horde: 'HordeAccount',
  mcsmanager: 'McsManagerAccount',
  webui: 'OpenWebUIAccount',
};

/** By the first word on a path that tells it. */
export const sourceOfField: Readonly<Record<string, SourceId>> = {
  horde: 'horde',
  hordeAccounts: 'horde',
  mcsManager: 'mcsmanager',
  mcsManagerAccounts: 'mcsmanager',
  openWebUI: 'webui',
  openWebUIAccounts: 'webui',
};

const fieldOf: Readonly<Record<SourceId, string>> = { horde: 'horde', mcsmanager: 'mcsManager', webui: 'openWebUI' };
const listOf: Readonly<Record<SourceId, string>> = {
  horde: 'hordeAccounts',
  mcsmanager: 'mcsManagerAccounts',
  webui: 'openWebUIAccounts',
};

const freshness = 'freshness { fetchedAt age stale servedFrom sourceLag }';
const parts = (source: SourceId): string => `__typename id ${freshness} ${fieldsOf[source].join(' ')}`;
const part = (source: SourceId): string => `${fieldOf[source]} { ${parts(source)} }`;

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Undefined where several are asked. */
  readonly source: SourceId | undefined;
  /** Nothing older than so many seconds may answer it. */
  readonly maxAge: number | undefined;
  /** What has to be somewhere in the answer, or an error in its place. */
  readonly expected: readonly string[];
}

const head = (name: string, args: string, maxAge: number | undefined): string =>
  `query ${name}${args}${maxAge === undefined ? '' : ` @maxAge(seconds: ${maxAge})`}`;

export function readOne({ source, id }: Subject, maxAge?: number): Operation {
  const query = `${head('One', '($id: ID!)', maxAge)} { user(id: $id) { ${part(source)} } }`;
  return { query, variables: { id }, source, maxAge, expected: [id] };
}

export function readMany(subjects: readonly Subject[], source: SourceId, maxAge?: number): Operation {
  const ids = subjects.map(({ id }) => id);
  const query = `${head('Many', '($ids: [ID!]!)', maxAge)} { usersById(ids: $ids) { ${part(source)} } }`;
  return { query, variables: { ids }, source, maxAge, expected: ids };
}

export function readList(source: SourceId, first: number, maxAge?: number): Operation {
  const query = `${head('List', '($first: Int!)', maxAge)} { ${listOf[source]}(first: $first) { edges { node { ${parts(source)} } } } }`;
  return { query, variables: { first }, source, maxAge, expected: [] };
}

/** One person's accounts everywhere. */
export function readJoined({ id }: Subject, sources: readonly SourceId[]): Operation {
  const query = `query Joined($id: ID!) { user(id: $id) { ${sources.map(part).join(' ')} } }`;
  return { query, variables: { id }, source: undefined, maxAge: undefined, expected: [id] };
}

/** What share of what is asked is of which form. */
export interface Mixture {
  /** With an age that it may have at most. */
  readonly fresher: number;
  readonly lists: number;
  readonly several: number;
}

/** `source` undefined: something that asks several. */
export function drawRead(
  random: Random,
  subjects: readonly Subject[],
  source: SourceId | undefined,
  { fresher, lists, several }: Mixture,
): Operation {
  const [first, ...rest] = source === undefined ? subjects : subjects.filter((each) => each.source === source);
  if (first === undefined) throw new Error(`there is nobody at ${source}`);
  const one = random.pick([first, ...rest]);
  if (source === undefined) return readJoined(one, ['horde', 'mcsmanager', 'webui']);
  // The Horde allows sixty requests a minute for a user and ninety for its list; what is kept does not count against that.
  const isLimited = source === 'horde';
  const maxAge = random.chance(isLimited ? fresher / 6 : fresher) ? random.pick([0, 0, 2, 5]) : undefined;
  if (random.chance(lists)) return readList(source, random.between(2, 15), !isLimited && random.chance(0.2) ? 1 : undefined);
  if (random.chance(several)) {
    const some = [first, ...rest].filter(() => random.chance(0.4)).slice(0, 6);
    return readMany(some.length === 0 ? [one] : some, source, maxAge);
  }
  return readOne(one, maxAge);
}
