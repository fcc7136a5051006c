/** On whose behalf a source is asked. What an answer depended on is the class; the key itself stays inside the session. */
export type Credential =
  /** No key at all: what the source shows to anybody. */
  | { readonly class: 'none' }
  /** The key of the configuration. */
  | { readonly class: 'service'; readonly key: string }
  /** A key the caller brought for this source. `holder` tells two callers apart without telling the key. */
  | { readonly class: 'caller'; readonly key: string; readonly holder: string };

export const keyOf = (credential: Credential): string | undefined => (credential.class === 'none' ? undefined : credential.key);
