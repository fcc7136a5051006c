import type { TwinReply, TwinRequest } from '../server.ts';
import { type Caller, identify } from './access.ts';
import { Refusal, says } from './refusal.ts';
import type { Capabilities } from './releases.ts';
import type { TwinState } from './state.ts';

/** A request that has found its route. */
export interface Call {
  readonly state: TwinState;
  readonly request: TwinRequest;
  /** A part of the path by its name in the route. */
  param(name: string): string;
}

export interface SignedInCall extends Call {
  readonly caller: Caller;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Parts that start with a colon take any one word. */
  readonly path: string;
  readonly answer: (call: Call) => TwinReply;
  /** Absent: in every release. */
  readonly when?: (can: Capabilities) => boolean;
}

type When = Route['when'];
type Answer = (call: SignedInCall) => TwinReply;

export const forAnyone = (method: Route['method'], path: string, answer: Route['answer'], when?: When): Route => ({
  method,
  path,
  answer,
  ...(when && { when }),
});

/** Signed in, pending or with whatever role. */
export const forSignedIn = (method: Route['method'], path: string, answer: Answer, when?: When): Route =>
  forRoles(method, path, answer, () => true, when);

export const forVerified = (method: Route['method'], path: string, answer: Answer, when?: When): Route =>
  forRoles(method, path, answer, (role) => role === 'user' || role === 'admin', when);

export const forAdmins = (method: Route['method'], path: string, answer: Answer, when?: When): Route =>
  forRoles(method, path, answer, (role) => role === 'admin', when);

function forRoles(method: Route['method'], path: string, answer: Answer, suits: (role: string) => boolean, when: When): Route {
  const guarded = (call: Call): TwinReply => {
    const caller = identify(call.state, call.request);
    try {
      // A role too low is a 401 here, as if nobody were signed in.
      if (!suits(caller.user.role)) throw new Refusal(401, says.accessProhibited);
      return answer({ ...call, caller });
    } finally {
      call.state.touch(caller.user.id);
    }
  };
  return forAnyone(method, path, guarded, when);
}
