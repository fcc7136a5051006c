import { createRandom, type Random } from '../random.ts';
import { startTwinServer, type TwinServer, type TwinServerOptions } from '../server.ts';
import { answer } from './answer.ts';
import { createDateWriter, type PanelLocale } from './dates.ts';
import { reloadFiles, removeInstance } from './files.ts';
import { createHashing } from './hashing.ts';
import { createKeys, type McsManagerKeys } from './keys.ts';
import type { Panel, PanelRun } from './panel.ts';
import { populate } from './population.ts';
import { createSessions } from './sessions.ts';
import { createWorld, type DaemonState, type PanelSettings, type PanelWorld } from './world.ts';

export interface McsManagerTwinOptions extends TwinServerOptions {
  readonly seed?: number;
  /** Users in all, the first admin and the cast among them. */
  readonly size?: number;
  /** Starts on this world instead of a seeded one; `size`, `secondDaemon`, `language` and `enableApiKey` then mean nothing. */
  readonly world?: PanelWorld;
  /** Part of every secret: keys, two-factor secrets, single-sign-on subjects, and the secrets in instance configurations. */
  readonly canary?: string;
  readonly now?: () => number;
  /** The zone and locale of the panel's process, in which it writes dates. Default: UTC, en_US. */
  readonly timeZone?: string;
  readonly locale?: PanelLocale;
  readonly language?: PanelSettings['language'];
  readonly enableApiKey?: PanelSettings['enableApiKey'];
  /** Milliseconds for which hashing a password blocks the whole panel. Default 65; 0 switches it off. */
  readonly hashMs?: number;
  /** Milliseconds the panel waits for a daemon that hangs, for each instance. Default 6000. */
  readonly hangMs?: number;
  readonly secondDaemon?: DaemonState;
  /** The eight requests a second of a session. Default: on. */
  readonly rateLimits?: boolean;
}

export interface McsManagerTwin extends TwinServer {
  readonly apiUrl: string;
  readonly keys: McsManagerKeys;
  readonly world: PanelWorld;
  /** As when an admin deletes an instance in the panel. */
  removeInstance(daemonId: string, instanceUuid: string): void;
  /** Stops and starts the panel behind the same address: what was never saved is gone, sessions are void, users stand by uuid. */
  restart(): void;
}

/** An MCSManager panel 10.18.2 and its daemons, on a free port. */
export async function mcsManagerTwin(options: McsManagerTwinOptions = {}): Promise<McsManagerTwin> {
  const { seed = 7, canary = '', now = Date.now } = options;
  if (!/^[A-Za-z0-9_-]*$/.test(canary)) throw new Error('A canary may hold only what an API key may: A-Z a-z 0-9 - _');
  const writeDate = createDateWriter(options.timeZone ?? 'UTC', options.locale ?? 'en_US');
  const world = options.world ?? seededWorld(options, seed, canary, writeDate);
  const random = createRandom(seed ^ 0x5eed);
  const panel: Panel = {
    world,
    now,
    writeDate,
    random,
    hashing: createHashing(options.hashMs ?? 65),
    rateLimits: options.rateLimits ?? true,
    hangMs: options.hangMs ?? 6000,
    canary,
    run: startRun(random, now()),
  };
  const server = await startTwinServer((request) => answer(panel, request), options);
  return {
    ...server,
    apiUrl: `${server.url}/api`,
    keys: createKeys(world),
    world,
    removeInstance: (daemonId, instanceUuid) => removeInstance(world, daemonId, instanceUuid),
    restart: () => {
      reloadFiles(world);
      panel.run = startRun(random, now());
    },
  };
}

function seededWorld(
  options: McsManagerTwinOptions,
  seed: number,
  canary: string,
  writeDate: (epochMs: number) => string,
): PanelWorld {
  const { size = 120, secondDaemon = 'connected', language = 'en_us', enableApiKey = true } = options;
  const world = createWorld({ language, enableApiKey });
  populate(world, { seed, size, canary, writeDate, secondDaemon });
  return world;
}

function startRun(random: Random, startedAt: number): PanelRun {
  return {
    sessions: createSessions(`mcsm_${random.hex(12)}`, random.hex(32)),
    startedAt,
    failedLogins: new Map(),
    counts: { logined: 0, illegalAccess: 0, loginFailed: 0 },
  };
}
