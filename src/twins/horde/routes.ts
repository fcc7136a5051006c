import type { Endpoint } from './ask.ts';
import { heartbeat } from './heartbeat.ts';
import { awardKudos } from './kudos-award.ts';
import { transferKudos } from './kudos-transfer.ts';
import type { Limit } from './limits.ts';
import { changeSharedKey, deleteSharedKey, makeSharedKey, readSharedKey } from './shared-keys.ts';
import { readImageStyle, readTextStyle } from './styles.ts';
import { listTeams, readTeam } from './teams.ts';
import { findUser, listUsers, readUser } from './user-reads.ts';
import { changeUser, deleteUser } from './user-writes.ts';
import { listWorkers, readWorker, readWorkerByName } from './workers.ts';

export interface Route {
  /** Names the endpoint; its own group, if it has one, is the target. */
  readonly pattern: RegExp;
  readonly methods: Readonly<Record<string, Method>>;
}

interface Method {
  readonly limits: readonly Limit[];
  readonly answer: Endpoint;
}

const perAddress: Limit = { amount: 90, seconds: 60, countedBy: 'address' };
const perPath = (amount: number, seconds: Limit['seconds']): Limit => ({ amount, seconds, countedBy: 'path' });
const perKey = (amount: number, seconds: Limit['seconds']): Limit => ({ amount, seconds, countedBy: 'key' });

const limited = (answer: Endpoint, ...limits: readonly Limit[]): Method => ({ limits, answer });

/** What the twin knows of the API: users, and what user ids lead to. */
export const routes: readonly Route[] = [
  { pattern: /^\/api\/v2\/users$/, methods: { GET: limited(listUsers, perAddress) } },
  {
    pattern: /^\/api\/v2\/users\/([^/]+)$/,
    methods: {
      DELETE: limited(deleteUser, perPath(60, 60)),
      GET: limited(readUser, perPath(60, 60)),
      PUT: limited(changeUser, perPath(60, 60)),
    },
  },
  { pattern: /^\/api\/v2\/find_user$/, methods: { GET: limited(findUser, perAddress) } },
  { pattern: /^\/api\/v2\/sharedkeys$/, methods: { PUT: limited(makeSharedKey, perPath(5, 60)) } },
  {
    pattern: /^\/api\/v2\/sharedkeys\/([^/]+)$/,
    methods: {
      DELETE: limited(deleteSharedKey, perAddress),
      GET: limited(readSharedKey, perAddress),
      PATCH: limited(changeSharedKey, perAddress),
    },
  },
  { pattern: /^\/api\/v2\/kudos\/transfer$/, methods: { POST: limited(transferKudos, perKey(1, 1), perKey(90, 3600)) } },
  { pattern: /^\/api\/v2\/kudos\/award$/, methods: { POST: limited(awardKudos, perAddress) } },
  { pattern: /^\/api\/v2\/workers$/, methods: { GET: limited(listWorkers, perAddress) } },
  { pattern: /^\/api\/v2\/workers\/([^/]+)$/, methods: { GET: limited(readWorker, perPath(30, 60)) } },
  { pattern: /^\/api\/v2\/workers\/name\/([^/]+)$/, methods: { GET: limited(readWorkerByName, perAddress) } },
  { pattern: /^\/api\/v2\/styles\/image\/([^/]+)$/, methods: { GET: limited(readImageStyle, perPath(2, 1), perPath(20, 3600)) } },
  { pattern: /^\/api\/v2\/styles\/text\/([^/]+)$/, methods: { GET: limited(readTextStyle, perPath(2, 1), perPath(90, 60)) } },
  { pattern: /^\/api\/v2\/teams$/, methods: { GET: limited(listTeams, perPath(30, 60)) } },
  { pattern: /^\/api\/v2\/teams\/([^/]+)$/, methods: { GET: limited(readTeam, perPath(30, 60)) } },
  { pattern: /^\/api\/v2\/status\/heartbeat$/, methods: { GET: limited(heartbeat) } },
];
