import type { RouteLimit, RouteLimits } from '../../steady/limits.ts';

/** What is asked, in the words by which the Horde counts: where it counts some methods together, they have one word. */
export function routeOf(method: string, path: string): string {
  const [, folder = '', type = ''] = path.split('/').slice(1);
  if (folder === 'users' && type === '') return 'users';
  if (folder === 'users') return method === 'GET' ? 'user' : 'change user';
  if (folder === 'sharedkeys') return type === '' ? 'create shared key' : 'shared key';
  if (folder === 'styles') return `${type} style`;
  if (folder === 'kudos') return type;
  return folder;
}

const byAddress = (requests: number, seconds: number): RouteLimit => ({ requests, seconds, countedBy: 'address' });
const byPath = (requests: number, seconds: number): RouteLimit => ({ ...byAddress(requests, seconds), eachPath: true });

/**
 * What aihorde.net allows, as of its source of November 2026. Addresses that a trusted user has generated from may do more for a day;
 * the answers' headers tell, and are believed. The heartbeat is not counted.
 */
export const limits: RouteLimits = {
  users: [byAddress(90, 60)],
  user: [byPath(60, 60)],
  'change user': [byPath(60, 60)],
  find_user: [byAddress(90, 60)],
  'create shared key': [byPath(5, 60)],
  'shared key': [byAddress(90, 60)],
  workers: [byPath(30, 60)],
  'image style': [byPath(2, 1), byPath(20, 3_600)],
  'text style': [byPath(2, 1), byPath(90, 60)],
  award: [byAddress(90, 60)],
  transfer: [
    { requests: 1, seconds: 1, countedBy: 'credential' },
    { requests: 90, seconds: 3_600, countedBy: 'credential' },
  ],
};
