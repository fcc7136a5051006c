import { parseArgs } from 'node:util';
import { ConfigError } from '../config-faults.ts';
import { tellArgumentFault } from './argument-faults.ts';
import { UsageError } from './usage-error.ts';

const usage = `rollcall: one GraphQL graph over the user APIs of AI Horde, MCSManager and Open WebUI

  rollcall serve    serve the graph; without any configuration, over built-in twins of the sources
  rollcall check    ask each configured source who it is and what the credential may do
  rollcall explain  tell what an operation may ask of the sources at worst; rollcall explain --help tells how
  rollcall schema   print the schema in SDL; with --subgraph, the form for Apollo Federation
  rollcall keys     make, list and revoke the keys of callers; rollcall keys --help tells how
  rollcall twins    run the twins alone and print a configuration that reaches them

Options
  --config FILE     the configuration (default: rollcall.yaml in this folder, if there is one)
  --size N          twins: how many users each has (default: 200)
  --seed N          twins: another seed gives other people (default: 1)
  --subgraph        schema: the form for Apollo Federation
  --scopes          schema --subgraph: with @requiresScopes, for routers that know it
  --port N          twins: the first of three ports (default: free ones)
  --help            this text

Environment: PORT, HOST, LOG_LEVEL, ROLLCALL_CONFIG, ROLLCALL_KEYS_FILE, ROLLCALL_ALLOW_ANONYMOUS, and for one source of each kind
HORDE_URL HORDE_API_KEY · MCSMANAGER_URL MCSMANAGER_API_KEY MCSMANAGER_TIME_ZONE … · OPENWEBUI_URL OPENWEBUI_API_KEY
`;

export interface CommandOptions {
  readonly config: string | undefined;
  readonly size: number | undefined;
  readonly seed: number | undefined;
  readonly port: number | undefined;
  /** The schema in the form for a larger graph. */
  readonly subgraph?: boolean;
  /** The same with the scopes that fields need. */
  readonly scopes?: boolean;
  readonly environment: NodeJS.ProcessEnv;
}

type Command = (options: CommandOptions) => Promise<number>;

/** Each is loaded when it is wanted: the graph alone takes longer to load than most of them to run. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  check: async () => (await import('./check.ts')).check,
  schema: async () => (await import('./print-schema.ts')).printSchema,
  twins: async () => (await import('./twins.ts')).twins,
};

/** Runs one command line and gives the exit code: 0 done, 1 failed, 2 not understood. */
export async function runCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  try {
    if (args[0] === 'keys') return await (await import('./keys.ts')).keys(args.slice(1), environment);
    if (args[0] === 'explain') return await (await import('./explain.ts')).explain(args.slice(1), environment);
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        size: { type: 'string' },
        seed: { type: 'string' },
        port: { type: 'string' },
        subgraph: { type: 'boolean', default: false },
        scopes: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return say(usage, 0);
    const [name = 'serve', ...others] = positionals;
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load === undefined || others.length > 0)
      return complain(`There is no command ${JSON.stringify([name, ...others].join(' '))}.\n\n${usage}`);
    if (values.subgraph && name !== 'schema') throw new UsageError('--subgraph is for rollcall schema.');
    if (values.scopes && !values.subgraph) throw new UsageError('--scopes is for rollcall schema --subgraph.');
    if (values.port !== undefined && name !== 'twins')
      throw new UsageError('--port is for rollcall twins. Where rollcall serve listens is set by PORT and HOST.');
    const command = await load();
    return await command({
      config: values.config ?? environment.ROLLCALL_CONFIG,
      size: toCount('size', values.size),
      seed: toCount('seed', values.seed),
      port: toCount('port', values.port),
      subgraph: values.subgraph,
      scopes: values.scopes,
      environment,
    });
  } catch (error) {
    if (error instanceof ConfigError || error instanceof UsageError) return complain(`${error.message}\n`);
    const fault = tellArgumentFault(error, args[0]);
    if (fault === null) throw error;
    return complain(`${fault}\n`);
  }
}

function toCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} takes a whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function say(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}

function complain(text: string): number {
  process.stderr.write(text);
  return 2;
}
