import type { Plugin } from 'graphql-yoga';

/** What Yoga refuses without a word. */
const words: Readonly<Record<number, string>> = {
  404: 'Nothing is here. Operations are taken at /graphql.',
  406: 'Answers are application/json or application/graphql-response+json, and multipart/mixed where they come in parts: accept one of these. In a browser there is a page to ask from where graphiql is on.',
};

/** Tells why there is no answer, where nothing else does. Comes before the plugins that add to an answer's headers. */
export function useWordedRefusals(): Plugin {
  return {
    onResponse: ({ response, setResponse, fetchAPI }) => {
      const message = words[response.status];
      if (message === undefined || response.headers.has('content-type')) return;
      const body = { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] };
      const { status } = response;
      const told = fetchAPI.Response.json(body, { status });
      for (const [name, value] of response.headers) told.headers.set(name, value);
      setResponse(told);
    },
  };
}
