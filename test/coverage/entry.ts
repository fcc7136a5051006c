/** What became of one field of a model in an upstream's SDK. */
export interface Entry {
  /** Where the graph shows it: `Type.field.field`, `Type.field(argument:)` or `Enum.VALUE`. */
  readonly paths: readonly string[];
  /** Why its value is withheld. Being a secret is the only reason there is; paths then show what may be told of it. */
  readonly secret?: string;
  /** Why there is nothing to show or to set: the upstream's form has the field, and its server does nothing with it. */
  readonly idle?: string;
  readonly note?: string;
}

/** One page of an SDK's documentation. */
export interface SdkPage {
  readonly title: string;
  /** What the page is about and what was added to it. Markdown. */
  readonly about: string;
  /** By model, by field, both as the SDK spells them. */
  readonly models: Readonly<Record<string, Fields>>;
}

export type Fields = Readonly<Record<string, Entry>>;

export const at = (...paths: readonly string[]): Entry => ({ paths });

export const noted = (note: string, ...paths: readonly string[]): Entry => ({ paths, note });

export const secret = (why: string, ...paths: readonly string[]): Entry => ({ paths, secret: why });

export const idle = (why: string, ...paths: readonly string[]): Entry => ({ paths, idle: why });

/** Fields that stand below one or several types: the SDK's name → the graph's. */
export function under(prefixes: readonly string[], names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(
    Object.entries(names).map(([field, name]) => [field, at(...prefixes.map((prefix) => `${prefix}.${name}`))]),
  );
}

/** The same where the graph's name is the SDK's in camelCase. */
export function alike(prefixes: readonly string[], ...fields: readonly string[]): Fields {
  return under(prefixes, Object.fromEntries(fields.map((field) => [field, toCamelCase(field)])));
}

const toCamelCase = (name: string): string => name.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());

export type Outcome = 'reachable' | 'secret' | 'idle' | 'missing';

export function outcomeOf({ paths, secret: why, idle: reason }: Entry): Outcome {
  if (reason !== undefined) return 'idle';
  if (why !== undefined) return 'secret';
  return paths.length > 0 ? 'reachable' : 'missing';
}
