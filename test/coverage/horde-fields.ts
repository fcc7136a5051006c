import { alike, at, type Fields, idle, noted, type SdkPage, secret, under } from './entry.ts';

const account = 'HordeAccount';
const always = 'The Horde sends null ever since `records` took its place; deprecated here for that reason.';

const kudosDetails = alike(
  [`${account}.kudosDetails`, 'User.kudosDetails'],
  ...['accumulated', 'admin', 'awarded', 'gifted', 'received', 'donated', 'recurring', 'styled'],
);

const records = ['usage', 'contribution', 'fulfillment', 'request', 'style'];
const recordsOf = (...names: readonly string[]) => names.map((name) => `${account}.records.${name}`);

const userDetails: Fields = {
  active_generations: noted(
    'Needs the user’s own key or a moderator’s.',
    `${account}.activeGenerations`,
    'User.activeGenerations',
  ),
  admin_comment: noted('Needs a moderator’s key.', `${account}.adminComment`),
  account_age: at(`${account}.accountAge`, `${account}.createdAt`),
  ...alike([account], 'concurrency'),
  contact: noted('Needs the user’s own key or a moderator’s.', `${account}.contact`),
  contributions: noted(always, `${account}.contributions`),
  ...alike([account], 'customizer'),
  evaluating_kudos: noted('Needs a moderator’s key.', `${account}.evaluatingKudos`),
  ...alike([account], 'flagged'),
  id_: at(`${account}.userId`, `${account}.nativeId`),
  kudos: at(`${account}.kudos`, 'User.kudos'),
  kudos_details: at(`${account}.kudosDetails`, 'User.kudosDetails'),
  ...alike([account], 'moderator'),
  monthly_kudos: noted('Needs a moderator’s key.', `${account}.monthlyKudos`),
  ...alike([account], 'pseudonymous'),
  records: at(`${account}.records`, 'User.records'),
  sharedkey_ids: noted(
    'Each is a credential. Needs the user’s own key or a moderator’s.',
    `${account}.sharedKeyIds`,
    `${account}.sharedKeys`,
  ),
  ...alike([account], 'service'),
  special: noted('Needs the user’s own key or a moderator’s.', `${account}.special`),
  suspicious: noted('Needs a moderator’s key.', `${account}.suspicious`),
  ...alike([account], 'trusted'),
  usage: noted(always, `${account}.usage`),
  username: at(`${account}.username`, 'User.username'),
  vpn: noted('Needs the user’s own key or a moderator’s.', `${account}.vpn`),
  ...alike([account], 'education', 'worker_count'),
  worker_ids: at(`${account}.workerIds`, `${account}.workers`),
  ...alike([account], 'worker_invited'),
  styles: at(`${account}.styles`),
};

const written = 'UpdateHordeUserInput';
const answered = 'UpdateHordeUserPayload';
const told = `${answered}.fields`;

const nothingDone = 'The server takes it and does nothing with it, so there is nothing that could be asked for or confirmed.';
const unread = 'No read tells it, so it cannot be confirmed: its verdict is `ACCEPTED`.';
const difference = 'A difference, not a value.';
const strangers = 'Seen by which worker ids are shown to strangers.';

/** Written under one name and read under the same. */
const editable = ['admin_comment', 'concurrency', 'contact', 'customizer', 'education', 'flagged', 'moderator', 'service'];
const editableToo = ['special', 'trusted', 'username', 'vpn', 'worker_invited'];

const modify: Fields = {
  ...alike([written], ...editable, ...editableToo),
  filtered: idle(nothingDone),
  kudos: noted(difference, `${written}.addKudos`),
  monthly_kudos: noted(difference, `${written}.addMonthlyKudos`),
  public_workers: noted(strangers, `${written}.publicWorkers`),
  reset_suspicion: at(`${written}.resetSuspicion`),
  usage_multiplier: noted(unread, `${written}.usageMultiplier`),
};

/** Rollcall reads the user back in place of taking the reply's word; a payload's `fields` have both, as input and as found. */
const modified: Fields = {
  ...alike([`${answered}.account`], ...editable, ...editableToo),
  filtered: idle(nothingDone),
  monthly_kudos: noted(difference, `${told}.after`, `${answered}.account.monthlyKudos.amount`),
  new_kudos: at(`${answered}.account.kudos`),
  new_suspicion: at(`${answered}.account.suspicious`),
  public_workers: noted(strangers, `${told}.after`, `${told}.verdict`),
  usage_multiplier: noted(unread, `${told}.requested`, `${told}.verdict`),
};

export const hordePage: SdkPage = {
  title: 'AI Horde',
  about:
    'The page of user models of `horde-sdk`. Its requests’ class methods (HTTP verb, path, response type) are the SDK’s own plumbing ' +
    'and not listed. The fields of the modifying models, which the page leaves out, are those of the SDK’s source.',
  models: {
    ContributionsDetails: under([`${account}.contributions`], { fulfillments: 'fulfillments', megapixelsteps: 'megapixelsteps' }),
    UserKudosDetails: kudosDetails,
    MonthlyKudos: alike([`${account}.monthlyKudos`], 'amount', 'last_received'),
    UserThingRecords: alike(recordsOf('usage', 'contribution'), 'megapixelsteps', 'tokens'),
    UserAmountRecords: alike(recordsOf('fulfillment', 'request', 'style'), 'image', 'interrogation', 'text'),
    UserRecords: alike([`${account}.records`, 'User.records'], ...records),
    UsageDetails: alike([`${account}.usage`], 'megapixelsteps', 'requests'),
    ActiveGenerations: {
      ...alike([`${account}.activeGenerations`, 'User.activeGenerations'], 'text', 'image'),
      alchemy: noted('The Horde never fills it, so it is null.', `${account}.activeGenerations.alchemy`),
    },
    UserDetailsResponse: userDetails,
    ListUsersDetailsResponse: { root: at('Query.hordeAccounts.edges.node', 'Query.users.edges.node') },
    ListUsersDetailsRequest: {
      page: noted('Pages are asked for by cursor.', 'Query.hordeAccounts(after:)', 'Query.hordeAccounts(before:)'),
      sort: at('Query.hordeAccounts(orderBy:)', 'HordeAccountOrder.KUDOS', 'HordeAccountOrder.CREATED'),
    },
    SingleUserDetailsRequest: { user_id: at('Query.user(id:)', 'Query.usersById(ids:)', 'Query.node(id:)') },
    ModifyUser: modify,
    ModifyUserReply: modified,
    ModifyUserResponse: modified,
    ModifyUserRequest: {
      ...modify,
      user_id: at(`${written}.id`),
      apikey: secret('The caller’s own key. It travels in a header and is nowhere in the graph.'),
    },
    'beyond the page: UserDetails of the server': {
      deleted: at(`${account}.deleted`),
      proxy_passkey: secret('A passkey; only whether there is one is told.', `${account}.hasProxyPasskey`),
    },
    'beyond the page: ResponseModelStylesUser': alike([`${account}.styles`], 'type', 'name', 'id'),
    'beyond the page: SharedKeyDetails': {
      ...alike([`${account}.sharedKeys`], 'id', 'name', 'kudos', 'expiry', 'utilized'),
      ...alike([`${account}.sharedKeys`], 'max_image_pixels', 'max_image_steps', 'max_text_tokens'),
      username: noted('The owner is the account under which the key stands.', `${account}.username`),
    },
  },
};
