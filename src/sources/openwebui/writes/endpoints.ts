import type { Endpoint } from '../endpoints.ts';

/** An address that changes something. */
export interface WriteEndpoint extends Endpoint {
  /** The field at fault when a 400 gives no known reason; only where nothing is kept of what a 400 refuses. */
  readonly blames?: string;
  /** It changes nothing after all. */
  readonly read?: true;
}

const api = '/api/v1';
const userPath = (id: string): string => `${api}/users/${encodeURIComponent(id)}`;
const groupPath = (id: string): string => `${api}/groups/id/${encodeURIComponent(id)}`;

export const addUser: WriteEndpoint = { path: `${api}/auths/add`, route: 'auths/add', blames: 'password' };
export const updateUser = (id: string): WriteEndpoint => ({ path: `${userPath(id)}/update`, route: 'users/id/update' });
export const deleteUser = (id: string): WriteEndpoint => ({ path: userPath(id), route: 'users/id' });

export const createGroup: WriteEndpoint = { path: `${api}/groups/create`, route: 'groups/create' };
export const updateGroup = (id: string): WriteEndpoint => ({ path: `${groupPath(id)}/update`, route: 'groups/id/update' });
export const deleteGroup = (id: string): WriteEndpoint => ({ path: `${groupPath(id)}/delete`, route: 'groups/id/delete' });
export const addMembers = (id: string): WriteEndpoint => ({ path: `${groupPath(id)}/users/add`, route: 'groups/id/users/add' });
export const removeMembers = (id: string): WriteEndpoint => ({
  path: `${groupPath(id)}/users/remove`,
  route: 'groups/id/users/remove',
});
/** A POST that only tells. */
export const listMembers = (id: string): WriteEndpoint => ({
  path: `${groupPath(id)}/users`,
  route: 'groups/id/users',
  read: true,
});

export const ownSettings: Endpoint = { path: `${api}/users/user/settings`, route: 'users/user/settings' };
export const updateSettings: WriteEndpoint = { path: `${api}/users/user/settings/update`, route: 'users/user/settings/update' };
export const ownInfo: Endpoint = { path: `${api}/users/user/info`, route: 'users/user/info' };
export const updateInfo: WriteEndpoint = { path: `${api}/users/user/info/update`, route: 'users/user/info/update' };
/** Tells the whole record, whatever its name says. */
export const ownStatus: Endpoint = { path: `${api}/users/user/status`, route: 'users/user/status' };
export const updateStatus: WriteEndpoint = { path: `${api}/users/user/status/update`, route: 'users/user/status/update' };
export const updateProfile: WriteEndpoint = { path: `${api}/auths/update/profile`, route: 'auths/update/profile' };
export const updateTimezone: WriteEndpoint = {
  path: `${api}/auths/update/timezone`,
  route: 'auths/update/timezone',
  newer: true,
};
export const updatePassword: WriteEndpoint = {
  path: `${api}/auths/update/password`,
  route: 'auths/update/password',
  blames: 'newPassword',
};
export const apiKey: WriteEndpoint = { path: `${api}/auths/api_key`, route: 'auths/api_key', absent: 404 };
