import type { TwinReply, TwinRequest } from '../server.ts';
import type { Route } from './call.ts';
import { html, methodNotAllowed, notFound } from './faces.ts';
import { redirect } from './replies.ts';
import type { TwinState } from './state.ts';

/** Finds the route of a request; without one, answers as the packaged frontend does, or as a server without it. */
export function createRouter(routes: readonly Route[], state: TwinState, hasFrontend: boolean) {
  const here = routes.filter((route) => route.when?.(state.world.can) ?? true).map(compile);

  return (request: TwinRequest): TwinReply => {
    const words = request.path.split('/');
    for (const { route, parts } of here) {
      if (route.method !== request.method) continue;
      const params = match(parts, words);
      if (params) return route.answer({ state, request, param: (name) => params[name] ?? '' });
    }
    return hasFrontend ? frontend(request) : bare(request, words);
  };

  // The frontend's files are mounted at the root and take every path that is left.
  function frontend(request: TwinRequest): TwinReply {
    return request.method === 'GET' || request.method === 'HEAD' ? html : methodNotAllowed;
  }

  function bare(request: TwinRequest, words: string[]): TwinReply {
    if (isKnown(words)) return methodNotAllowed;
    const other = words.at(-1) === '' ? words.slice(0, -1) : [...words, ''];
    if (!isKnown(other)) return notFound;
    const query = request.query.size > 0 ? `?${request.query}` : '';
    return redirect(307, `http://${request.headers.host}${other.join('/')}${query}`);
  }

  function isKnown(words: string[]): boolean {
    return here.some(({ parts }) => match(parts, words));
  }
}

interface CompiledRoute {
  readonly route: Route;
  readonly parts: readonly string[];
}

const compile = (route: Route): CompiledRoute => ({ route, parts: route.path.split('/') });

function match(parts: readonly string[], words: readonly string[]): Record<string, string> | undefined {
  if (parts.length !== words.length) return undefined;
  const params: Record<string, string> = {};
  for (const [place, part] of parts.entries()) {
    const word = words[place] ?? '';
    if (!part.startsWith(':')) {
      if (part !== word) return undefined;
    } else if (word === '') return undefined;
    else params[part.slice(1)] = decode(word);
  }
  return params;
}

function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
