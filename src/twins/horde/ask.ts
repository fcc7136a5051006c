import type { TwinRequest } from '../server.ts';
import type { AnswerCache } from './caches.ts';
import type { Json } from './json.ts';
import { applyMask } from './mask.ts';
import type { HordeUser } from './records.ts';
import { invalidInput, unknownKey } from './refusals.ts';
import type { HordeWorld } from './world.ts';

/** One request on its way through an endpoint. */
export interface Ask {
  readonly request: TwinRequest;
  /** The path as the client wrote it, percent signs resolved. */
  readonly path: string;
  /** What stands in the path where the route has a gap, or nothing. */
  readonly target: string;
  /** The `apikey` header; an empty one counts as none. */
  readonly key: string | undefined;
  readonly world: HordeWorld;
  readonly cache: AnswerCache;
  readonly shiftTies: boolean;
  now(): number;
  /** The answer cut down to the `X-Fields` header. */
  mask(value: Json): Json;
}

/** Answers with the value of a 200, or throws a `Refusal`. */
export type Endpoint = (ask: Ask) => Json;

export function createAsk(seed: Omit<Ask, 'mask' | 'key'>): Ask {
  const fields = headerOf(seed.request, 'x-fields');
  return { ...seed, key: headerOf(seed.request, 'apikey') || undefined, mask: (value) => applyMask(fields, value) };
}

export function headerOf(request: TwinRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The owner of the key that must be there; `purpose` is how this endpoint describes the header. */
export function requireCaller(ask: Ask, purpose: string): HordeUser {
  if (ask.key === undefined) throw invalidInput({ apikey: `${purpose} Missing required parameter in the HTTP headers` });
  const caller = ask.world.users.byKey(ask.key);
  if (!caller) throw unknownKey();
  return caller;
}

/** As on workers and elsewhere: an unknown key is nobody's and no fault. */
export const callerIfKnown = (ask: Ask): HordeUser | undefined =>
  ask.key === undefined ? undefined : ask.world.users.byKey(ask.key);
