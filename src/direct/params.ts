import type { GraphQLParams } from 'graphql-yoga';

/** What is in a body, if nothing about it is odd; null where Yoga is to say what is wrong. */
export function readParams(text: string): GraphQLParams | null {
  let params: unknown;
  try {
    params = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(params)) return null;
  for (const name of Object.keys(params)) if (fits.get(name)?.(params[name]) !== true) return null;
  // Every key is one of these, and its value of the type that stands there.
  return params as GraphQLParams;
}

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

const isObjectOrNull = (value: unknown): boolean => value === null || isObject(value);

/** Null says what leaving them out does. */
export const isVariables = (value: unknown): value is GraphQLParams['variables'] => isObjectOrNull(value);

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

const fits: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['query', isTextOrNull],
  ['operationName', isTextOrNull],
  ['variables', isObjectOrNull],
  ['extensions', isObjectOrNull],
  ['documentId', isTextOrNull],
]);
