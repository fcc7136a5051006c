import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { anonymous, everyScope } from '../access/caller.ts';
import type { Config } from '../config.ts';
import type { Wanted } from '../costing/bill.ts';
import { tooCostly, tooWide } from '../costing/limits.ts';
import { costOf } from '../costing/operation-cost.ts';
import { TooManyFields } from '../costing/weighing.ts';
import { describe } from '../graph/client-errors.ts';
import type { Context } from '../graph/context.ts';
import { buildSchema } from '../graph/schema.ts';
import { createLogger } from '../log.ts';
import { deliveryRules, tooManyParts } from '../plugins/use-incremental-delivery.ts';
import { createRedaction } from '../redaction.ts';
import { openContext } from '../session.ts';
import { connectSource } from '../sources/connecting.ts';
import { createWriteRunner } from '../writing/running.ts';
import { AuditSettings, WriteSettings } from '../writing/settings.ts';
import { readConfigurationOrTwins } from './configuration.ts';
import { describeCost } from './explained.ts';
import { describePlans, readMeasured, refuseUnknown, type Said } from './planned.ts';
import { UsageError } from './usage-error.ts';

const usage = `rollcall explain FILE: what an operation may ask of the sources at worst, for a caller who may see everything

  FILE              a GraphQL document; - reads it from standard input

Options
  --variables V     the variables: JSON, or the path of a file that holds it
  --operation NAME  which operation of the document
  --measured M      what to reckon with instead of what is declared, for each source: JSON, or the path of a file that holds it
  --config FILE     the configuration (default: rollcall.yaml in this folder, if there is one)

Nothing is asked of any source. Exit code 0: it would be answered; 1: it would be refused, or a field of it
would be before anything is asked for that; 2: not understood.
`;

/** `rollcall explain …`, with the arguments that follow. */
export async function explain(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      variables: { type: 'string' },
      operation: { type: 'string' },
      measured: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError(`Name one file, or - for standard input.\n\n${usage}`);
  const schema = buildSchema();
  const document = readDocument(file === '-' ? await text(process.stdin) : await readOrSay(file), schema);
  const variables = await readObject('variables', values.variables);
  const measured = readMeasured(await readObject('measured', values.measured));
  const config = values.config ?? environment.ROLLCALL_CONFIG;
  const { config: read, community } = await readConfigurationOrTwins({ config, environment, ...sizes });
  try {
    refuseUnknown(measured, read.sources);
    return explainOne(read, { schema, document, operationName: values.operation, variables, measured });
  } finally {
    await community?.close();
  }
}

const sizes = { size: undefined, seed: undefined, port: undefined };

interface Explained {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly measured: Said;
}

function explainOne(config: Config, explained: Explained): number {
  const parts = tooManyParts(explained.document);
  if (parts !== null) return refused(parts);
  try {
    const wants: Wanted[] = [];
    const refusals: string[] = [];
    const cost = costOf({
      ...{ ...explained, context: openForNobody(config) },
      wanted: (each) => wants.push(each),
      refused: (path, reason) => refusals.push(`${path}: ${describe(reason).message}`),
    });
    if (cost === null) {
      const several = explained.document.definitions.length > 1 ? ', or --operation does not say which is meant' : '';
      throw new UsageError(`The variables do not fit the operation${several}.`);
    }
    const refusal = tooCostly(cost, config.edge);
    process.stdout.write(describeCost(cost, config.edge, { whole: refusal?.message, fields: refusals }));
    process.stdout.write(describePlans(wants, config.sources, explained.measured));
    return refusal === null && refusals.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TooManyFields)) throw error;
    return refused(tooWide());
  }
}

function refused({ message }: GraphQLError): number {
  process.stdout.write(`Refused: ${message}\n`);
  return 1;
}

/** Sessions are opened and never used: nothing is read, and nothing written. */
function openForNobody(config: Config): Context {
  const request = { headers: new Headers(), signal: new AbortController().signal };
  // Neither journal nor audit: those are the server's.
  const [writes, audit] = [WriteSettings.parse({}), AuditSettings.parse({})];
  const writer = createWriteRunner({ log: createLogger('silent', createRedaction([])), writes, audit });
  return openContext(
    config.sources.map((each) => connectSource(each)),
    config.identities,
    anonymous(everyScope),
    request,
    writer,
  );
}

function readDocument(source: string, schema: GraphQLSchema): DocumentNode {
  try {
    const document = parse(source);
    const [first] = validate(schema, document, [...specifiedRules, ...deliveryRules()]);
    if (first !== undefined) throw first;
    return document;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const place = error.locations?.[0];
    throw new UsageError(`${place === undefined ? '' : `Line ${place.line}: `}${error.message}`);
  }
}

async function readObject(option: string, said: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (said === undefined) return {};
  const json = said.trimStart().startsWith('{') ? said : await readOrSay(said);
  try {
    const value: unknown = JSON.parse(json);
    // What is left are objects, and JSON gives them no keys but texts.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UsageError(`--${option} takes a JSON object, or the path of a file that holds one.`);
}

async function readOrSay(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
