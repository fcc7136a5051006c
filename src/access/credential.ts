/** On whose behalf a source is asked. What an answer depended on is the class; the key itself stays inside the session. */
export type Credential =
  /** No key at all: what the source shows to anybody. */
  | { readonly class: 'none' }
  /** The key of the configuration. */
  | { readonly class: 'service'; readonly key: string }
  /** A key the caller brought for this source. `holder` tells two callers apart without telling the key. */
  | { readonly class: 'caller'; readonly key: string; readonly holder: string };

export const keyOf = (credential: Credential): string | undefined => (credential.class === 'none' ? undefined : credential.key);

declare const madeOfCredential: unique symbol;

/** Those who are answered alike by a source, as text without any key. Only `classOf` makes one. */
export type CredentialClass = string & { readonly [madeOfCredential]: true };

export function classOf(credential: Credential): CredentialClass {
  const text = credential.class === 'caller' ? `caller ${credential.holder}` : credential.class;
  // The one place that may say so: it has just looked at a credential.
  return text as CredentialClass;
}

/** Whether it is of somebody with a key of their own. There are as many of these as anybody cares to invent. */
export const isCallers = (credential: CredentialClass): boolean => credential.startsWith('caller ');
