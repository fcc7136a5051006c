import type { FaultRule } from '../faults.ts';
import { startTwinServer, type TwinReply, type TwinRequest, type TwinServer } from '../server.ts';
import { refuseKeyAtTheDoor } from './access.ts';
import { compress } from './compression.ts';
import { createKeys, type OpenWebUIKeys } from './keys.ts';
import type { Release } from './releases.ts';
import { refuse } from './replies.ts';
import { createRouter } from './router.ts';
import { routes } from './routes.ts';
import { createSeededWorld } from './seeded-world.ts';
import { createState, type TwinState } from './state.ts';
import type { OpenWebUIWorld } from './world.ts';

export interface OpenWebUITwinOptions {
  /** Which release to be. Default `0.11.0`. */
  readonly release?: Release;
  /** Same seed, same data. Default 1. */
  readonly seed?: number;
  /** Users in all. Default 120. */
  readonly size?: number;
  /** A text that every secret value shall contain, so that a test can look for it where it must not be. */
  readonly canary?: string;
  /** A world to start on, in place of a seeded one; it brings its own release. */
  readonly world?: OpenWebUIWorld;
  /** Whether sign-ins are limited. Default true. */
  readonly limits?: boolean;
  /** The server's clock, in milliseconds. Default that of the machine. */
  readonly now?: () => number;
  /** Without it, unknown paths are redirected or not found rather than answered with a page. Default true. */
  readonly frontend?: boolean;
  /** How rows come that nothing orders: differently each time, as a busy database may give them, or as inserted. Default shuffled. */
  readonly order?: 'shuffled' | 'insertion';
  /** Whether channels are switched on in a seeded world. Default true. */
  readonly channels?: boolean;
  /** Seconds that must pass before a user's last activity is noted again. Default 0. */
  readonly presenceInterval?: number;
  readonly port?: number;
  readonly faults?: readonly FaultRule[];
}

export interface OpenWebUITwin extends TwinServer {
  /** Where the API is: the server's own address, since paths carry `/api/v1` themselves. */
  readonly apiUrl: string;
  readonly keys: OpenWebUIKeys;
  readonly world: OpenWebUIWorld;
}

/** Starts a stand-in for an Open WebUI server on loopback. */
export async function openWebUITwin(options: OpenWebUITwinOptions = {}): Promise<OpenWebUITwin> {
  const { seed = 1, now = Date.now } = options;
  const world = options.world ?? inventWorld(options, seed, now);
  const state = createState(world, {
    seed,
    now,
    limits: options.limits ?? true,
    order: options.order ?? 'shuffled',
    presenceInterval: options.presenceInterval ?? 0,
  });
  const keys = createKeys(state);
  const { port, faults } = options;
  const server = await startTwinServer(createAnswer(state, options.frontend ?? true), {
    ...(port === undefined ? {} : { port }),
    ...(faults === undefined ? {} : { faults }),
  });
  return { ...server, apiUrl: server.url, keys, world };
}

function inventWorld(options: OpenWebUITwinOptions, seed: number, now: () => number): OpenWebUIWorld {
  const { release = '0.11.0', size = 120, canary = '', channels = true } = options;
  const world = createSeededWorld({ release, seed, size, canary, startedAt: Math.floor(now() / 1000) });
  world.config.ENABLE_CHANNELS = channels;
  return world;
}

function createAnswer(state: TwinState, hasFrontend: boolean): (request: TwinRequest) => Promise<TwinReply> {
  const route = createRouter(routes, state, hasFrontend);
  const attempt = (request: TwinRequest): TwinReply => {
    try {
      refuseKeyAtTheDoor(state, request);
      return route(request);
    } catch (error) {
      return refuse(error);
    }
  };
  return async (request) => {
    const started = performance.now();
    const reply = await compress(attempt(request), request);
    const seconds = (performance.now() - started) / 1000;
    const time = state.world.can.fineProcessTime ? `${seconds}` : `${Math.floor(seconds)}`;
    const date = new Date(state.seconds() * 1000).toUTCString();
    return { ...reply, headers: { ...reply.headers, date, 'x-process-time': time } };
  };
}
