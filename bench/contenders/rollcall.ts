import { createKey } from '../../src/access/rollcall-keys.ts';
import { ConfigError, type ConfigInput, parseConfig } from '../../src/config.ts';
import { kinds } from '../../src/sources/registry.ts';
import type { Contender } from './contender.ts';
import type { Setup } from './setup.ts';

/** What of it is switched on. */
export interface Mode {
  readonly name: string;
  readonly label: string;
  readonly settings: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

export const modes: readonly Mode[] = [
  {
    name: 'rollcall',
    label: 'Rollcall',
    settings: { cache: { enabled: false }, sharing: { operations: false, requests: false } },
  },
  {
    name: 'rollcall-sharing',
    label: 'Rollcall, sharing',
    settings: { cache: { enabled: false }, sharing: { operations: true, requests: true } },
  },
  {
    name: 'rollcall-cache',
    label: 'Rollcall, cache',
    settings: { cache: { enabled: true }, sharing: { operations: true, requests: true } },
  },
];

/** Rollcall as people run it, with every check on: its caller has a key, and the limits are there, though out of reach. */
export function rollcallContenders(setup: Setup, program: string): readonly Contender[] {
  const { key, hash } = createKey();
  return modes.map((mode) => {
    const known = knownSettings(mode);
    return {
      name: mode.name,
      label: mode.label,
      command: ({ write }, port) => [
        program,
        'serve',
        '--config',
        write(`${mode.name}.yaml`, configOf(setup, hash, port, known ?? {})),
      ],
      path: () => '/graphql',
      headers: { authorization: `Bearer ${key}` },
      ...(known === null ? { unavailable: 'not available in this version' } : {}),
    };
  });
}

/** What this version understands of a mode. Null when it would not do what the mode is about; off is what it is without a switch. */
function knownSettings({ settings }: Mode): Mode['settings'] | null {
  const sections = Object.entries(settings);
  const isKnown = ([name, section]: (typeof sections)[number]): boolean => accepts({ [name]: section });
  const needed = sections.filter(([, section]) => Object.values(section).some(Boolean));
  return needed.every(isKnown) ? Object.fromEntries(sections.filter(isKnown)) : null;
}

function accepts(input: object): boolean {
  try {
    parseConfig(input, kinds);
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

function configOf(
  { horde, webui, links, connections }: Setup,
  hash: string,
  port: number,
  settings: Mode['settings'],
): ConfigInput {
  const http = { concurrency: connections };
  // Counted, but by a limit that nobody reaches.
  const quota = { enabled: false, perMinute: 1_000_000 };
  return {
    server: { host: '127.0.0.1', port },
    graphiql: false,
    access: { keys: [{ name: 'bench', hash, scopes: ['read', 'read:private', 'read:privileged'] }] },
    edge: { rateLimit: { points: 1_000_000_000, burst: 0 } },
    sources: [
      { id: 'horde', kind: 'AI_HORDE', url: horde.url, apiKey: horde.key, http, quota },
      { id: 'webui', kind: 'OPEN_WEBUI', url: webui.url, apiKey: webui.key, http, quota },
    ],
    links: links.map(([one, other]) => [`horde:${one}`, `webui:${other}`]),
    ...settings,
  };
}
