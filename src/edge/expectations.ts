import type { Refusing } from './refusing.ts';

/**
 * Refuses whoever expects anything but to be told to go on. Node would do so by itself, without heed of what becomes of the connection;
 * a server that listens for `checkExpectation` hands such requests over.
 */
export const refuseExpectations: Refusing = (handle, refuse) => (request, response) => {
  const { expect } = request.headers;
  if (expect === undefined || /(?:^|\W)100-continue(?:$|\W)/i.test(expect)) return handle(request, response);
  refuse(response, 417);
  response.end();
};
