import { defineUserMutation } from './across-accounts.ts';

/** Said beforehand, since a word on them in an answer would tell of the link. */
const whichAccounts =
  'It reaches the account that `id` names and those of its links that this caller is shown; accounts on sources where the caller may know of nobody are neither touched nor told of. Whoever moderates needs a key that sees all the sources.';

defineUserMutation(
  'banUser',
  'ban',
  'write',
  `Shuts a person out on every source where the caller may know of people and this one has an account, as far as the source can. ${whichAccounts}`,
);

defineUserMutation(
  'unbanUser',
  'unban',
  'write',
  `Lets a person in again on every source where the caller may know of people and this one has an account. What they were before is not known: they become ordinary users. ${whichAccounts}`,
);

defineUserMutation(
  'deleteUser',
  'delete',
  'write:admin',
  `Deletes every account of a person on sources where the caller may know of people, as far as the sources can. An account that is not there, or not any more, is \`UNCHANGED\`: so it may be tried again. ${whichAccounts}`,
);
