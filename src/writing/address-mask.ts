import type { Json } from '../domain/facets.ts';

const mask = '[masked]';

/**
 * The same without what may be a secret in the addresses in it: names and passwords before the host, and queries and fragments whole,
 * since any word may be what a signature is called there. What looks like an address and is none goes altogether.
 */
export function maskAddresses(value: Json): Json {
  // Each begins with fixed characters and ends before the next, but for those within a query: long texts take linear time.
  if (typeof value === 'string') return value.replace(/:\/\/((?:(?!:\/\/)[^\s?#])*)([?#]\S*)?/g, maskAddress);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(maskAddresses);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskAddresses(inner)]));
}

// `Array.isArray` does not narrow a readonly list by itself.
const isList = (value: object): value is readonly Json[] => Array.isArray(value);

/** Of what scheme it is makes no difference here. */
function maskAddress(rest: string, place: string, query: string | undefined): string {
  const address = URL.parse(`https${rest}`);
  if (address === null) return `://${mask}`;
  const isPlain = address.username === '' && address.password === '';
  const shown = isPlain ? place : `${mask}@${address.host}${address.pathname}`;
  return `://${shown}${query === undefined ? '' : `?${mask}`}`;
}
