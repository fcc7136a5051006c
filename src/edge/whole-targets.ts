import type { RequestListener } from 'node:http';

/** Takes a target that is a whole address, as clients of proxies send it: it stands for its path and its host (RFC 9112, 3.2.2). */
export const takeWholeTargets =
  (handle: RequestListener): RequestListener =>
  (request, response) => {
    const { url = '/' } = request;
    if (!url.startsWith('/') && URL.canParse(url)) {
      const { protocol, host, pathname, search } = new URL(url);
      if (protocol === 'http:' || protocol === 'https:') {
        request.url = `${pathname}${search}`;
        request.headers.host = host;
      }
    }
    return handle(request, response);
  };
