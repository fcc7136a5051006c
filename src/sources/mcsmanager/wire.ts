import { z } from 'zod';
import { count32, int32 } from '../../http/whole.ts';

/**
 * What a panel 10.18.2 sends, as far as it is used. What is not named here is dropped before anybody sees it: two-factor
 * secrets, single-sign-on subjects, start commands, environments and RCON passwords among it. Whole numbers are as narrow as the field
 * of the graph that shows them.
 */

/** Every JSON answer, whatever its media type says. In a refusal `data` is one sentence in the panel's language. */
export const envelopeOf = <Data>(data: z.ZodType<Data>) => z.object({ status: z.literal(200), data });

export const McsManagerRefusal = z.object({ status: z.number(), data: z.union([z.string(), z.null()]) });

/** The masked API key becomes a yes or no at the door: after a careless edit the mask itself is somebody's working key. */
const keyPresence = z.string().transform((key) => key !== '');

const McsManagerInstanceRef = z.object({ instanceUuid: z.string(), daemonId: z.string() });

export const McsManagerUuid = z.object({ uuid: z.string().regex(/^[0-9a-f]{32}$/) });

/** The fields that every way of reading a user has. An admin can store anything at all as a name, a right or a date. */
const common = {
  ...McsManagerUuid.shape,
  userName: z.json(),
  permission: z.json(),
  instances: z.array(McsManagerInstanceRef),
  loginTime: z.json(),
};

/** `GET /auth/` */
export const McsManagerUser = z.object({
  ...common,
  registerTime: z.json(),
  apiKey: keyPresence,
  isInit: z.boolean(),
  open2FA: z.boolean(),
});
export type McsManagerUser = z.infer<typeof McsManagerUser>;

/** A row of `GET /auth/search`. */
export const McsManagerListedUser = z.object({
  ...McsManagerUser.shape,
  passWordType: int32(),
  ssoBound: z.boolean().optional(),
});
export type McsManagerListedUser = z.infer<typeof McsManagerListedUser>;

/** A row of `GET /auth/overview`, whose `registerTime` is a copy of `loginTime` and so is left where it is. */
export const McsManagerOverviewUser = z.object(common);
export type McsManagerOverviewUser = z.infer<typeof McsManagerOverviewUser>;

/** Rows stay unread here, so that one odd row spoils only itself. */
export const McsManagerPage = z.object({ maxPage: z.number(), total: count32(), data: z.array(z.unknown()) });
export const McsManagerOverview = z.array(z.unknown());

/** `GET /instance`, and a row of a daemon's instances. Counts and times of older daemons may be text. */
export const McsManagerInstance = z.object({
  instanceUuid: z.string(),
  status: z.number(),
  started: int32().optional(),
  config: z.object({
    nickname: z.string(),
    type: z.string().optional(),
    tag: z.array(z.string()).optional(),
    processType: z.string().optional(),
    createDatetime: z.json().optional(),
    lastDatetime: z.json().optional(),
    endTime: z.json().optional(),
    eventTask: z.object({ autoStart: z.boolean().optional(), autoRestart: z.boolean().optional() }).optional(),
  }),
  info: z.object({
    mcPingOnline: z.boolean().optional(),
    currentPlayers: int32().optional(),
    maxPlayers: int32().optional(),
    version: z.string().optional(),
  }),
});
export type McsManagerInstance = z.infer<typeof McsManagerInstance>;

/** This page has no total. */
export const McsManagerInstancePage = z.object({ maxPage: z.number(), data: z.array(z.unknown()) });

export const McsManagerInstanceUuid = z.object({ instanceUuid: z.string() });

/** Addresses and ports of daemons are left out. */
export const McsManagerDaemons = z.array(z.object({ uuid: z.string(), remarks: z.string().optional(), available: z.boolean() }));
export type McsManagerDaemons = z.infer<typeof McsManagerDaemons>;

export const McsManagerStatus = z.object({ isInstall: z.boolean() });
