import { z } from 'zod';

/** Where a source is: http or https, a host, perhaps a path. What else an address can hold is refused, since none of it would be sent. */
export const SourceAddress = z
  .url({
    protocol: /^https?$/,
    error: ({ input }) =>
      `${input === undefined ? 'is missing; write' : input === null ? 'is empty; write' : 'must be'} where the source is: an http or https address, such as https://source.example`,
  })
  .refine((text) => !holds(text, 'username', 'password'), 'must hold no user name or password; a key goes into apiKey')
  .refine((text) => !holds(text, 'search', 'hash'), 'must end with its path, without ? or #');

function holds(text: string, ...parts: readonly ('username' | 'password' | 'search' | 'hash')[]): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && parts.some((part) => url[part] !== '');
}
