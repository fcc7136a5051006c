import type { Plugin } from 'graphql-yoga';

/** Headers that a page of another origin cannot send without the browser asking first. One of them must come with a GET query. */
export const preflightHeaders = [
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-requested-with',
  'x-rollcall-key',
  'authorization',
] as const;

/**
 * Lets in what a browser will not send across sites unasked: POST of `application/json`, and GET queries with a telling header.
 * Forms, uploads and plain text are refused before anything of them is read; at whatever path, since it is Yoga that knows at which
 * ones it takes operations.
 */
export function useStrictRequests(): Plugin {
  return {
    onRequest: ({ request, url, endResponse, fetchAPI }) => {
      const problem = request.method === 'POST' ? judgePost(request) : request.method === 'GET' ? judgeGet(request, url) : null;
      if (problem === null) return;
      const body = { errors: [{ message: problem.message, extensions: { code: 'BAD_REQUEST' } }] };
      endResponse(fetchAPI.Response.json(body, { status: problem.status }));
    },
  };
}

interface RequestProblem {
  readonly status: number;
  readonly message: string;
}

function judgePost({ headers }: Request): RequestProblem | null {
  const spelled = headers.get('content-type')?.split(';', 1)[0];
  if (spelled?.trim().toLowerCase() !== 'application/json')
    return { status: 415, message: 'Send operations as application/json.' };
  // Yoga knows it by this spelling only. JSON is UTF-8 whatever stands behind.
  if (spelled !== 'application/json') headers.set('content-type', 'application/json');
  return null;
}

function judgeGet(request: Request, url: URL): RequestProblem | null {
  const asks = url.searchParams.has('query') || url.searchParams.has('extensions') || url.searchParams.has('documentId');
  const type = request.headers.get('content-type') ?? '';
  const telling =
    preflightHeaders.some((header) => request.headers.has(header)) || type.toLowerCase().startsWith('application/json');
  if (asks && !telling) {
    return {
      status: 403,
      message: 'A query by GET needs a header that pages of other sites cannot send: apollo-require-preflight: true.',
    };
  }
  const broken = ['variables', 'extensions'].find((name) => !isJson(url.searchParams.get(name)));
  return broken === undefined ? null : { status: 400, message: `The ${broken} in the address are no JSON.` };
}

/** Absent or empty counts as JSON, since it is passed over. */
function isJson(text: string | null): boolean {
  if (text === null || text === '') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
