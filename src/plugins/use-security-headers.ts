import type { Plugin } from 'graphql-yoga';

/** GraphiQL's page carries all its code inline and starts its workers from blobs; it may talk to this server and nobody else. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What browsers should know about every answer. */
export function useSecurityHeaders(): Plugin {
  return {
    onResponse: ({ response }) => {
      const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
      response.headers.set('content-security-policy', isPage ? pagePolicy : "default-src 'none'; frame-ancestors 'none'");
      response.headers.set('x-content-type-options', 'nosniff');
      response.headers.set('x-frame-options', 'DENY');
      response.headers.set('referrer-policy', 'no-referrer');
      response.headers.set('cross-origin-resource-policy', 'same-origin');
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    },
  };
}
