import type { TwinReply, TwinRequest } from '../server.ts';
import { createAsk, headerOf } from './ask.ts';
import type { AnswerCache } from './caches.ts';
import { VERSION } from './heartbeat.ts';
import { encode, type Json } from './json.ts';
import type { Limiter } from './limits.ts';
import { Refusal } from './refusals.ts';
import { type Route, routes } from './routes.ts';
import type { HordeWorld } from './world.ts';

export interface AnsweringParts {
  readonly world: HordeWorld;
  readonly cache: AnswerCache;
  readonly limiter: Limiter;
  readonly shiftTies: boolean;
  readonly now: () => number;
}

/** One request to one answer, in the server's order: path, method, limits, then the endpoint. */
export function answerRequest(request: TwinRequest, { limiter, ...parts }: AnsweringParts): TwinReply {
  const path = decode(request.path);
  const { route, target } = findRoute(path);
  if (!route) return html(404, notFoundPage);
  const allow = { Allow: allowedMethods(route).join(', ') };
  if (request.method === 'OPTIONS') return html(200, '', allow);
  const method = route.methods[request.method === 'HEAD' ? 'GET' : request.method];
  if (!method) return json(405, { message: 'The method is not allowed for the requested URL.' }, allow);

  const ask = createAsk({ ...parts, request, path, target });
  const verdict = limiter.count(method.limits, {
    rule: route.pattern.source,
    method: request.method,
    path,
    address: addressOf(request),
    endUser: vouchedFor(request, parts.world) ?? addressOf(request),
    key: ask.key ?? '',
  });
  if (verdict.exceeded !== undefined) return json(429, { message: verdict.exceeded }, verdict.headers);
  const { status, body } = carryOut(() => method.answer(ask));
  return json(status, body, verdict.headers);
}

function carryOut(answer: () => Json): { readonly status: number; readonly body: Json } {
  try {
    return { status: 200, body: answer() };
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
}

function findRoute(path: string): { readonly route: Route | undefined; readonly target: string } {
  for (const route of routes) {
    const match = route.pattern.exec(path);
    if (match) return { route, target: match[1] ?? '' };
  }
  return { route: undefined, target: '' };
}

/** The client's address after one trusted proxy hop. */
const addressOf = (request: TwinRequest): string =>
  headerOf(request, 'x-forwarded-for')?.split(',').at(-1)?.trim() || request.address;

/** The address that a service account names, and proves its right to with its passkey. */
function vouchedFor(request: TwinRequest, world: HordeWorld): string | undefined {
  const passkey = headerOf(request, 'proxy-authorization');
  if (passkey === undefined) return undefined;
  const service = world.users.findBuilt((user) => user.roles.service && user.proxyPasskey === passkey);
  return service && headerOf(request, 'proxied-for');
}

function allowedMethods(route: Route): string[] {
  const own = Object.keys(route.methods);
  return ['OPTIONS', ...(own.includes('GET') ? ['HEAD'] : []), ...own];
}

const everywhere: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, GET, OPTIONS, PUT, DELETE, PATCH',
  'Access-Control-Allow-Headers':
    'Accept, Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, apikey, Client-Agent, X-Fields, X-Forwarded-For, Proxied-For, Proxy-Authorization',
  'Horde-Node': `127.0.0.1:7001:${VERSION}`,
};

const json = (status: number, body: Json, headers: Readonly<Record<string, string>> = {}): TwinReply => ({
  status,
  headers: { ...everywhere, 'Content-Type': 'application/json; charset=utf-8', ...headers },
  body: `${encode(body)}\n`,
});

const html = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): TwinReply => ({
  status,
  headers: { ...everywhere, 'Content-Type': 'text/html; charset=utf-8', ...headers },
  body,
});

const notFoundPage = `<!doctype html>
<html lang=en>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>
`;

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
