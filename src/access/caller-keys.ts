import { hash } from 'node:crypto';
import type { RequestHeaders } from '../edge/request-headers.ts';
import type { Credential } from './credential.ts';

/** How the name of such a header begins; the source's id follows. */
export const headerPrefix = 'x-source-key-';

/** More than any source's key has; the longest are tokens. */
const longestKey = 4_096;

/** The header in which a caller brings a key of their own for a source. */
export const callerKeyHeader = (sourceId: string): string => `${headerPrefix}${sourceId}`;

/** The caller's own key for a source; null where they brought none. */
export function credentialFor(sourceId: string, headers: RequestHeaders): Credential | null {
  const key = headers.get(callerKeyHeader(sourceId));
  if (key === null || key === '') return null;
  return { class: 'caller', key, holder: hash('sha256', `${sourceId}\0${key}`, 'base64url') };
}

/** What is wrong with the keys that a caller brought, in a sentence without them; null when nothing is. */
export function faultInCallerKeys(headers: RequestHeaders, sources: ReadonlySet<string>): string | null {
  for (const name of headers.keys()) {
    if (!name.startsWith(headerPrefix)) continue;
    const value = headers.get(name) ?? '';
    const header = name.length > 60 ? `${name.slice(0, 60)}…` : name;
    if (!sources.has(name.slice(headerPrefix.length))) {
      return `The header ${header} names no source. There are: ${[...sources].join(', ')}.`;
    }
    if (value.length > longestKey) return `The header ${header} holds more than any key: ${longestKey} characters at most.`;
    if (!/^[\x20-\x7e]*$/.test(value)) return `The header ${header} holds characters that no key has.`;
  }
  return null;
}
