import { isLoopback } from './loopback.ts';
import type { Refusing } from './refusing.ts';

/**
 * Answers only those who call this machine by a name of its own. A page on the web can make its name lead here, and would then speak
 * as if it belonged to this server; its `Host` header gives it away.
 */
export const onlyLocalNames: Refusing = (handle, refuse) => (request, response) => {
  if (isLocalName(request.headers.host ?? '')) return handle(request, response);
  // The connection goes on: what was sent behind may name us rightly, and then is to be answered.
  refuse(
    response,
    421,
    'Without keys this server answers to localhost only. Configure access.keys to serve it under another name.',
  );
  response.end();
};

function isLocalName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name.endsWith('.localhost') || isLoopback(name.replace(/^\[(.*)\]$/, '$1'));
}
