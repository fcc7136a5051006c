import { formatAccountId, type Link, parseAccountId } from './domain/user.ts';
import type { ConfiguredSource } from './sources/contract.ts';

/** The links with each id in the one spelling under which it is asked for. `ids` are those of faulty entries too. */
export function checkLinks(
  links: readonly (readonly string[])[],
  sources: readonly ConfiguredSource[],
  ids: ReadonlySet<string>,
  faults: string[],
): Link[] {
  const seen = new Set<string>();
  return links.flatMap((link, index) => {
    const [first, ...others] = link.flatMap((text) => {
      const id = canonical(text, sources, ids);
      if ('fault' in id) {
        faults.push(`links.${index}: ${id.fault}`);
        return [];
      }
      if (seen.has(id.spelling)) {
        faults.push(`links.${index}: ${JSON.stringify(text)} stands in two places; an account belongs to one person`);
      }
      seen.add(id.spelling);
      return [id.spelling];
    });
    return first === undefined ? [] : [[first, ...others] as const];
  });
}

function canonical(
  text: string,
  sources: readonly ConfiguredSource[],
  ids: ReadonlySet<string>,
): { readonly spelling: string } | { readonly fault: string } {
  const parsed = parseAccountId(text);
  if (parsed === null) return { fault: `${JSON.stringify(text)} is not an account id; write <source id>:<native id>` };
  if (!ids.has(parsed.source)) return { fault: `no source is called ${JSON.stringify(parsed.source)}` };
  const source = sources.find(({ id }) => id === parsed.source);
  // The source's own entry has faults, which are told elsewhere.
  if (source === undefined) return { spelling: text };
  const nativeId = source.kind.canonicalId(parsed.nativeId);
  return nativeId === null
    ? { fault: `${JSON.stringify(parsed.nativeId)} cannot be the id of an account on ${parsed.source}` }
    : { spelling: formatAccountId({ source: parsed.source, nativeId }) };
}
