import type { Stats } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { z } from 'zod';

/** One message that names every fault, the key it stands at and the cure. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** A sentence each, beginning with the key. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** What zod is to say of a value where a setting has no sentence of its own: never the value. */
export const wording: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type') return wanting(issue.input, wanted[issue.expected] ?? 'something else');
  if (issue.code === 'too_small')
    return `must ${sized(issue, issue.minimum, 'at least') ?? ranged(issue, issue.minimum, 'more')}`;
  if (issue.code === 'too_big') return `must ${sized(issue, issue.maximum, 'at most') ?? ranged(issue, issue.maximum, 'less')}`;
  if (issue.code === 'invalid_value') return wanting(issue.input, oneOf(issue.values));
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'must be an address, such as https://rollcall.example';
  return undefined;
};

/** For a text without which nothing goes. */
export const ifMissing =
  (what: string): z.core.$ZodErrorMap =>
  ({ input }) =>
    input == null ? wanting(input, what) : undefined;

const wanted: Partial<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with their values',
};

/** A key with nothing behind it is null in YAML. */
function wanting(input: unknown, what: string): string {
  if (input === undefined) return `is missing; write ${what}`;
  return input === null ? `is empty; write ${what}` : `must be ${what}`;
}

const oneOf = (values: readonly unknown[]): string => (values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`);

interface Bounded {
  readonly origin: string;
  readonly inclusive?: boolean;
}

function sized({ origin }: Bounded, bound: number | bigint, bounding: string): string | null {
  if (origin === 'string') return bound === 1 ? 'not be empty' : `have ${bound} characters ${bounding}`;
  return origin === 'array' ? `have ${bound} ${bound === 1 ? 'entry' : 'entries'} ${bounding}` : null;
}

const ranged = ({ inclusive = true }: Bounded, bound: number | bigint, beyond: string): string =>
  inclusive ? `be ${bound} or ${beyond}` : `be ${beyond} than ${bound}`;

/** Zod's sentence without the value it complains about: a misplaced key must not end up in a log. */
export function explain(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): string {
  const path = [...base, ...issue.path].map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `${path === '' ? '' : `${path}: `}unknown ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}; docs/configuration.md has what there is`;
  return `${path === '' ? 'the configuration' : path}: ${issue.message}`;
}

/** For whoever finds no file there: paths are taken from the current folder, and the configuration may lie in another. */
export const whereLooked = (path: string): string =>
  isAbsolute(path) ? '' : `. The path is taken from ${process.cwd()}: if the file is elsewhere, go there or write the whole path`;

/** What a setting names cannot be used. The sentence goes on where the name ends: a path, or “what the address answers”. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}

/** Throws where what stands at a path is nothing to be read from its beginning to its end. A pipe would be waited for, and a device read for ever. */
export function expectFile(stats: Stats): void {
  if (stats.isFile()) return;
  throw new Unusable(`is ${stats.isDirectory() ? 'a folder' : 'no file, but a pipe, a socket or a device'}; name a file`);
}
