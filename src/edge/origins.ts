import { z } from 'zod';

/** An origin as browsers send it in `Origin`, with which it is compared as a text. */
export const PageOrigin = z
  .url({
    error: ({ input }) =>
      input === 'null' ? 'must not be null, which is the origin of every sandboxed page, whoever made it' : undefined,
    abort: true,
  })
  .refine(
    isSerialised,
    'must be an origin as browsers send it, such as https://members.example or http://127.0.0.1:5173: without a slash or path behind, in lower case, and without the usual port; `location.origin` says it in the page’s console',
  );

/** Schemes with hosts whose pages are of no origin, or that no page has. */
const withoutPages: ReadonlySet<string> = new Set(['file:', 'ftp:', 'ws:', 'wss:']);

function isSerialised(text: string): boolean {
  const { origin, protocol, host } = new URL(text);
  // A star stands for nothing here, and in no page's origin.
  if (withoutPages.has(protocol) || host.includes('*')) return false;
  // Of schemes such as an extension's the URL standard knows no origin, but browsers send one.
  return text === (origin === 'null' && host !== '' ? `${protocol}//${host}` : origin);
}
