import type { AccountRecord } from '../../src/sources/contract.ts';
import type { HordeUser } from '../../src/twins/horde/records.ts';
import { type HordeWorld, ownedBy, uniqueAlias } from '../../src/twins/horde/world.ts';

/** What a session must tell of a twin's user at this privilege; ages and what follows from them are compared apart. */
export function truthAbout(world: HordeWorld, user: HordeUser, privilege: 0 | 1 | 2): AccountRecord {
  const workerIds = workersOf(world, user).map((worker) => worker.id);
  return {
    ...publicTruth(world, user),
    hordeStyleRefs: stylesOf(world, user, privilege),
    ...(user.publicWorkers || privilege > 0 ? { hordeWorkerIds: workerIds } : {}),
    ...(privilege > 0 ? ownerTruth(world, user) : {}),
    ...(privilege === 2 ? moderatorTruth(user) : {}),
  };
}

const workersOf = (world: HordeWorld, user: HordeUser) =>
  ownedBy(user, world.workers).filter((worker) => worker.type !== 'interrogation');

const stylesOf = (world: HordeWorld, user: HordeUser, privilege: number) =>
  ownedBy(user, world.styles)
    .filter((style) => style.public || privilege > 0)
    .map(({ id, type, name }) => ({ id, type, name: `${uniqueAlias(user)}::style::${name}` }));

/** What everybody is told alike, whatever the key. */
export function publicTruth(world: HordeWorld, user: HordeUser): AccountRecord {
  const { roles, records } = user;
  const { trusted, flagged, moderator, customizer, service, education } = roles;
  const grants = { trusted, moderator, customizer, service, education };
  const buckets = { accumulated: 0, gifted: 0, donated: 0, admin: 0, received: 0, recurring: 0, awarded: 0, styled: 0 };
  return {
    identity: { username: uniqueAlias(user), displayName: user.alias },
    role: roleTruth(user),
    kudos: user.kudos,
    kudosDetails: { ...buckets, ...user.kudosDetails },
    records: {
      ...records,
      usage: { megapixelsteps: 0, ...records.usage },
      contribution: { megapixelsteps: 0, ...records.contribution },
    },
    permissions: { grants: Object.entries(grants).map(([key, allowed]) => ({ section: 'horde', key, allowed })) },
    hordeStanding: {
      userId: user.id,
      ...{ trusted, flagged, moderator, customizer, service, education },
      deleted: user.deleted,
      pseudonymous: user.pseudonymous,
      concurrency: user.concurrency,
      workerInvited: user.workerInvited,
      workerCount: workersOf(world, user).length,
      accountAge: 0,
      usage: { megapixelsteps: null, requests: null },
      contributions: { megapixelsteps: null, fulfillments: null },
    },
    registration: { createdAt: new Date(0), text: null },
  };
}

function roleTruth({ id, roles }: HordeUser): NonNullable<AccountRecord['role']> {
  const granted = { bypassesGrants: false, isShutOut: false };
  if (roles.flagged) return { role: 'BANNED', nativeRole: 'flagged', ...granted };
  if (roles.moderator) return { role: 'MODERATOR', nativeRole: 'moderator', ...granted };
  if (id === 0) return { role: 'GUEST', nativeRole: 'anonymous', ...granted };
  return { role: 'USER', nativeRole: roles.trusted ? 'trusted' : 'user', ...granted };
}

function ownerTruth(world: HordeWorld, user: HordeUser): AccountRecord {
  return {
    activeGenerations: { ...user.activeGenerations, alchemy: null },
    hordePrivate: {
      contact: user.contact,
      vpn: user.roles.vpn,
      special: user.roles.special,
      sharedKeyIds: ownedBy(user, world.sharedKeys).map((key) => key.id),
    },
  };
}

function moderatorTruth(user: HordeUser): AccountRecord {
  const { assigned, entitled, lastReceivedAt } = user.monthlyKudos;
  return {
    monthlyKudos: {
      amount: assigned + entitled + (user.roles.moderator ? 300_000 : 0),
      lastReceived: lastReceivedAt === null ? null : new Date(lastReceivedAt),
    },
    hordePrivileged: {
      evaluatingKudos: user.evaluatingKudos,
      suspicious: user.suspicions,
      adminComment: user.adminComment,
      hasProxyPasskey: user.proxyPasskey !== null,
    },
  };
}
