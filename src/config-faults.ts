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

/** Zod's sentence without the value it complains about: a misplaced key must not end up in a log. */
export function explain(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): string {
  const path = [...base, ...issue.path].map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `${path === '' ? '' : `${path}: `}unknown ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}; docs/configuration.md has what there is`;
  return `${path === '' ? 'the configuration' : path}: ${issue.message}`;
}
