import type { JsonObject, PermissionGrant } from '../../domain/facets.ts';

/** These grants, with what an administrator's bypass does not make of two of them. `known` has the keys that the release knows. */
export function withBypass(grants: readonly PermissionGrant[], known: JsonObject): PermissionGrant[] {
  const mintsFreely = passesForKeys(known);
  return grants.map((grant) => {
    const { section, key, allowed } = grant;
    // It restricts, and administrators pass by it as they pass by all else.
    if (section === 'chat' && key === 'temporary_enforced') return { ...grant, whenBypassed: false };
    if (section === 'features' && key === 'api_keys' && mintsFreely !== true)
      return { ...grant, whenBypassed: allowed || mintsFreely };
    return grant;
  });
}

/**
 * Before 0.8.11 even administrators need the permission to have an API key. The release is not asked for here, but shows in what it
 * knows: `automations` came with 0.9.0, `access_grants` with 0.8.8. Null between the two.
 */
function passesForKeys({ features, access_grants }: JsonObject): boolean | null {
  if (typeof features === 'object' && features !== null && 'automations' in features) return true;
  return access_grants === undefined ? false : null;
}
