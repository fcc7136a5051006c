import type { RequestListener } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { createYoga, type YogaServerOptions } from 'graphql-yoga';
import type { Logger } from 'pino';
import { openAccess } from './access/recognising.ts';
import { secretsInRedisUrl } from './cache/redis/address.ts';
import type { SecondLevel } from './cache/second-level.ts';
import type { Config } from './config.ts';
import { createDeadlines, timeUp } from './deadlines.ts';
import type { Around } from './direct/conducting.ts';
import { openDirectDoor } from './direct/door.ts';
import { type Endpoint, type EndpointOptions, openEndpoint } from './direct/endpoint.ts';
import { createSharing } from './direct/sharing.ts';
import { createConnections } from './edge/connections.ts';
import { behindFront } from './edge/front.ts';
import { laneOf } from './edge/lane-of.ts';
import { readManifest } from './edge/manifest.ts';
import { type Refusing, refuseWith } from './edge/refusing.ts';
import { isSigned, signatureHeader } from './edge/router-signature.ts';
import { mayAskService } from './edge/service-key.ts';
import { fetchThroughYoga, throughYoga } from './edge/through-yoga.ts';
import { createTurns } from './edge/turns.ts';
import { takeWholeTargets } from './edge/whole-targets.ts';
import { toClientError } from './graph/client-errors.ts';
import type { Context } from './graph/context.ts';
import { buildSchema } from './graph/schema.ts';
import { graphiqlOptions } from './graphiql/options.ts';
import { renderPage } from './graphiql/page.ts';
import { createLogger } from './log.ts';
import { logTraffic } from './log-traffic.ts';
import { openCache } from './open-cache.ts';
import { useCaller } from './plugins/use-caller.ts';
import { useConnections } from './plugins/use-connections.ts';
import { useCors } from './plugins/use-cors.ts';
import { useDiscreetErrors } from './plugins/use-discreet-errors.ts';
import { useDocumentLimits } from './plugins/use-document-limits.ts';
import { useHealth } from './plugins/use-health.ts';
import { useHttpCaching } from './plugins/use-http-caching.ts';
import { useIncrementalDelivery } from './plugins/use-incremental-delivery.ts';
import { useLoadLimits } from './plugins/use-load-limits.ts';
import { useMaxAge } from './plugins/use-max-age.ts';
import { useOperationCost } from './plugins/use-operation-cost.ts';
import { useOperationLog } from './plugins/use-operation-log.ts';
import { usePersistedOperations } from './plugins/use-persisted-operations.ts';
import { usePlainExecution } from './plugins/use-plain-execution.ts';
import { usePlanReports } from './plugins/use-plan-report.ts';
import { useQuietErrors } from './plugins/use-quiet-errors.ts';
import { useRateLimit } from './plugins/use-rate-limit.ts';
import { useRouterSignature } from './plugins/use-router-signature.ts';
import { useSecurityHeaders } from './plugins/use-security-headers.ts';
import { useStrictRequests } from './plugins/use-strict-requests.ts';
import { useVariableLimits } from './plugins/use-variable-limits.ts';
import { useWordedRefusals } from './plugins/use-worded-refusals.ts';
import { createRedaction } from './redaction.ts';
import { openContext } from './session.ts';
import { connectSource } from './sources/connecting.ts';
import { createRefresher } from './sources/refreshing.ts';
import { buildSubgraph } from './subgraph/schema.ts';
import type { SubgraphContext } from './subgraph/service.ts';
import { createWriteRunner, tellingEnds } from './writing/running.ts';

/** Rollcall without a port: give `fetch` a Request, or `handle` to `node:http`. */
export interface App {
  readonly schema: GraphQLSchema;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly handle: RequestListener;
  readonly log: Logger;
  /** Lets `/readyz` say so, so that a load balancer stops sending, and each answer close its connection. */
  stopping(): void;
  /** Closes the connections to the sources. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Where log lines go; standard output when absent. */
  readonly log?: Logger;
  /** The clock by which ages are told, in milliseconds since 1970. */
  readonly now?: () => number;
  /** What several processes share. */
  readonly second?: SecondLevel;
  /** What has to look at a request of `handle` first, and may refuse it. */
  readonly refusing?: Refusing;
}

