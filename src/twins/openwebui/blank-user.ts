import type { UserRecord } from './user-store.ts';

type Essentials = Pick<UserRecord, 'id' | 'email' | 'name' | 'role' | 'created_at'>;

/** An account as the server makes it: nothing filled in, active for the moment because it was just created. */
export const blankUser = (user: Essentials): UserRecord => ({
  ...user,
  profile_image_url: '/user.png',
  bio: null,
  gender: null,
  date_of_birth: null,
  timezone: null,
  status_emoji: null,
  status_message: null,
  status_expires_at: null,
  info: null,
  settings: null,
  oauth: null,
  scim: null,
  last_active_at: user.created_at,
});
