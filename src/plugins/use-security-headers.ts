import type { Plugin } from 'graphql-yoga';
import { securityHeaders } from '../edge/security-headers.ts';

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

export function useSecurityHeaders(): Plugin {
  return {
    onResponse: ({ response: { headers } }) => {
      const isPage = headers.get('content-type')?.startsWith('text/html') === true;
      const { 'cache-control': caching, ...others } = securityHeaders;
      for (const [name, value] of Object.entries(others)) headers.set(name, value);
      if (isPage) headers.set('content-security-policy', pagePolicy);
      if (!headers.has('cache-control')) headers.set('cache-control', caching);
    },
  };
}
