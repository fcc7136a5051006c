const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const segment = /^[A-Za-z0-9_-]{1,64}$/;

/** Words that stand where an id would and lead elsewhere, in one release or another. */
const routes = new Set(['active', 'all', 'default', 'groups', 'permissions', 'search', 'usage', 'user']);

/** The server makes lower-case UUIDs; other short words are let through, since an imported database may hold them. */
export function canonicalId(text: string): string | null {
  if (uuid.test(text)) return text.toLowerCase();
  // Up to 0.8 the name of a shared chat stands for its owner, which would make two ids of one account.
  if (!segment.test(text) || routes.has(text) || text.startsWith('shared-')) return null;
  return text;
}
