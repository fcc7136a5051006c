/**
 * A stored picture as it is compared. None is stored as an empty text, and told from 0.8.3 on as the address under which the
 * source shows the picture that everybody starts with; that address may be stored too.
 */
export function toAvatar(id: string, url: string | null | undefined): string | null {
  return url == null || url === '' || url === `/api/v1/users/${id}/profile/image` ? null : url;
}

/** What to send for it. */
export const fromAvatar = (url: string | null): string => url ?? '';
