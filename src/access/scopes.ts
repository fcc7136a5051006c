import { z } from 'zod';

/** What a caller may see or do through the service's own credentials. Each stands for itself: none implies another. */
export const scopes = ['read', 'read:private', 'read:privileged', 'write', 'write:admin'] as const;
export type Scope = (typeof scopes)[number];

/** A scope, on one source or, with null, on all. */
export interface ScopeGrant {
  readonly scope: Scope;
  readonly source: string | null;
}

/** `read:private` or `read:private@webui`. Null for anything else. */
export function parseScope(text: string): ScopeGrant | null {
  const at = text.indexOf('@');
  const word = at < 0 ? text : text.slice(0, at);
  const scope = scopes.find((candidate) => candidate === word);
  if (scope === undefined || text.endsWith('@')) return null;
  return { scope, source: at < 0 ? null : text.slice(at + 1) };
}

/** A scope as a configuration writes it. */
export const ScopeText = z.string().transform((text, context): ScopeGrant => {
  const grant = parseScope(text);
  if (grant !== null) return grant;
  context.addIssue({
    code: 'custom',
    message: `must be one of ${scopes.join(', ')}, or one of them on one source, such as read@webui`,
  });
  return z.NEVER;
});

export const formatScope = ({ scope, source }: ScopeGrant): string => (source === null ? scope : `${scope}@${source}`);

export function allows(grants: readonly ScopeGrant[], scope: Scope, source: string): boolean {
  return grants.some((grant) => grant.scope === scope && (grant.source === null || grant.source === source));
}

/** What is left of the grants on these sources alone. */
export function narrow(grants: readonly ScopeGrant[], sources: readonly string[]): ScopeGrant[] {
  return grants.flatMap((grant) =>
    grant.source === null
      ? sources.map((source) => ({ scope: grant.scope, source }))
      : sources.includes(grant.source)
        ? [grant]
        : [],
  );
}
