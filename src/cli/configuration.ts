import { readFile } from 'node:fs/promises';
import { type Config, ConfigError, loadConfig, parseConfig } from '../config.ts';
import { kinds } from '../sources/registry.ts';
import { type Community, communityConfig, startCommunity } from '../twins/community.ts';
import type { CommandOptions } from './commands.ts';

const defaultFile = 'rollcall.yaml';

/** The configuration of file and environment. */
export async function readConfiguration({
  config,
  environment,
}: Pick<CommandOptions, 'config' | 'environment'>): Promise<Config> {
  return loadConfig(await readText(config), environment, kinds);
}

/** The same; where it names no source, twins are started and stand in. */
export async function readConfigurationOrTwins(
  options: CommandOptions,
): Promise<{ config: Config; community: Community | undefined }> {
  const config = await readConfiguration(options);
  if (config.sources.length > 0) return { config, community: undefined };
  const community = await startCommunity(withoutAbsent({ seed: options.seed, size: options.size }));
  const { sources, identities } = parseConfig(communityConfig(community), kinds);
  return { config: { ...config, sources, identities }, community };
}

/** Undefined when no file was named and the usual one is not there. */
async function readText(file: string | undefined): Promise<string | undefined> {
  try {
    return await readFile(file ?? defaultFile, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing && file === undefined) return undefined;
    throw new ConfigError([`${file ?? defaultFile} ${missing ? 'does not exist' : 'cannot be read'}`]);
  }
}

/** Leaves out what was not said, so that defaults hold. */
export function withoutAbsent<Values extends object>(
  values: Values,
): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  // Only entries whose value is there remain.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: Exclude<Values[Key], undefined>;
  };
}