/** Schema, context, error mapping and plugins. Knows no port and no environment. */
export function createApp(config: Config, options: AppOptions = {}): App {
  const schema = buildSchema();
  const turns = createTurns();
  const { requests } = config.sharing;
  const sources = config.sources.map((each) => connectSource(each, { sharing: requests, onAnswer: turns.answered }));
  const { redis } = config.cache;
  const redaction = createRedaction([
    ...sources.flatMap(({ service }) => (service.class === 'none' ? [] : [service.key])),
    ...(redis === undefined ? [] : secretsInRedisUrl(redis.url)),
  ]);
  const log = options.log ?? createLogger(config.log.level, redaction);
  logTraffic(sources, log);
  const access = openAccess(config.access, new Set(sources.map(({ source }) => source.id)), log);
  const callers = useCaller(access, redaction, log);
  const now = options.now ?? Date.now;
  // Whoever brings a clock lets it go by itself.
  const steady = options.now ?? (() => performance.now());
  const onHeard = (source: string): void => {
    // What is under way was asked before.
    sources.find((each) => each.source.id === source)?.forget();
    sharing.writeEnded();
  };
  const onBug = (error: unknown): void => log.error({ err: error }, 'unexpected error');
  const refresher = createRefresher({ now, onBug });
  const onWritten = async (source: string, touched: readonly string[] | null): Promise<void> => {
    // What is under way was asked before.
    sources.find((each) => each.source.id === source)?.experience.sweeps.forget();
    await Promise.all((touched ?? [null]).map((account) => cache.invalidate({ source, account })));
  };
  const costs = useOperationCost({ ...config.edge, answersAreKept: config.cache.enabled });
  const planReports = usePlanReports(config.debug.plan);
  const cors = useCors(config.edge.corsOrigins);
  const httpCaching = useHttpCaching({
    answersAreKept: config.cache.enabled,
    sources: sources.map(({ source }) => source.id),
    ...{ cors: cors.isOn, now, steady },
  });
  const rateLimit = useRateLimit(config.edge.rateLimit, costs);
  const operationLog = useOperationLog(log);
  const sharing = createSharing(costs.pointsOf);
  const runner = createWriteRunner({ log, writes: config.writes, audit: config.audit, onWritten });
  const writes = tellingEnds(runner, sharing.writeEnded);
  const manifest = config.edge.persisted.manifest === undefined ? null : readManifest(config.edge.persisted.manifest);
  // Behind all that may refuse to start: while it looks for a Redis the process does not end.
  const cache = openCache(config, { log, now, steady, second: options.second, onHeard });
  const [deadlines, connections] = [createDeadlines(config.edge.operationDeadlineMs), createConnections()];

  const open: EndpointOptions['open'] = (initial) => {
    const { request } = initial;
    const caller = callers.of(request);
    return openContext(
      sources,
      config.identities,
      caller,
      {
        lane: laneOf(caller, initial, config.edge.rateLimit.addressHeader),
        headers: request.headers,
        signal: 'waiting' in request ? request.waiting.ended() : AbortSignal.any([request.signal, timeUp(deadlines)]),
        until: 'waiting' in request ? request.waiting.until() : performance.now() + config.edge.operationDeadlineMs,
        life: httpCaching.lifeOf(request),
      },
      writes,
      { cache, refresher },
      planReports.watching(request),
    );
  };
  // The same for both endpoints, one allowance and one count of operations among it.
  const plugins = [
    useWordedRefusals(),
    useSecurityHeaders(),
    useConnections(connections),
    useHealth(sources, connections.isStopping),
    callers.plugin,
    useStrictRequests(),
    useDocumentLimits(config.edge),
    useDiscreetErrors(),
    useVariableLimits(),
    useMaxAge(),
    ...(config.edge.suggestions ? [] : [useQuietErrors()]),
    // First of all, so that what the others refuse is logged too.
    operationLog.plugin,
  ];
  const limits = [
    costs.weighing,
    rateLimit.plugin,
    costs.refusing,
    sharing.plugin,
    usePlainExecution((request) => 'waiting' in request),
    useLoadLimits(config.edge, costs, turns),
  ];
  const endpointAt = (
    path: string,
    given: Omit<EndpointOptions, 'yoga' | 'plugins'> & { readonly plugins: Around[] },
    options: Partial<YogaServerOptions<object, Context>> = {},
  ): Endpoint => {
    const yoga = createYoga<object, Context>({
      ...{ schema: given.schema, context: given.open, plugins: given.plugins, graphqlEndpoint: path },
      ...{ landingPage: false, graphiql: false, cors: false, maskedErrors: { maskError: toClientError } },
      // One answer for each request, and no uploads: neither is used, and both can be abused.
      ...{ batching: false, multipart: false },
      // Yoga's own lines would quote documents.
      logging: false,
      ...options,
    });
    return openEndpoint({ ...given, yoga });
  };

  const persisted = usePersistedOperations(manifest, config.edge.persisted);
  const forClients = [cors.plugin, ...plugins, httpCaching.plugin, useIncrementalDelivery(), planReports.plugin];
  const graph = endpointAt(
    graphEndpoint,
    { schema, open, persisted, plugins: [...forClients, ...limits, persisted.plugin] },
    { graphiql: config.graphiql ? graphiqlOptions : false, renderGraphiQL: renderPage },
  );

  const router = config.edge.subgraph.enabled ? createRouterEndpoint() : undefined;
  const serverAt = (path: string): Endpoint['yoga'] => (path === subgraphEndpoint ? router?.yoga : undefined) ?? graph.yoga;

  function createRouterEndpoint(): Endpoint {
    const { subgraph } = config.edge;
    const { signature } = subgraph;
    // A router writes its operations itself: no manifest has them.
    const persisted = usePersistedOperations(null, { ...config.edge.persisted, only: false });
    return endpointAt(subgraphEndpoint, {
      schema: buildSubgraph(schema, { maxEntities: config.edge.maxEntities, scopes: subgraph.scopes }),
      open: (given): SubgraphContext => ({ ...open(given), mayAskService: mayAskService(given.request.headers, subgraph) }),
      plugins: [...plugins, ...limits, persisted.plugin, ...(signature === null ? [] : [useRouterSignature(signature)])],
      persisted,
      admits: (body, { headers }) =>
        signature === null || isSigned(body.toString('utf8'), headers.get(signatureHeader), signature),
    });
  }

  const refuse = refuseWith((path, headers) => (serverAt(path) === graph.yoga ? cors.headersFor(headers) : {}));
  const otherwise = throughYoga(serverAt, { refuse, onBug });
  const direct = openDirectDoor(
    new Map([[graphEndpoint, graph], ...(router === undefined ? [] : [[subgraphEndpoint, router] as const])]),
    {
      ...{ callers, rateLimit, log: operationLog, deadlines, connections },
      sharing: config.sharing.operations ? sharing : null,
      cors: cors.isOn,
    },
    otherwise,
  );

  const { maxBodyBytes: maxBytes, directPath } = config.edge;
  const front = behindFront(directPath ? direct : otherwise, { maxBytes, close: connections.close, refuse });

  return {
    schema,
    fetch: fetchThroughYoga(serverAt),
    handle: connections.guard(takeWholeTargets(options.refusing?.(front, refuse) ?? front)),
    log,
    stopping: connections.stop,
    close: async () => {
      await writes.close();
      await refresher.close();
      await cache.close();
      await Promise.all(sources.map(({ source }) => source.close()));
    },
  };
}

const [graphEndpoint, subgraphEndpoint] = ['/graphql', '/subgraph'];
