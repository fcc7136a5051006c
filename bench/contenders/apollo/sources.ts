import { type AugmentedRequest, type DataSourceConfig, RESTDataSource } from '@apollo/datasource-rest';
import DataLoader from 'dataloader';
import type { People } from '../people.ts';
import type { Reading } from '../resolvers.ts';
import type { Setup } from '../setup.ts';
import { toHordeView, toWebuiView } from '../views.ts';
import { type HordeUser, paths, type WebuiPage, type WebuiUser } from '../wire.ts';

/** A source as Apollo's documentation writes one. Classes, since `RESTDataSource` is made to be extended. */
class Source extends RESTDataSource {
  override readonly baseURL: string;
  private readonly credential: Readonly<Record<string, string>>;

  constructor(url: string, credential: Readonly<Record<string, string>>, config: DataSourceConfig) {
    super(config);
    this.baseURL = `${url}/`;
    this.credential = credential;
  }

  protected override willSendRequest(_path: string, request: AugmentedRequest): void {
    Object.assign(request.headers, this.credential);
  }

  /** The body and the server's clock. */
  async ask<Body>(path: string): Promise<{ body: Body; date: number }> {
    // A path that begins with a slash would leave out that of the address.
    const { parsedBody, response } = await this.fetch<Body>(path.slice(1));
    return { body: parsedBody, date: Date.parse(response.headers.get('date') ?? '') };
  }
}

/** For one operation. The data sources' own fetch opens a connection for each request; Node's keeps them. */
export function openSources({ horde, webui }: Setup, people: People, config: DataSourceConfig): Reading {
  const kept = { ...config, fetch: globalThis.fetch as unknown as NonNullable<DataSourceConfig['fetch']> };
  const hordeSource = new Source(horde.url, { apikey: horde.key }, kept);
  const webuiSource = new Source(webui.url, { authorization: `Bearer ${webui.key}` }, kept);

  const hordeUsers = new DataLoader((ids: readonly string[]) =>
    Promise.all(
      ids.map(async (id) => {
        const { body, date } = await hordeSource.ask<HordeUser>(paths.hordeUser(id));
        return toHordeView({ user: body, date }, people);
      }),
    ),
  );
  const webuiUsers = new DataLoader((ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => toWebuiView((await webuiSource.ask<WebuiUser>(paths.webuiUser(id))).body, people))),
  );

  return {
    hordeUser: (id) => hordeUsers.load(id),
    webuiUser: (id) => webuiUsers.load(id),
    hordePage: async () => {
      const { body, date } = await hordeSource.ask<readonly HordeUser[]>(paths.hordePage);
      return body.map((user) => toHordeView({ user, date }, people));
    },
    webuiPage: async (query) => {
      const { body } = await webuiSource.ask<WebuiPage>(paths.webuiPage(query));
      return body.users.map((user) => toWebuiView(user, people));
    },
  };
}
