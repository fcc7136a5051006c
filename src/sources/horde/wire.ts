import { z } from 'zod';
import { count32, int32, safeInt } from '../../http/whole.ts';

// As the AI Horde 5.1.5 sends them (API 2.5). Keys that are not named here are dropped on parsing; secrets never are named.
// Whole numbers are as narrow as the field of the graph that shows them: what that could not tell is no answer of the Horde's.

const ThingRecords = z.object({ megapixelsteps: z.number(), tokens: safeInt() });
const AmountRecords = z.object({ image: safeInt(), text: safeInt(), interrogation: safeInt() });

/**
 * One user, alone or in `find_user`. Below the privilege that a field needs it is absent, which is what `nullish` says here;
 * `privilegeOf` tells from that which privilege an answer was given at.
 */
export const HordeUser = z.object({
  /** `alias#id`; the alias may hold a `#` of its own. */
  username: z.string(),
  id: count32(),
  kudos: z.number(),
  kudos_details: z.object({
    accumulated: z.number(),
    gifted: z.number(),
    donated: z.number(),
    admin: z.number(),
    received: z.number(),
    recurring: z.number(),
    awarded: z.number(),
    styled: z.number(),
  }),
  records: z.object({
    usage: ThingRecords,
    contribution: ThingRecords,
    fulfillment: AmountRecords,
    request: AmountRecords,
    style: AmountRecords,
  }),
  concurrency: int32(),
  worker_invited: int32(),
  worker_count: int32(),
  account_age: safeInt(),
  styles: z.array(z.object({ type: z.string(), name: z.string(), id: z.string() })),
  moderator: z.boolean(),
  trusted: z.boolean(),
  flagged: z.boolean(),
  service: z.boolean(),
  education: z.boolean(),
  customizer: z.boolean(),
  deleted: z.boolean(),
  pseudonymous: z.boolean(),
  /** Both obsolete: every value in them is null. */
  usage: z.object({ megapixelsteps: z.number().nullish(), requests: z.number().nullish() }).nullish(),
  contributions: z.object({ megapixelsteps: z.number().nullish(), fulfillments: z.number().nullish() }).nullish(),

  // From privilege 1 on, or from 0 where the user made workers public.
  worker_ids: z.array(z.string()).nullish(),

  // From privilege 1 on.
  sharedkey_ids: z.array(z.string()).nullish(),
  vpn: z.boolean().nullish(),
  special: z.boolean().nullish(),
  contact: z.string().nullish(),
  /** Left out altogether while nothing runs. */
  active_generations: z.object({ text: z.array(z.string()).optional(), image: z.array(z.string()).optional() }).nullish(),

  // From privilege 2 on.
  evaluating_kudos: z.number().nullish(),
  suspicious: int32().nullish(),
  admin_comment: z.string().nullish(),
  monthly_kudos: z.object({ amount: z.number(), last_received: z.string().nullish() }).nullish(),
  /** The passkey is forgotten while parsing; only that there is one gets through. */
  proxy_passkey: z
    .unknown()
    .optional()
    .transform((passkey) => passkey !== undefined && passkey !== null),
});
export type HordeUser = z.infer<typeof HordeUser>;

/**
 * A user in a list, of whom anything may be missing: the list sends null for what is private, and a field mask that some other
 * client sent moments ago may still be cut into the answer. A field that does not fit its shape counts as missing.
 */
export const HordeUserRow = z.custom<object>(isObject).transform((row): Partial<HordeUser> => {
  const usual = UsualRow.safeParse(row);
  // Each value has just been parsed by the shape of its own key.
  return (usual.success ? usual.data : Row.parse(row)) as Partial<HordeUser>;
});
export type HordeUserRow = z.infer<typeof HordeUserRow>;

/**
 * What lists send to everybody: all of a user, and nothing in `monthly_kudos`. Looking for this first takes a fourth of the time, and half
 * of what it takes where any field may be missing.
 */
const UsualRow = HordeUser.extend({
  // What does not fit is not made an error of first, which takes longer than all the rest of the row.
  monthly_kudos: z
    .custom<{ amount?: null }>(holdsNothing)
    .transform(() => undefined)
    .or(HordeUser.shape.monthly_kudos),
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function holdsNothing(value: unknown): boolean {
  return isObject(value) && (value as { readonly amount?: unknown }).amount == null;
}

/** Looks at all fields in one go; one that does not fit, or is not there, is undefined. That there is no passkey is a fact. */
const Row = z.object(
  Object.fromEntries(
    Object.entries<z.ZodType>(HordeUser.shape).map(([key, shape]) => [
      key,
      key === 'proxy_passkey' ? shape : shape.optional().catch(undefined),
    ]),
  ),
);

export const HordeUserPage = z.array(HordeUserRow);

/** Nulls are left out at the top level; `type` decides which of the limits are there. */
export const HordeWorkerDetails = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  online: z.boolean(),
  trusted: z.boolean().nullish(),
  flagged: z.boolean().nullish(),
  maintenance_mode: z.boolean().nullish(),
  nsfw: z.boolean().nullish(),
  info: z.string().nullish(),
  models: z.array(z.string()).nullish(),
  bridge_agent: z.string().nullish(),
  threads: int32().nullish(),
  uptime: safeInt().nullish(),
  requests_fulfilled: safeInt().nullish(),
  uncompleted_jobs: safeInt().nullish(),
  kudos_rewards: z.number().nullish(),
  performance: z.string().nullish(),
  max_pixels: safeInt().nullish(),
  max_length: int32().nullish(),
  max_context_length: int32().nullish(),
  /** Without a team: an object of two nulls. */
  team: z.object({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
});
export type HordeWorkerDetails = z.infer<typeof HordeWorkerDetails>;

/** A style may come with the details of a shared key, whose id is a credential: not named here, so never taken in. */
export const HordeStyleDetails = z.object({
  id: z.string(),
  name: z.string(),
  info: z.string().nullish(),
  prompt: z.string().nullish(),
  public: z.boolean().nullish(),
  nsfw: z.boolean().nullish(),
  tags: z.array(z.string()).nullish(),
  models: z.array(z.string()).nullish(),
  use_count: safeInt().nullish(),
});
export type HordeStyleDetails = z.infer<typeof HordeStyleDetails>;

export const HordeSharedKeyDetails = z.object({
  id: z.string(),
  name: z.string().nullish(),
  kudos: z.number(),
  utilized: z.number(),
  /** RFC 2822, as `monthly_kudos.last_received`; absent when the key never expires. */
  expiry: z.string().nullish(),
  max_image_pixels: safeInt(),
  max_image_steps: safeInt(),
  max_text_tokens: safeInt(),
});
export type HordeSharedKeyDetails = z.infer<typeof HordeSharedKeyDetails>;

/** Sent with status 200 whatever it says: `OK`, `DOWN` or `OVERLOADED`. */
export const HordeHeartbeat = z.object({ message: z.string(), version: z.string().nullish() });

/** The API's own refusals. Their texts quote keys and paths, so only the code is looked at; it is an open set. */
export const HordeRefusal = z.object({ rc: z.string() });
