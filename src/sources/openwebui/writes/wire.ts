import { z } from 'zod';
import type { JsonObject } from '../../../domain/facets.ts';
import { OpenWebUIPermissions } from '../wire.ts';

// What is read before and after a change. Keys that nobody here reads are left out, and with them tokens.

const text = z.string().nullish();

/** What an administrator can change of a user. */
export const EditableUser = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  profile_image_url: text,
});
export type EditableUser = z.infer<typeof EditableUser>;

/** What the key's holder can change of themselves. */
export const OwnRecord = EditableUser.extend({
  bio: text,
  gender: text,
  date_of_birth: text,
  /** Undefined where the answer does not tell it. */
  timezone: text,
});
export type OwnRecord = z.infer<typeof OwnRecord>;

export const OwnStatus = z.object({ status_emoji: text, status_message: text, status_expires_at: z.number().nullish() });
export type OwnStatus = z.infer<typeof OwnStatus>;

/** Null when nothing was ever kept. */
export const OwnJson = z.union([OpenWebUIPermissions, z.null()]).transform((value): JsonObject => value ?? {});

/** The answer to a new user has a token for them beside the id, which must not come any further. */
export const NewThing = z.object({ id: z.string() });
/** The answer to a change is the thing itself. Of a password it is the only word there is, so anything else counts for none. */
export const sameThing = (id: string) => z.object({ id: z.literal(id) });
export const Members = z.array(z.object({ id: z.string() }));
export const ApiKeyAnswer = z.object({ api_key: z.string().startsWith('sk-') });
export const TimezoneAnswer = z.object({ status: z.literal(true) });
