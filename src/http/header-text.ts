import { z } from 'zod';

/** A setting that is sent as a header, as it stands. With another character no request could be sent at all. */
export const HeaderText = z
  .string()
  .min(1)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be one line of letters that a header can carry, those of Latin-1');

/** The service's key for a source. Keys that callers bring are looked at alike. */
export const SourceKey = z
  .string()
  .trim()
  .min(1)
  .regex(/^[\x20-\x7e]*$/, 'holds characters that no key has, such as a line break within; copy the key anew');
