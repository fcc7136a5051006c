import type { HordeView, UserView, WebuiView } from './views.ts';
import { nativeIdOf } from './wire.ts';

/** What resolvers ask, each user once in an operation. */
export interface Reading {
  hordeUser(id: string): Promise<HordeView | null>;
  webuiUser(id: string): Promise<WebuiView | null>;
  hordePage(): Promise<readonly HordeView[]>;
  webuiPage(query: string): Promise<readonly WebuiView[]>;
}

type Show<Value> = (user: UserView, _args: unknown, reading: Reading) => Value | null | Promise<Value | null>;

/** For servers whose context is, or holds, a `Reading`. */
export const resolvers = {
  Query: {
    user: async (_root: unknown, { id }: { readonly id: string }, { hordeUser }: Reading) =>
      userOf(await hordeUser(nativeIdOf(id))),
    usersById: (_root: unknown, { ids }: { readonly ids: readonly string[] }, { hordeUser }: Reading) =>
      Promise.all(ids.map(async (id) => userOf(await hordeUser(nativeIdOf(id))))),
    hordeAccounts: async (_root: unknown, { first }: { readonly first: number }, { hordePage }: Reading) =>
      connection((await hordePage()).slice(0, first)),
    openWebUIAccounts: async (
      _root: unknown,
      { first, query }: { readonly first: number; readonly query: string },
      { webuiPage }: Reading,
    ) => connection((await webuiPage(query)).slice(0, first)),
  },
  User: {
    username: fromHorde(({ username }) => username),
    displayName: fromHorde(({ displayName }) => displayName),
    kudos: fromHorde(({ kudos }) => kudos),
    kudosDetails: fromHorde(({ kudosDetails }) => kudosDetails),
    records: fromHorde(({ records }) => records),
    activeGenerations: fromHorde(({ activeGenerations }) => activeGenerations),
    horde: fromHorde((account) => account),
    openWebUI: ({ webui }: UserView, _args: unknown, { webuiUser }: Reading) => (webui === null ? null : webuiUser(webui)),
  },
};

const userOf = (account: HordeView | null): UserView | null => account?.user ?? null;

const connection = <Node>(nodes: readonly Node[]): { edges: { node: Node }[] } => ({ edges: nodes.map((node) => ({ node })) });

/** At once where the account was read already. */
function fromHorde<Value>(show: (account: HordeView) => Value): Show<Value> {
  return ({ known, hordeId }, _args, { hordeUser }) => {
    if (known !== null) return show(known);
    if (hordeId === null) return null;
    return hordeUser(hordeId).then((account) => account && show(account));
  };
}
