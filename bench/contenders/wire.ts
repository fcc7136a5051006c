// What the sources send, as somebody would write it down who trusts them, and what clients are shown of it.

export interface HordeUser {
  readonly id: number;
  readonly username: string;
  readonly kudos: number;
  readonly kudos_details: Readonly<
    Record<'accumulated' | 'gifted' | 'donated' | 'admin' | 'received' | 'recurring' | 'awarded' | 'styled', number>
  >;
  readonly records: {
    readonly usage: Things;
    readonly contribution: Things;
    readonly fulfillment: Amounts;
    readonly request: Amounts;
    readonly style: Amounts;
  };
  readonly active_generations?: { readonly text?: readonly string[]; readonly image?: readonly string[] } | null;
  readonly evaluating_kudos?: number | null;
  readonly suspicious?: number | null;
  readonly admin_comment?: string | null;
  readonly proxy_passkey?: string | null;
  readonly contact?: string | null;
  readonly vpn?: boolean | null;
  readonly special?: boolean | null;
  readonly monthly_kudos?: { readonly amount: number; readonly last_received?: string | null } | null;
  readonly trusted: boolean;
  readonly flagged: boolean;
  readonly moderator: boolean;
  readonly customizer: boolean;
  readonly service: boolean;
  readonly education: boolean;
  readonly deleted: boolean;
  readonly pseudonymous: boolean;
  readonly concurrency: number;
  readonly worker_invited: number;
  readonly worker_count: number;
  readonly account_age: number;
}

interface Things {
  readonly megapixelsteps: number;
  readonly tokens: number;
}

interface Amounts {
  readonly image: number;
  readonly text: number;
  readonly interrogation: number;
}

export interface WebuiUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

export interface WebuiPage {
  readonly users: readonly WebuiUser[];
}

/** A Horde's user and the server's clock when it answered, from which ages count back. */
export interface Told {
  readonly user: HordeUser;
  readonly date: number;
}

export const displayNameOf = ({ username }: HordeUser): string => username.slice(0, username.lastIndexOf('#'));

export const createdAtOf = ({ user, date }: Told): string =>
  new Date((Math.floor(date / 1000) - Math.floor(user.account_age)) * 1000).toISOString();

export const activeOf = ({ active_generations: running }: HordeUser): { text: readonly string[]; image: readonly string[] } => ({
  text: running?.text ?? [],
  image: running?.image ?? [],
});

export const monthlyOf = ({ monthly_kudos: monthly }: HordeUser): { amount: number; lastReceived: string | null } | null =>
  monthly == null
    ? null
    : {
        amount: monthly.amount,
        lastReceived: monthly.last_received == null ? null : new Date(monthly.last_received).toISOString(),
      };

/** The number in `horde:42`. */
export const nativeIdOf = (id: string): string => id.slice(id.indexOf(':') + 1);

/** Paths below a source's address. */
export const paths = {
  hordeUser: (id: string) => `/v2/users/${id}`,
  hordePage: '/v2/users?page=1&sort=age',
  webuiUser: (id: string) => `/api/v1/users/${id}`,
  webuiPage: (query: string) => `/api/v1/users/?order_by=email&direction=asc&query=${encodeURIComponent(query)}&page=1`,
  webuiEverybody: '/api/v1/users/all',
};
