import type { Role } from '../../domain/facets.ts';
import { parseAccountId } from '../../domain/user.ts';
import { InputError, SourceError } from '../../errors.ts';
import type { ListedAccount, ListQuery } from '../../sources/contract.ts';
import { type Page, roleWord, toPage, wantsNext } from '../account-connection.ts';
import { builder } from '../builder.ts';
import { accountOn, type Context, mustSeePeople, type OpenSource, sourceById, type UserNode, userOf } from '../context.ts';
import { type Led, leading, ledByList, together, unlessRefused } from '../leading.ts';
import { type ConnectionArgs, toWindow, walkSource } from '../list-window.ts';
import { searchText } from '../search-text.ts';
import { RoleRef } from './account.ts';
import { UserRef } from './user.ts';

const userOrders = {
  CREATED: { description: 'Oldest account first.' },
  KUDOS: { description: 'Most kudos first. Balances move, so people may change places between two pages.' },
  EMAIL: { description: 'By e-mail address, which nobody shares: the only certain order of some sources.' },
  NAME: { description: 'By name. Names repeat, so the order among equals is not certain.' },
  LAST_ACTIVE: { description: 'Most recently seen first. Changes all the time.' },
} as const;

export const UserOrderRef = builder.enumType('UserOrder', {
  description:
    'An order of people. `Source.capabilities.orders` tells which of them a source has, beside words of its kind’s own list; the default is its safest one.',
  values: userOrders,
});

const UserConnectionRef = builder.connectionObject(
  { type: UserRef, name: 'UserConnection', description: 'A page of people.' },
  { name: 'UserEdge', description: 'A person and where they stand in the list.' },
);

builder.queryField('users', (t) =>
  t.connection(
    {
      type: UserRef,
      nullable: true,
      extensions: { needs: 'read', ...leading(ledToUsers) },
      description:
        'People, page by page: those of one source, or of all sources one after the other, each person once, with their primary account. A source that the caller may see nobody of is passed over. A page ends early before a source that fails, and the next one fails with it until it answers again: `source` reads the others meanwhile. What can be promised to somebody who walks the list is in `Source.capabilities.paging`.',
      args: {
        source: t.arg.id({ required: false, description: 'Only people whose primary account is on this source.' }),
        search: t.arg.string({
          required: false,
          description: 'Only people whose name holds this. Needs a source that can search.',
        }),
        role: t.arg({
          type: RoleRef,
          required: false,
          description: 'Only people with this role. Needs a source that filters by role.',
        }),
        orderBy: t.arg({ type: UserOrderRef, required: false, description: 'Needs a source that has this order.' }),
      },
      resolve: async (_root, args, context, info) => {
        checkArguments(args);
        const sureOfNext = wantsNext(info);
        if (args.source != null) {
          const open = sourceById(args.source, context);
          return usersOf(open, toListQuery(open, args), args, context, sureOfNext);
        }
        return usersOfAll(args, context, sureOfNext);
      },
    },
    UserConnectionRef,
  ),
);

interface UsersArgs extends ConnectionArgs {
  readonly source?: string | null | undefined;
  readonly search?: string | null | undefined;
  readonly role?: Role | null | undefined;
  readonly orderBy?: string | null | undefined;
}

function checkArguments({ source, search, role, orderBy }: UsersArgs): void {
  if (source == null && (search != null || role != null || orderBy != null)) {
    throw new InputError(
      'search, role and orderBy need a source, since sources differ in what they can do. searchUsers asks several at once.',
    );
  }
}

function ledToUsers(args: UsersArgs, context: Context): Led {
  checkArguments(args);
  const passedOver = ({ source }: OpenSource): number =>
    context.identities.links.flatMap(([, ...others]) => others).filter((id) => parseAccountId(id)?.source === source.id).length;
  if (args.source != null) {
    const open = sourceById(args.source, context);
    return ledByList(open, toListQuery(open, args), args, passedOver(open));
  }
  forwardWindow(args);
  // The cursor is one source's; of all others it says nothing.
  return together(
    [...context.sources.values()].flatMap((open) => unlessRefused(() => ledByList(open, {}, args, passedOver(open))) ?? []),
  );
}

function forwardWindow(args: ConnectionArgs) {
  const window = toWindow(args);
  if ('first' in window) return window;
  throw new InputError('People of all sources can only be read forward. Name a source to use last and before.');
}

async function usersOf(
  open: OpenSource,
  query: ListQuery,
  args: UsersArgs,
  context: Context,
  sureOfNext: boolean,
): Promise<Page<UserNode>> {
  const walked = await walkSource(open, query, toWindow(args), isPrimary(open, context));
  return toPage(walked, (nativeId) => userOf(accountOn(open, nativeId), context), sureOfNext);
}

/**
 * Every source's people in turn. A page ends where its source ends only if nothing follows, or if what follows fails; the cursor says
 * in which source the next page goes on.
 */
async function usersOfAll(args: UsersArgs, context: Context, sureOfNext: boolean): Promise<Page<UserNode>> {
  const window = forwardWindow(args);
  const left = sourcesFrom(window.after?.source, context);
  const edges: Page<UserNode>['edges'] = [];
  let hasNextPage = false;
  for (const [index, open] of left.entries()) {
    const after = window.after?.source === open.source.id ? window.after : null;
    try {
      const walked = await walkSource(open, {}, { first: window.first - edges.length, after }, isPrimary(open, context));
      const page = await toPage(walked, (id) => userOf(accountOn(open, id), context), sureOfNext);
      edges.push(...page.edges);
      hasNextPage = page.pageInfo.hasNextPage || index < left.length - 1;
    } catch (error) {
      // What was read of others is shown. Whoever goes on from there meets the source again.
      if (!(error instanceof SourceError) || edges.length === 0) throw error;
      hasNextPage = true;
      break;
    }
    if (edges.length >= window.first) break;
  }
  const pageInfo = {
    hasNextPage,
    hasPreviousPage: window.after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo, totalCount: null };
}

/** Those that are still to be walked, from this one on, as far as the caller may see anybody there. */
function sourcesFrom(id: string | undefined, context: Context): OpenSource[] {
  const opened = [...context.sources.values()];
  const seen = opened.filter(({ permit }) => permit.mayRead('identity'));
  for (const open of seen.length === 0 ? opened : []) mustSeePeople(open);
  const start = id === undefined ? 0 : opened.indexOf(sourceById(id, context));
  return opened.slice(start).filter((open) => seen.includes(open));
}

/** People with several accounts are listed where their primary account is, and nowhere else. */
function isPrimary(open: OpenSource, context: Context): (account: ListedAccount) => boolean {
  return (account) => {
    const node = accountOn(open, account.id);
    return userOf(node, context).id === node.id;
  };
}

function toListQuery(open: OpenSource, args: UsersArgs): ListQuery {
  const { capabilities, id } = open.source;
  const { search, role, orderBy } = args;
  if (orderBy != null && !capabilities.orders.includes(orderBy)) {
    const ofPeople = capabilities.orders.filter((word) => word in userOrders);
    throw new SourceError('SOURCE_UNSUPPORTED', id, { hint: `Its orders of people are: ${ofPeople.join(', ')}.` });
  }
  if (search != null && capabilities.search !== 'CONTAINS') {
    throw new SourceError('SOURCE_UNSUPPORTED', id, {
      hint: 'It cannot search by a part of a name; userByUsername finds a whole one.',
    });
  }
  return {
    order: orderBy ?? undefined,
    search: search == null ? undefined : searchText('search', search),
    role: roleWord(open, role),
  };
}
