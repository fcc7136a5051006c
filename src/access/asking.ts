import type { FacetName } from '../domain/facets.ts';
import type { RequestHeaders } from '../edge/request-headers.ts';
import { ForbiddenError } from '../errors.ts';
import type { Caller } from './caller.ts';
import { credentialFor } from './caller-keys.ts';
import type { Credential } from './credential.ts';
import { scopeOf } from './facet-scopes.ts';
import { allows, type Scope, scopes } from './scopes.ts';

/** As whom a source is asked for one caller, and what may be asked of it. */
export interface Permit {
  readonly credential: Credential;
  /** Decided without asking anything. */
  mayRead(facet: FacetName): boolean;
  /** The error for a facet that may not be read. */
  refuse(facet: FacetName): ForbiddenError;
  holds(scope: Scope): boolean;
  /** Whether the caller may know of anybody there at all. With a key of their own the source says so when it is asked. */
  readonly seesPeople: boolean;
  /** Whether anything of them is shown. With a key of their own the source says so when it is asked. */
  readonly readsPeople: boolean;
  /** Which links are told. No source is asked for that, so a key of the caller's own, which nobody has checked, counts for nothing. */
  readonly links: Links;
}

interface Links {
  /** To an account there. */
  readonly there: boolean;
  /** From an account there to others. Who may only write knows whom they name, and not whose other accounts those are. */
  readonly onward: boolean;
}

/** As much of a source as decides. It has one service credential, always the same. */
interface Permitting {
  readonly id: string;
  readonly shownToAnybody: ReadonlySet<FacetName>;
}

/**
 * With a key of their own for the source, a caller is asked for as themselves, and the source's own rules decide. Without one the
 * service's credential serves those who hold `read` there, within their scopes. For everybody else the source is asked without any
 * key, and only for what it shows to anybody.
 */
export function permitFor(caller: Caller, source: Permitting, service: Credential, headers: RequestHeaders): Permit {
  const own = credentialFor(source.id, headers);
  if (own !== null) return makePermit(caller, source, service, own);
  const known = permits.get(caller);
  const permit = known?.get(source) ?? makePermit(caller, source, service, null);
  if (known === undefined) permits.set(caller, new WeakMap([[source, permit]]));
  else if (!known.has(source)) known.set(source, permit);
  return permit;
}

/** Of callers who bring no keys of their own, by the source. */
const permits = new WeakMap<Caller, WeakMap<object, Permit>>();

function makePermit(caller: Caller, source: Permitting, service: Credential, own: Credential | null): Permit {
  const refuse = (facet: FacetName): ForbiddenError => new ForbiddenError(source.id, scopeOf(facet));
  // Looked up for each field.
  const held = new Set(scopes.filter((scope) => allows(caller.scopes, scope, source.id)));
  const holds = (scope: Scope): boolean => held.has(scope);
  const isReader = holds('read') || holds('read:private') || holds('read:privileged');
  const onward = isReader || source.shownToAnybody.size > 0;
  const links = { onward, there: onward || holds('write') || holds('write:admin') };
  const told = own === null ? { seesPeople: links.there, readsPeople: onward } : { seesPeople: true, readsPeople: true };
  if (own !== null) return { ...told, links, refuse, credential: own, mayRead: () => true, holds: () => true };
  if (isReader) return { ...told, links, refuse, holds, credential: service, mayRead: (facet) => holds(scopeOf(facet)) };
  return {
    ...{ ...told, links, refuse, holds },
    credential: { class: 'none' },
    mayRead: (facet) => source.shownToAnybody.has(facet),
  };
}
