/** `<source id>:<native id>`. Source ids hold no colon, so the first one divides. */
export interface AccountId {
  readonly source: string;
  readonly nativeId: string;
}

/** Lower-case letters, digits and dashes, beginning with a letter. */
export const sourceIdPattern = /^[a-z][a-z0-9-]{0,30}$/;

/** Null for text that is no account id. Whether the source exists and takes the native id is not looked at here. */
export function parseAccountId(text: string): AccountId | null {
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  const source = text.slice(0, colon);
  const nativeId = text.slice(colon + 1);
  return sourceIdPattern.test(source) && nativeId !== '' ? { source, nativeId } : null;
}

export function formatAccountId(id: AccountId): string {
  return `${id.source}:${id.nativeId}`;
}

/** The accounts that are known to belong to one person, the primary one first. */
export type Link = readonly [string, ...string[]];

export interface Identities {
  readonly links: readonly Link[];
  /** Every account id of the person who holds this one, the primary first. An unlinked account stands alone. */
  accountsOf(accountId: string): Link;
}

export function createIdentities(links: readonly Link[]): Identities {
  const byAccount = new Map(links.flatMap((link) => link.map((id) => [id, link] as const)));
  return { links, accountsOf: (accountId) => byAccount.get(accountId) ?? [accountId] };
}
