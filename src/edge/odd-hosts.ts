import type { IncomingMessage } from 'node:http';
import type { Refusing } from './refusing.ts';

/** Refuses who asks for a host that there cannot be, as HTTP has it (RFC 9112, 3.2). An address is made of it further on, which would fail. */
export const refuseOddHosts: Refusing = (handle, refuse) => {
  // Nearly all ask for the same.
  let latest = '';
  return (request, response) => {
    const host = hostOf(request);
    if (host === latest || host === '' || isHost(host)) {
      latest = host;
      return handle(request, response);
    }
    refuse(
      response,
      400,
      'The header Host names no host. Send the name or address that leads here, with its port if it has one.',
    );
    response.end();
  };
};

/** HTTP/2 has a pseudo-header in its place, which an address is made of first. */
const hostOf = ({ headers }: IncomingMessage): string => String(headers[':authority'] ?? headers.host ?? '');

const isHost = (host: string): boolean => !beyond.test(host) && URL.canParse(`http://${host}/`);

/** What ends a host in an address, or stands before one. */
const beyond = /[/?#@\\\s]/;
