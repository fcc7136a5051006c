import { faultOfKeysAt } from '../access/jwks.ts';
import type { Config } from '../config.ts';
import { SourceError } from '../errors.ts';
import { type ConnectedSource, connectSource } from '../sources/connecting.ts';
import type { SourceStatus } from '../sources/contract.ts';
import type { CommandOptions } from './commands.ts';
import { readConfigurationOrTwins } from './configuration.ts';
import { formatTable } from './table.ts';

/** `rollcall check`: a line for each source. Exit code 1 when one does not answer or refuses its credential, or there are no keys for tokens. */
export async function check(options: CommandOptions): Promise<number> {
  const { config, community } = await readConfigurationOrTwins(options);
  const connected = config.sources.map((each) => connectSource(each));
  try {
    const [rows, keysFault] = await Promise.all([Promise.all(connected.map(checkOne)), checkKeys(config)]);
    const table = [['source', 'kind', 'answer', 'version', 'time', 'credential'], ...rows.map(({ cells }) => cells)];
    process.stdout.write(formatTable(table));
    if (keysFault !== null) process.stdout.write(`\naccess.jwt.jwks: ${keysFault}\n`);
    return keysFault === null && rows.every(({ good }) => good) ? 0 : 1;
  } finally {
    await Promise.all(connected.map(({ source }) => source.close()));
    await community?.close();
  }
}

async function checkKeys({ access: { jwt } }: Config): Promise<string | null> {
  return jwt?.jwks.at === 'address' ? faultOfKeysAt(jwt.jwks.url) : null;
}

async function checkOne({ source, service }: ConnectedSource): Promise<{ good: boolean; cells: string[] }> {
  const started = performance.now();
  const session = source.open({ credential: service, signal: undefined });
  const status = await session.status().catch(asSourceError);
  const time = `${Math.round(performance.now() - started)} ms`;
  if (status instanceof SourceError) return { good: false, cells: [source.id, source.title, status.code, '', time, ''] };
  const self = await session.self().catch(asSourceError);
  const good = !(self instanceof SourceError);
  return { good, cells: [source.id, source.title, status.message ?? 'OK', status.version ?? '', time, describe(status, self)] };
}

function describe(status: SourceStatus, self: unknown): string {
  if (self === null) return 'none: only what is shown to anybody';
  if (self instanceof SourceError) return `${self.code}: ${self.message}`;
  return status.credential ?? 'accepted';
}

function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  throw error;
}
