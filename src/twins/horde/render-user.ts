import { formatRfc2822 } from './dates.ts';
import { float, isObject, type Json, type JsonObject } from './json.ts';
import type { HordeUser, KudosBucket, Things } from './records.ts';
import { type HordeWorld, ownedBy, uniqueAlias } from './world.ts';

/** 0: anybody. 1: with the user's own key. 2: with a moderator's. */
export type Privilege = 0 | 1 | 2;

/** Everything about a user in the order in which it is sent; null where it is hidden or there is none. */
export function userDetails(world: HordeWorld, user: HordeUser, privilege: Privilege, now: number): JsonObject {
  const own = <T extends Json>(value: T): T | null => (privilege >= 1 ? value : null);
  const privileged = <T extends Json>(value: T): T | null => (privilege >= 2 ? value : null);
  // Alchemists are neither counted nor named.
  const workers = ownedBy(user, world.workers).filter((worker) => worker.type !== 'interrogation');
  const styles = ownedBy(user, world.styles).filter((style) => style.public || privilege >= 1);
  return {
    username: uniqueAlias(user),
    id: user.id,
    kudos: float(user.kudos),
    evaluating_kudos: privileged(float(user.evaluatingKudos)),
    concurrency: user.concurrency,
    worker_invited: user.workerInvited,
    moderator: user.roles.moderator,
    kudos_details: Object.fromEntries(buckets.map((bucket) => [bucket, touched(user.kudosDetails[bucket])])),
    worker_count: workers.length,
    worker_ids: user.publicWorkers || privilege >= 1 ? workers.map((worker) => worker.id) : null,
    styles: styles.map(({ type, name, id }) => ({ type, name: `${uniqueAlias(user)}::style::${name}`, id })),
    sharedkey_ids: own(ownedBy(user, world.sharedKeys).map((key) => key.id)),
    active_generations: own(activeGenerations(user)) ?? {},
    monthly_kudos: privileged(monthlyKudos(user)) ?? {},
    trusted: user.roles.trusted,
    flagged: user.roles.flagged,
    vpn: own(user.roles.vpn),
    service: user.roles.service,
    education: user.roles.education,
    customizer: user.roles.customizer,
    special: own(user.roles.special),
    deleted: user.deleted,
    suspicious: privileged(user.suspicions),
    pseudonymous: user.pseudonymous,
    contact: own(user.contact),
    admin_comment: privileged(user.adminComment),
    proxy_passkey: privileged(user.proxyPasskey),
    account_age: Math.trunc((now - user.createdAt) / 1000),
    usage: { megapixelsteps: null, requests: null },
    contributions: { megapixelsteps: null, fulfillments: null },
    records: {
      usage: things(user.records.usage),
      contribution: things(user.records.contribution),
      fulfillment: { ...user.records.fulfillment },
      request: { ...user.records.request },
      style: { ...user.records.style },
    },
  };
}

/** The single and `find_user` leave out what is null or entirely empty; the list sends it. Nulls further in stay. */
export function dropAbsent(details: JsonObject): JsonObject {
  const isAbsent = (value: Json): boolean => value === null || (isObject(value) && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(details).filter(([, value]) => !isAbsent(value)));
}

const buckets = [
  'accumulated',
  'gifted',
  'donated',
  'admin',
  'received',
  'recurring',
  'awarded',
  'styled',
] as const satisfies KudosBucket[];

/** What was never counted is the integer 0, what was counted is a float. */
const touched = (amount: number | undefined): Json => (amount === undefined ? 0 : float(amount));

const things = ({ megapixelsteps, tokens }: Things): JsonObject => ({ megapixelsteps: touched(megapixelsteps), tokens });

function activeGenerations(user: HordeUser): JsonObject {
  const kinds = (['text', 'image'] as const).filter((kind) => user.activeGenerations[kind].length > 0);
  // Nobody is told what strangers who share the anonymous account are making, only that somebody is.
  if (user.id === 0) return kinds[0] === undefined ? {} : { [kinds[0]]: [] };
  return Object.fromEntries(kinds.map((kind) => [kind, [...user.activeGenerations[kind]]]));
}

const MODERATORS_SHARE = 300_000;

function monthlyKudos(user: HordeUser): JsonObject {
  const { assigned, entitled, lastReceivedAt } = user.monthlyKudos;
  return {
    amount: assigned + entitled + (user.roles.moderator ? MODERATORS_SHARE : 0),
    ...(lastReceivedAt === null ? {} : { last_received: formatRfc2822(lastReceivedAt) }),
  };
}
