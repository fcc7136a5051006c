import type { TwinReply, TwinRequest } from '../server.ts';
import { refuse } from './access.ts';
import type { Call, Route } from './call.ts';
import { checkFields } from './field-checks.ts';
import { crashed, done, messageOf, notFound, type Outcome, refused, toReply } from './outcome.ts';
import { type Panel, say } from './panel.ts';
import { countRequest } from './request-limit.ts';
import { readBody, readQuery } from './request-parts.ts';
import { routes } from './routes.ts';

const BASE = '/api';

/** One request, from its path to the envelope. */
export async function answer(panel: Panel, request: TwinRequest): Promise<TwinReply> {
  while (panel.hashing.busy !== undefined) await panel.hashing.busy;
  // From here to the handler nothing may wait, or two calls could find the panel free at once.
  const session = panel.run.sessions.open(request.headers.cookie);
  const before = JSON.stringify(session);
  const call = { panel, request, query: readQuery(request.query), body: readBody(request), session };
  const outcome = await dispatch(call);
  const cookies = JSON.stringify(session) === before ? [] : panel.run.sessions.write(session);
  return toReply(outcome, panel.now(), cookies);
}

function dispatch(call: Call): Outcome | Promise<Outcome> {
  const path = call.request.path.toLowerCase().replace(/\/$/, '');
  const here = routes.filter((route) => BASE + route.path === path);
  if (here.length === 0) return notFound;
  const method = call.request.method === 'HEAD' ? 'GET' : call.request.method;
  const route = here.find((candidate) => candidate.method === method);
  return route === undefined ? wrongMethod(method, here) : serve(call, route);
}

async function serve(call: Call, route: Route): Promise<Outcome> {
  const { panel, session } = call;
  if (panel.rateLimits && route.limited && !countRequest(session, panel.now())) return refused(500, say(panel, 'tooFast'));
  const refusal = refuse(call, route);
  if (refusal !== undefined) return refusal;
  try {
    if (route.checks?.query) checkFields(Object.fromEntries(call.query), route.checks.query);
    if (route.checks?.body) checkFields(call.body, route.checks.body);
  } catch (error) {
    return refused(400, messageOf(error));
  }
  try {
    return await route.answer(call);
  } catch (error) {
    return route.failsWith === 400 ? refused(400, messageOf(error)) : crashed(error);
  }
}

function wrongMethod(method: string, here: readonly Route[]): Outcome {
  const allowed = here.flatMap((route) => (route.method === 'GET' ? ['HEAD', 'GET'] : [route.method]));
  return { ...(method === 'OPTIONS' ? done('') : refused(500, null)), headers: { Allow: allowed.join(', ') } };
}
