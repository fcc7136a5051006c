import { peopleOf } from '../people.ts';
import type { Setup } from '../setup.ts';
import {
  activeOf,
  createdAtOf,
  displayNameOf,
  type HordeUser,
  monthlyOf,
  nativeIdOf,
  paths,
  type Told,
  type WebuiPage,
  type WebuiUser,
} from '../wire.ts';
import { openDoor } from './upstream.ts';

export type Handler = (variables: Record<string, unknown>) => Promise<unknown>;

/** By scenario, what its operation asks for and nothing else: written by hand, without GraphQL and without checks. */
export function answersBy({ horde, webui, links, connections }: Setup): Readonly<Record<string, Handler>> {
  const people = peopleOf(links);
  const hordeDoor = openDoor(horde.url, { apikey: horde.key }, connections);
  const webuiDoor = openDoor(webui.url, { authorization: `Bearer ${webui.key}` }, connections);

  async function hordeUser(id: string): Promise<Told> {
    const { body, date } = await hordeDoor.get(paths.hordeUser(id));
    return { user: JSON.parse(body.toString()), date };
  }
  async function hordePage(): Promise<{ users: HordeUser[]; date: number }> {
    const { body, date } = await hordeDoor.get(paths.hordePage);
    return { users: JSON.parse(body.toString()), date };
  }
  const webuiAnswer = async <Body>(path: string): Promise<Body> => JSON.parse((await webuiDoor.get(path)).body.toString());

  /** The second source asked once for each user. */
  async function joinSingly(first: number): Promise<unknown> {
    const { users } = await hordePage();
    return planned(users.slice(0, first), (id) => webuiAnswer<WebuiUser>(paths.webuiUser(id)));
  }
  /** The second source asked once for everybody. */
  async function joinAtOnce(first: number): Promise<unknown> {
    const [{ users }, everybody] = await Promise.all([hordePage(), webuiAnswer<WebuiPage>(paths.webuiEverybody)]);
    const byId = new Map(everybody.users.map((user) => [user.id, user]));
    return planned(users.slice(0, first), (id) => byId.get(id));
  }
  async function planned(users: HordeUser[], find: (id: string) => Promise<WebuiUser> | WebuiUser | undefined): Promise<unknown> {
    const edges = users.map(async ({ id, username, kudos }) => {
      const person = people.ofHorde(String(id));
      const found = person.webui === null ? undefined : await find(person.webui);
      const openWebUI =
        found === undefined ? null : { id: `webui:${found.id}`, name: found.name, email: found.email, role: found.role };
      return { node: { id: `horde:${id}`, username, kudos, user: { id: person.id, openWebUI } } };
    });
    return { hordeAccounts: { edges: await Promise.all(edges) } };
  }

  const oneUser: Handler = async ({ id }) => {
    const told = await hordeUser(nativeIdOf(String(id)));
    const { user } = told;
    const { records } = user;
    return {
      user: {
        id: `horde:${user.id}`,
        username: user.username,
        displayName: displayNameOf(user),
        kudos: user.kudos,
        kudosDetails: user.kudos_details,
        records: {
          usage: records.usage,
          contribution: records.contribution,
          fulfillment: records.fulfillment,
          request: records.request,
          style: records.style,
        },
        activeGenerations: activeOf(user),
        horde: {
          id: `horde:${user.id}`,
          createdAt: createdAtOf(told),
          userId: user.id,
          evaluatingKudos: user.evaluating_kudos ?? null,
          suspicious: user.suspicious ?? null,
          adminComment: user.admin_comment ?? null,
          hasProxyPasskey: user.proxy_passkey != null,
          contact: user.contact ?? null,
          vpn: user.vpn ?? null,
          special: user.special ?? null,
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
        },
      },
    };
  };
  const list: Handler = async ({ first }) => {
    const { users, date } = await hordePage();
    const edges = users.slice(0, Number(first)).map((user) => ({
      node: {
        id: `horde:${user.id}`,
        username: user.username,
        displayName: displayNameOf(user),
        createdAt: createdAtOf({ user, date }),
        kudos: user.kudos,
        trusted: user.trusted,
        flagged: user.flagged,
        moderator: user.moderator,
        concurrency: user.concurrency,
        workerCount: user.worker_count,
        kudosDetails: {
          accumulated: user.kudos_details.accumulated,
          gifted: user.kudos_details.gifted,
          received: user.kudos_details.received,
          awarded: user.kudos_details.awarded,
        },
        records: { request: user.records.request },
      },
    }));
    return { hordeAccounts: { edges } };
  };
  const join: Handler = async ({ query }) => {
    const page = await webuiAnswer<WebuiPage>(paths.webuiPage(String(query)));
    const edges = page.users.slice(0, 25).map(async ({ id, name, email, role }) => {
      const person = people.ofWebui(id);
      const node = { id: `webui:${id}`, name, email, role };
      if (person.horde === null) return { node: { ...node, user: { id: person.id, horde: null } } };
      const { user } = await hordeUser(person.horde);
      const { username, kudos, trusted, records } = user;
      const horde = { id: `horde:${user.id}`, username, kudos, trusted, records: { request: records.request } };
      return { node: { ...node, user: { id: person.id, horde } } };
    });
    return { openWebUIAccounts: { edges: await Promise.all(edges) } };
  };
  const repeated: Handler = async ({ ids }) => {
    // The document says that these are a list of texts.
    const wanted = (ids as string[]).map(nativeIdOf);
    const found = new Map([...new Set(wanted)].map((id) => [id, hordeUser(id)]));
    return {
      usersById: await Promise.all(
        wanted.map(async (id) => {
          const told = await found.get(id);
          return told === undefined ? null : { id: `horde:${id}`, username: told.user.username, kudos: told.user.kudos };
        }),
      ),
    };
  };
  return {
    'one-user': oneUser,
    list,
    join,
    'join-planned': ({ first }) => joinSingly(Number(first)),
    'join-planned-at-once': ({ first }) => joinAtOnce(Number(first)),
    repeated,
  };
}
