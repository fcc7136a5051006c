import { stringify } from 'yaml';
import { type Community, communityConfig, startCommunity } from '../twins/community.ts';
import type { CommandOptions } from './commands.ts';
import { withoutAbsent } from './configuration.ts';
import { isListenError } from './listen-error.ts';
import { stopSignal } from './signals.ts';
import { UsageError } from './usage-error.ts';

/** The first of three ports in a row. */
const highestPort = 65_533;

/** `rollcall twins`: runs the three twins until told to stop, and prints the configuration that reaches them. */
export async function twins(options: CommandOptions): Promise<number> {
  const { port = 0 } = options;
  if (port > highestPort) throw new UsageError(`--port is at most ${highestPort}, as three ports in a row are taken.`);
  try {
    return await runUntilStopped(options);
  } catch (error) {
    if (!isListenError(error)) throw error;
    process.stderr.write(`Ports ${port} to ${port + 2} cannot be listened on (${error.code}). Choose others with --port.\n`);
    return 1;
  }
}

async function runUntilStopped({ seed, size, port }: CommandOptions): Promise<number> {
  const stopped = stopSignal();
  await using community = await startCommunity(withoutAbsent({ seed, size, port }));
  process.stdout.write(describe(community));
  await stopped;
  return 0;
}

const describe = (community: Community): string =>
  `# Twins are running. This is a rollcall.yaml that reaches them; Ctrl+C stops them.\n${stringify(communityConfig(community))}`;
