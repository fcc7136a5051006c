import type { People, Person } from './people.ts';
import { activeOf, createdAtOf, displayNameOf, type HordeUser, monthlyOf, type Told, type WebuiUser } from './wire.ts';

// What sources tell under the graph's names, so that servers with default resolvers need few of their own.

export interface HordeView {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly kudos: number;
  readonly kudosDetails: HordeUser['kudos_details'];
  readonly records: HordeUser['records'];
  readonly activeGenerations: ReturnType<typeof activeOf>;
  readonly user: UserView;
}

/** Somebody; of the Horde's account what was read already. */
export interface UserView extends Omit<Person, 'horde'> {
  readonly hordeId: string | null;
  readonly known: HordeView | null;
}

export interface WebuiView extends WebuiUser {
  readonly user: UserView;
}

export function toHordeView(told: Told, people: People): HordeView {
  const { user } = told;
  const { horde, ...person } = people.ofHorde(String(user.id));
  const view = {
    id: `horde:${user.id}`,
    username: user.username,
    displayName: displayNameOf(user),
    createdAt: createdAtOf(told),
    userId: user.id,
    kudos: user.kudos,
    kudosDetails: user.kudos_details,
    records: user.records,
    activeGenerations: activeOf(user),
    evaluatingKudos: user.evaluating_kudos,
    suspicious: user.suspicious,
    adminComment: user.admin_comment,
    hasProxyPasskey: user.proxy_passkey != null,
    contact: user.contact,
    vpn: user.vpn,
    special: user.special,
    trusted: user.trusted,
    flagged: user.flagged,
    moderator: user.moderator,
    customizer: user.customizer,
    service: user.service,
    education: user.education,
    deleted: user.deleted,
    pseudonymous: user.pseudonymous,
    concurrency: user.concurrency,
    workerInvited: user.worker_invited,
    workerCount: user.worker_count,
    accountAge: user.account_age,
    monthlyKudos: monthlyOf(user),
    get user(): UserView {
      return { ...person, hordeId: horde, known: view };
    },
  };
  return view;
}

export function toWebuiView({ id, name, email, role }: WebuiUser, people: People): WebuiView {
  const { horde, ...person } = people.ofWebui(id);
  return { id: `webui:${id}`, name, email, role, user: { ...person, hordeId: horde, known: null } };
}
