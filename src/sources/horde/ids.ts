const largestUserId = 2_147_483_647;

/** Digits within the Horde's range, in the one spelling that its own-key comparison and its cache agree on; else null. */
export function canonicalUserId(text: string): string | null {
  if (!/^\d{1,40}$/.test(text)) return null;
  const digits = text.replace(/^0+(?=\d)/, '');
  return digits.length <= 10 && Number(digits) <= largestUserId ? digits : null;
}

/** Ids of workers, styles and shared keys; null for text that none of them can have. */
export function canonicalUuid(text: string): string | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : null;
}

export interface NameOrNumber {
  /** Undefined when only the number was given. */
  readonly alias: string | undefined;
  readonly number: string;
}

/** `alias#id` or a bare number; null for any other text. Aliases may hold a `#`, so the last one divides. */
export function parseNameOrNumber(text: string): NameOrNumber | null {
  const hash = text.lastIndexOf('#');
  const number = text.slice(hash + 1);
  if (hash === 0 || !/^\d+$/.test(number)) return null;
  return { alias: hash < 0 ? undefined : text.slice(0, hash), number };
}

/** The part of `alias#id` that the user chose. */
export function aliasOf(username: string): string {
  const hash = username.lastIndexOf('#');
  return hash < 0 ? username : username.slice(0, hash);
}
