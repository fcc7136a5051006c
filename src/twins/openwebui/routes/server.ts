import { identify, isApiKey } from '../access.ts';
import { type Call, forAnyone, type Route } from '../call.ts';
import { publicConfig, signedInConfig } from '../public-config.ts';
import { Refusal } from '../refusal.ts';
import { json } from '../replies.ts';

/** Whether the server lives, which release it is, and what it tells about itself. */
export const serverRoutes: readonly Route[] = [
  forAnyone('GET', '/health', () => json({ status: true })),
  forAnyone('GET', '/health/db', () => json({ status: true })),
  forAnyone(
    'GET',
    '/ready',
    () => json({ status: true }),
    (can) => can.readiness,
  ),
  forAnyone('GET', '/api/version', ({ state: { world } }) => json({ version: world.release, deployment_id: '' })),
  forAnyone('GET', '/api/config', (call) => {
    const { world } = call.state;
    return json(isSignedIn(call) ? signedInConfig(world) : publicConfig(world));
  }),
];

/** By token and verified. Whoever comes with an API key is a stranger here. */
function isSignedIn({ state, request }: Call): boolean {
  try {
    const { credential, user } = identify(state, request);
    return !isApiKey(credential) && (user.role === 'admin' || user.role === 'user');
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
