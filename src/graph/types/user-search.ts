import { ForbiddenError, InputError, SourceError } from '../../errors.ts';
import { usualCalls } from '../../sources/calls.ts';
import type { ListPage } from '../../sources/contract.ts';
import { builder } from '../builder.ts';
import { describe } from '../client-errors.ts';
import { accountOn, type Context, mustSeePeople, type OpenSource, sourceById, type UserNode, userOf } from '../context.ts';
import { type Led, leading } from '../leading.ts';
import { pageLimits } from '../list-window.ts';
import { hidesAddresses, matchingNames } from '../matching-names.ts';
import { searchText } from '../search-text.ts';
import { SourceRef } from './source.ts';
import { UserRef } from './user.ts';

type Refusal = SourceError | ForbiddenError;

const isRefusal = (result: ListPage | Refusal): result is Refusal => result instanceof Error;

interface SourceOutcome {
  readonly open: OpenSource;
  readonly result: ListPage | Refusal;
}

const outcomes = {
  ANSWERED: { description: 'It was asked and answered, perhaps with nobody.' },
  FORBIDDEN: { description: 'The caller may not search it.' },
  UNSUPPORTED: { description: 'It cannot search for such a text.' },
  FAILED: { description: 'It was asked and did not answer; `code` says why.' },
} as const;

const SearchOutcomeRef = builder.enumType('SearchOutcome', {
  description: 'What became of a search on one source.',
  values: outcomes,
});

const UserSearchSourceRef = builder.objectRef<SourceOutcome>('UserSearchSource');

UserSearchSourceRef.implement({
  description: 'What one source had to say to a search.',
  fields: (t) => ({
    source: t.field({ type: SourceRef, nullable: false, description: 'The source.', resolve: ({ open }) => open }),
    outcome: t.field({
      type: SearchOutcomeRef,
      nullable: false,
      description: 'Whether it answered.',
      resolve: ({ result }) => outcomeOf(result),
    }),
    code: t.string({
      nullable: true,
      description: 'The error code, such as `SOURCE_TIMEOUT`; null when it answered.',
      resolve: ({ result }) => (isRefusal(result) ? describe(result).extensions.code : null),
    }),
    message: t.string({
      nullable: true,
      description: 'The same in a sentence, with the alternative where there is one.',
      resolve: ({ result }) => (isRefusal(result) ? result.message : null),
    }),
    totalCount: t.int({
      nullable: true,
      description:
        'How many accounts match there, those beyond `first` too; null where it does not tell. With `first: 0` a panel is not asked and tells none.',
      resolve: ({ result }) => (isRefusal(result) ? null : result.total),
    }),
  }),
});

interface UserSearch {
  readonly users: readonly UserNode[];
  readonly sources: readonly SourceOutcome[];
}

const UserSearchRef = builder.objectRef<UserSearch>('UserSearch');

UserSearchRef.implement({
  description: 'What a search across sources found, and what each source said.',
  fields: (t) => ({
    users: t.field({
      type: [UserRef],
      nullable: { list: false, items: false },
      description: 'People found, each once, however many of their accounts matched. In the order of the sources.',
      resolve: ({ users }) => [...users],
    }),
    sources: t.field({
      type: [UserSearchSourceRef],
      nullable: { list: false, items: false },
      extensions: leading((_args, { sources }) => ({ items: sources.size })),
      description: 'Every source that was meant, with what became of it.',
      resolve: ({ sources }) => [...sources],
    }),
  }),
});

builder.queryField('searchUsers', (t) =>
  t.field({
    type: UserSearchRef,
    nullable: true,
    extensions: { needs: 'read', ...leading(ledToSearch) },
    description:
      'Searches several sources at once by name. A source that cannot, or does not answer, is told apart from one that found nobody.',
    args: {
      query: t.arg.string({
        required: true,
        description: 'A part of a name; where a source knows only whole usernames, all of it.',
      }),
      sources: t.arg.idList({ required: false, description: 'Only these sources. Absent: all.' }),
      first: t.arg.int({
        required: false,
        description: `At most this many from each source: ${pageLimits.default} unless told, ${pageLimits.most} at most.`,
      }),
    },
    resolve: async (_root, args, context) => {
      const { text, limit, meant } = readArguments(args, context);
      const results = await Promise.all(meant.map((open) => searchOne(open, text, limit)));
      // What is missing is told in the answer, and no error beside it.
      if (results.some(({ result }) => isRefusal(result))) context.onlyForNow();
      return { users: peopleOf(results, context), sources: results };
    },
  }),
);

interface SearchArgs {
  readonly query: string;
  readonly sources?: readonly string[] | null | undefined;
  readonly first?: number | null | undefined;
}

function readArguments({ query, sources, first }: SearchArgs, context: Context) {
  const limit = first ?? pageLimits.default;
  if (query.trim() === '') throw new InputError('The query is empty. Write a part of a name.');
  if (limit < 0 || limit > pageLimits.most)
    throw new InputError(`first is ${limit}; it must be between 0 and ${pageLimits.most}.`);
  const meant = sources == null ? [...context.sources.values()] : [...new Set(sources)].map((id) => sourceById(id, context));
  return { text: searchText('query', query.trim()), limit, meant };
}

function ledToSearch(args: SearchArgs, context: Context): Led {
  const { limit, meant } = readArguments(args, context);
  const searched = meant.filter(({ permit }) => permit.mayRead('identity'));
  const callsOf = ({ source }: OpenSource) => source.calls ?? usualCalls;
  return {
    calls: searched.map((open) => ({ open, what: 'search', requests: callsOf(open).search(limit) })),
    found: searched.map((open) => ({ open, most: limit, brings: callsOf(open).searchBrings })),
  };
}

async function searchOne(open: OpenSource, query: string, limit: number): Promise<SourceOutcome> {
  try {
    mustSeePeople(open);
    const found = await open.session().search(query, limit);
    const names = matchingNames(open, query);
    await names.learn(found.accounts);
    // A total that counts matches the caller may not know of would tell of them.
    const result = hidesAddresses(open) ? { ...found, accounts: found.accounts.filter(names.matches), total: null } : found;
    for (const account of result.accounts) open.loader().prime(account);
    return { open, result };
  } catch (error) {
    if (error instanceof SourceError || error instanceof ForbiddenError) return { open, result: error };
    throw error;
  }
}

function peopleOf(results: readonly SourceOutcome[], context: Context): UserNode[] {
  const people = new Map<string, UserNode>();
  for (const { open, result } of results) {
    if (isRefusal(result)) continue;
    for (const { id } of result.accounts) {
      const user = userOf(accountOn(open, id), context);
      if (!people.has(user.id)) people.set(user.id, user);
    }
  }
  return [...people.values()];
}

function outcomeOf(result: ListPage | Refusal): keyof typeof outcomes {
  if (!isRefusal(result)) return 'ANSWERED';
  if (result instanceof ForbiddenError) return 'FORBIDDEN';
  return result.code === 'SOURCE_UNSUPPORTED' ? 'UNSUPPORTED' : 'FAILED';
}
