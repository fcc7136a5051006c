import type { Counts, HordeSharedKey, HordeStyle, HordeTeam, HordeUser, HordeWorker, Role, Roles } from './records.ts';

type UserSeed = Partial<Omit<HordeUser, 'roles'>> &
  Pick<HordeUser, 'id' | 'alias' | 'apiKey' | 'createdAt'> & { roles?: readonly Role[] };

/** A user with what the server gives everybody at the start, save what `seed` says otherwise. */
export function newUser({ roles = [], ...seed }: UserSeed): HordeUser {
  return {
    lastActiveAt: seed.createdAt,
    kudos: 0,
    evaluatingKudos: 0,
    heldKudos: 0,
    kudosDetails: {},
    monthlyKudos: { assigned: 0, entitled: 0, lastReceivedAt: null },
    concurrency: seed.id === 0 ? 500 : 30,
    workerInvited: 0,
    usageMultiplier: 1,
    roles: rolesOf(roles),
    publicWorkers: seed.id === 0,
    pseudonymous: false,
    deleted: false,
    suspicions: 0,
    contact: null,
    adminComment: null,
    proxyPasskey: null,
    activeGenerations: { text: [], image: [] },
    records: {
      usage: { tokens: 0 },
      contribution: { tokens: 0 },
      fulfillment: noCounts(),
      request: noCounts(),
      style: noCounts(),
    },
    ...seed,
  };
}

export function newWorker(
  seed: Partial<HordeWorker> & Pick<HordeWorker, 'id' | 'type' | 'ownerId' | 'name' | 'models'>,
): HordeWorker {
  return {
    info: null,
    online: true,
    nsfw: false,
    maintenance: false,
    paused: false,
    threads: 1,
    uptime: 0,
    requestsFulfilled: 0,
    kudosRewards: 0,
    performance: 'No requests fulfilled yet',
    teamId: null,
    bridgeAgent: 'AI Horde Worker reGen:9.0.0:https://github.com/Haidra-Org/horde-worker-reGen',
    address: '127.0.0.1',
    suspicions: 0,
    ...seed,
  };
}

export function newStyle(
  seed: Partial<HordeStyle> & Pick<HordeStyle, 'id' | 'type' | 'ownerId' | 'name' | 'models'>,
): HordeStyle {
  return { info: '', prompt: '{p}', params: {}, public: true, nsfw: false, tags: [], useCount: 0, sharedKeyId: null, ...seed };
}

export function newSharedKey(seed: Partial<HordeSharedKey> & Pick<HordeSharedKey, 'id' | 'ownerId'>): HordeSharedKey {
  return {
    name: null,
    kudos: 5000,
    expiresAt: null,
    utilized: 0,
    maxImagePixels: -1,
    maxImageSteps: -1,
    maxTextTokens: -1,
    ...seed,
  };
}

export function newTeam(seed: Partial<HordeTeam> & Pick<HordeTeam, 'id' | 'creatorId' | 'name'>): HordeTeam {
  return { info: '', requestsFulfilled: 0, kudos: 0, uptime: 0, ...seed };
}

export const noCounts = (): Counts => ({ image: 0, text: 0, interrogation: 0 });

function rolesOf(held: readonly Role[]): Roles {
  const roles: Roles = {
    moderator: false,
    trusted: false,
    flagged: false,
    customizer: false,
    vpn: false,
    service: false,
    education: false,
    special: false,
  };
  for (const role of held) roles[role] = true;
  return roles;
}
