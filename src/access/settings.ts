import { z } from 'zod';
import { isLoopback } from '../edge/loopback.ts';
import { everyScope } from './caller.ts';
import { type JwtSettings, JwtShape } from './jwt-settings.ts';
import { faultsAmong, KeyEntry, type RollcallKey } from './rollcall-keys.ts';
import { type ScopeGrant, ScopeText } from './scopes.ts';

/** Who may ask, and as whom. */
export interface AccessSettings {
  /** The scopes of callers without key or token. */
  readonly anonymous: readonly ScopeGrant[];
  /** Whether it is meant that a server beyond loopback knows no caller. */
  readonly allowAnonymous: boolean;
  readonly keys: readonly RollcallKey[];
  readonly keysFile: string | null;
  readonly jwt: JwtSettings | null;
}

export const AccessShape = z.strictObject({
  anonymous: z.array(ScopeText).optional(),
  allowAnonymous: z.boolean().default(false),
  keys: z.array(KeyEntry).optional(),
  /** Path of a YAML file with more keys. It is read again when it changes. */
  keysFile: z.string().min(1).optional(),
  jwt: JwtShape.optional(),
});

type Said = z.output<typeof AccessShape>;

/** On a developer's own machine anybody may do anything, until something is said about who may do what. */
export function resolveAccess(said: Said | undefined, host: string): AccessSettings {
  const { anonymous, allowAnonymous = false, keys, keysFile, jwt } = said ?? {};
  const isOpen = isLoopback(host) && keys === undefined && keysFile === undefined && jwt === undefined;
  return {
    anonymous: anonymous ?? (isOpen ? everyScope : []),
    allowAnonymous,
    keys: keys ?? [],
    keysFile: keysFile ?? null,
    jwt: jwt ?? null,
  };
}

/** What is wrong with the section beyond its single values. */
export function checkAccess({ anonymous, keys, jwt }: AccessSettings, sources: ReadonlySet<string>): string[] {
  return [
    ...faultsAmong(keys).map((fault) => `access.keys: ${fault}`),
    ...unknownSources(anonymous, sources).map((fault) => `access.anonymous: ${fault}`),
    ...keys.flatMap(({ name, scopes }) => unknownSources(scopes, sources).map((fault) => `access.keys: ${name}: ${fault}`)),
    ...(jwt?.accounts ?? []).flatMap(({ source }, index) =>
      source === undefined || sources.has(source) ? [] : [`access.jwt.accounts.${index}.source: ${noSource(source)}`],
    ),
  ];
}

/** A scope on a source that is not there grants nothing, which nobody writes on purpose. */
export function unknownSources(grants: readonly ScopeGrant[], sources: ReadonlySet<string>): string[] {
  const named = new Set(grants.flatMap(({ source }) => (source === null || sources.has(source) ? [] : [source])));
  return [...named].map(noSource);
}

const noSource = (id: string): string => `no source is called ${JSON.stringify(id)}`;
