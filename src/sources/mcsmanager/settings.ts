import { z } from 'zod';
import { SourceAddress } from '../../http/address.ts';
import { SourceKey } from '../../http/header-text.ts';
import { dateFormats } from './dates.ts';
import { isTimeZone } from './zone.ts';

/** What the configuration says of one panel. */
export const McsManagerSettings = z.strictObject({
  /** The panel's address, an operator's own prefix included; `/api` is added where it is missing. */
  url: SourceAddress.transform(toApiUrl),
  /** The key of an administrator; with an ordinary user's only that user can be read. */
  apiKey: SourceKey.optional(),
  /** Of the panel's process: it writes dates without naming a zone. */
  timeZone: z.string().default('UTC').refine(isTimeZone, 'is no IANA time zone, such as Europe/Berlin'),
  /** Of the panel's process: LANG, not the language that the panel shows. */
  dateFormat: z.enum(dateFormats).default('en-US'),
});
export type McsManagerSettings = z.infer<typeof McsManagerSettings>;

/** The API stands at `/api` under whatever prefix the panel has. Written or left out, one slash more or less: all the same. */
export function toApiUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, '');
  return `${origin}${/\/api$/i.test(path) ? path : `${path}/api`}`;
}
