import { cast } from '../domain/cast.ts';
import { type HordeTwin, type HordeTwinOptions, hordeTwin } from './horde/index.ts';
import { type McsManagerTwin, type McsManagerTwinOptions, mcsManagerTwin } from './mcsmanager/index.ts';
import { type OpenWebUITwin, type OpenWebUITwinOptions, openWebUITwin } from './openwebui/index.ts';

/** The three twins side by side, with one cast among their users. */
export interface Community extends AsyncDisposable {
  readonly horde: HordeTwin;
  readonly mcsManager: McsManagerTwin;
  readonly openWebUI: OpenWebUITwin;
  close(): Promise<void>;
}

export interface CommunityOptions {
  readonly seed?: number;
  /** How many users each of them has. */
  readonly size?: number;
  /** First of three ports in a row; any free ones when absent. */
  readonly port?: number;
  /** What one of them is told beyond that. */
  readonly horde?: Omit<HordeTwinOptions, Common>;
  readonly mcsManager?: Omit<McsManagerTwinOptions, Common>;
  readonly openWebUI?: Omit<OpenWebUITwinOptions, Common>;
}

type Common = 'seed' | 'size' | 'port';

export async function startCommunity(options: CommunityOptions = {}): Promise<Community> {
  const { seed = 1, size = 200, port } = options;
  const at = (offset: number): { port?: number } => (port === undefined ? {} : { port: port + offset });
  const starting = [
    hordeTwin({ ...options.horde, seed, size, ...at(0) }),
    mcsManagerTwin({ ...options.mcsManager, seed, size, ...at(1) }),
    openWebUITwin({ ...options.openWebUI, seed, size, ...at(2) }),
  ] as const;
  const close = async (): Promise<void> => {
    const started = await Promise.allSettled(starting);
    await Promise.all(started.map((twin) => (twin.status === 'fulfilled' ? twin.value.close() : undefined)));
  };
  // One that has no port to listen on must not leave the others running.
  const [horde, mcsManager, openWebUI] = await Promise.all(starting).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { horde, mcsManager, openWebUI, close, [Symbol.asyncDispose]: close };
}

/** What a configuration file would say to reach the community: its sources, and who is who among the cast. */
export function communityConfig({ horde, mcsManager, openWebUI }: Community): {
  sources: ({ id: string } & Record<string, string>)[];
  links: string[][];
} {
  return {
    sources: [
      { id: 'horde', kind: 'AI_HORDE', url: horde.apiUrl, apiKey: horde.keys.moderator, clientAgent: 'rollcall:0.1.0:twins' },
      { id: 'mcsmanager', kind: 'MCS_MANAGER', url: mcsManager.apiUrl, apiKey: mcsManager.keys.admin },
      { id: 'webui', kind: 'OPEN_WEBUI', url: openWebUI.apiUrl, apiKey: openWebUI.keys.admin },
    ],
    links: cast
      .map((member) => [
        ...(member.horde === undefined ? [] : [`horde:${member.horde}`]),
        ...(member.mcsManager === undefined ? [] : [`mcsmanager:${member.mcsManager}`]),
        ...(member.openWebUI === undefined ? [] : [`webui:${member.openWebUI}`]),
      ])
      .filter((accounts) => accounts.length > 1),
  };
}
