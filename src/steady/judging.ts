import type { SourceErrorCode } from '../errors.ts';

/** What an answer says about the source, as against what it says about what was asked. */
export type Health =
  /** It did its work, even where it said no. */
  | 'well'
  /** The failure is its own. */
  | 'ill'
  /** It was asked too often. */
  | 'busy';

/** `code` is what the kind makes of the answer. A refusal of a key or an address that is not there is no illness. */
export function healthOf(status: number, code: SourceErrorCode | null): Health {
  if (status === 429 || code === 'SOURCE_RATE_LIMITED') return 'busy';
  if (status >= 400 && status < 500) return 'well';
  return code === 'SOURCE_FAILED' || code === 'SOURCE_MALFORMED' ? 'ill' : 'well';
}

/** What a proxy says for the moment: asking again soon can help. A 500 would most likely be the same again. */
export const passesSoon = (status: number): boolean => status === 502 || status === 503 || status === 504;
