import type { RequestListener } from 'node:http';
import { isLoopback } from './loopback.ts';

/**
 * Answers only those who call this machine by a name of its own. A page on the web can make its name lead here, and would then speak
 * as if it belonged to this server; its `Host` header gives it away.
 */
export function onlyLocalNames(handle: RequestListener): RequestListener {
  return (request, response) => {
    if (isLocalName(request.headers.host ?? '')) return handle(request, response);
    const message = 'Without keys this server answers to localhost only. Configure access.keys to serve it under another name.';
    // The connection goes on: what was sent behind may name us rightly, and then is to be answered.
    response.writeHead(421, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }));
  };
}

function isLocalName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name.endsWith('.localhost') || isLoopback(name.replace(/^\[(.*)\]$/, '$1'));
}
