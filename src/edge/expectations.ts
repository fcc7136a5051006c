import type { RequestListener } from 'node:http';

/**
 * Refuses whoever expects anything but to be told to go on. Node would do so by itself, without heed of what becomes of the connection;
 * a server that listens for `checkExpectation` hands such requests over.
 */
export function refuseExpectations(handle: RequestListener): RequestListener {
  return (request, response) => {
    const { expect } = request.headers;
    if (expect === undefined || /(?:^|\W)100-continue(?:$|\W)/i.test(expect)) return handle(request, response);
    response.writeHead(417, { 'content-length': 0 });
    response.end();
  };
}
