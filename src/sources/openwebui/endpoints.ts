/** One address of the API, with what its answers mean beyond the usual. */
export interface Endpoint {
  readonly path: string;
  /** The same without ids, for quotas and figures. */
  readonly route: string;
  /** The status that says: nobody has this id. */
  readonly absent?: 400 | 404;
  /** Not in every supported release: the page that a release sends for an address it does not know means "cannot". */
  readonly newer?: true;
}

const api = '/api/v1';

// Collection roots end in a slash; without it the server sends its web page.
export const users: Endpoint = { path: `${api}/users/`, route: 'users' };
export const usersSearch: Endpoint = { path: `${api}/users/search`, route: 'users/search' };
export const usersAll: Endpoint = { path: `${api}/users/all`, route: 'users/all' };
export const defaultPermissions: Endpoint = { path: `${api}/users/default/permissions`, route: 'users/default/permissions' };
export const groups: Endpoint = { path: `${api}/groups/`, route: 'groups' };
export const session: Endpoint = { path: `${api}/auths/`, route: 'auths' };
export const version: Endpoint = { path: '/api/version', route: 'version' };
export const health: Endpoint = { path: '/health', route: 'health' };

export const user = (id: string): Endpoint => ({
  path: `${api}/users/${encodeURIComponent(id)}`,
  route: 'users/id',
  absent: 400,
});

export const userInfo = (id: string): Endpoint => ({
  path: `${api}/users/${encodeURIComponent(id)}/info`,
  route: 'users/id/info',
  absent: 400,
  newer: true,
});

export const channelMembers = (id: string): Endpoint => ({
  path: `${api}/channels/${encodeURIComponent(id)}/members`,
  route: 'channels/id/members',
  absent: 404,
});
