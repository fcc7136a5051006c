import DataLoader from 'dataloader';
import type { People } from '../people.ts';
import { peopleOf } from '../people.ts';
import type { Setup } from '../setup.ts';
import { type HordeUser, paths, type Told, type WebuiPage, type WebuiUser } from '../wire.ts';

/** What resolvers reach the sources through; made for each operation. */
export interface Loaders {
  readonly people: People;
  readonly horde: DataLoader<string, Told | null>;
  readonly webui: DataLoader<string, WebuiUser | null>;
  hordePage(): Promise<Told[]>;
  webuiPage(query: string): Promise<readonly WebuiUser[]>;
}

export function loaderFactory({ horde, webui, links }: Setup): () => Loaders {
  const people = peopleOf(links);

  async function get<Body>(url: string, headers: Record<string, string>): Promise<{ body: Body; date: number } | null> {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...headers },
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`upstream said ${response.status}`);
    // What the source is documented to send.
    const body = (await response.json()) as Body;
    return { body, date: Date.parse(response.headers.get('date') ?? '') };
  }
  const askHorde = <Body>(path: string) => get<Body>(`${horde.url}${path}`, { apikey: horde.key });
  const askWebui = <Body>(path: string) => get<Body>(`${webui.url}${path}`, { authorization: `Bearer ${webui.key}` });

  async function hordeUser(id: string): Promise<Told | null> {
    const answer = await askHorde<HordeUser>(paths.hordeUser(id));
    return answer === null ? null : { user: answer.body, date: answer.date };
  }

  return () => ({
    people,
    horde: new DataLoader((ids) => Promise.all(ids.map(hordeUser))),
    webui: new DataLoader((ids) =>
      Promise.all(ids.map(async (id) => (await askWebui<WebuiUser>(paths.webuiUser(id)))?.body ?? null)),
    ),
    hordePage: async () => {
      const answer = await askHorde<HordeUser[]>(paths.hordePage);
      return answer?.body.map((user) => ({ user, date: answer.date })) ?? [];
    },
    webuiPage: async (query) => (await askWebui<WebuiPage>(paths.webuiPage(query)))?.body.users ?? [],
  });
}
