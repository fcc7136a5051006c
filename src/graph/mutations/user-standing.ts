import { defineUserMutation } from './across-accounts.ts';

defineUserMutation(
  'banUser',
  'ban',
  'write',
  'Shuts a person out on every source where they have an account, as far as the source can.',
);

defineUserMutation(
  'unbanUser',
  'unban',
  'write',
  'Lets a person in again on every source where they have an account. What they were before is not known: they become ordinary users.',
);

defineUserMutation(
  'deleteUser',
  'delete',
  'write:admin',
  'Deletes every account of a person, as far as the sources can. An account that is not there, or not any more, is `UNCHANGED`: so it may be tried again.',
);
