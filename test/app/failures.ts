import type { Answer } from './rollcall.ts';

/** What failed, by dotted path; errors come in the order in which sources answer, which means nothing. */
export function failuresOf({ errors = [] }: Answer<unknown>): Record<string, Readonly<Record<string, unknown>>> {
  return Object.fromEntries(errors.map(({ path = [], extensions }) => [path.join('.'), extensions]));
}

/** The same by code alone. */
export function codesOf(answer: Answer<unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(failuresOf(answer)).map(([path, { code }]) => [path, code]));
}
