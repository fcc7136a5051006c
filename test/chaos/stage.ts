import { type Community, communityConfig, startCommunity } from '../../src/twins/community.ts';
import { createRandom, type Random } from '../../src/twins/random.ts';
import type { TwinServer } from '../../src/twins/server.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis/redis-server.ts';
import { type ServerChild, startServer } from './child/server.ts';
import { type Callers, createCallers } from './load/callers.ts';
import { type Client, openClient } from './load/client.ts';
import { createHistory, type History } from './truth/history.ts';
import { openSubjects, type SourceId, type Subject } from './truth/subjects.ts';

/** Twins with their limits on, a Rollcall before them that was started as users start it, and its Redis where there is one. */
export interface Stage extends AsyncDisposable {
  readonly random: Random;
  readonly community: Community;
  readonly twins: Readonly<Record<SourceId, TwinServer>>;
  readonly callers: Callers;
  readonly history: History;
  readonly subjects: readonly Subject[];
  readonly redis: RedisServer | undefined;
  readonly server: ServerChild;
  readonly client: Client;
}

export interface StageOptions {
  readonly seed: number;
  readonly size?: number;
  /** Absent: where redis-server is installed. */
  readonly withRedis?: boolean;
  /** Whether the Horde counts how often it is asked. Absent: it does. */
  readonly limits?: boolean;
}

export async function openStage({ seed, size = 60, withRedis = hasRedis, limits = true }: StageOptions): Promise<Stage> {
  await using opening = new AsyncDisposableStack();
  const community = opening.use(await startCommunity({ seed, size, horde: { limits } }));
  const redis = withRedis ? opening.use(await startRedis()) : undefined;
  const history = createHistory();
  const subjects = openSubjects(community, history);
  const callers = createCallers(community);
  const { sources, links } = communityConfig(community);
  const server = opening.use(
    await startServer({
      links,
      access: callers.access,
      // Shorter than usual, so that what hangs is over sooner than the phase in which it does.
      edge: { operationDeadlineMs: 8_000 },
      sources: sources.map((source) => ({
        ...source,
        quota: { enabled: limits },
        http: { deadlineMs: 5_000, headersMs: 2_000, maxBytes: 2_000_000 },
      })),
      ...(redis === undefined ? {} : { cache: { redis: { url: redis.url } } }),
    }),
  );
  const client = openClient(server.port);
  opening.defer(() => client.close());
  const resources = opening.move();
  return {
    ...{ random: createRandom(seed), community, callers, history, subjects, redis, server, client },
    twins: { horde: community.horde, mcsmanager: community.mcsManager, webui: community.openWebUI },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
