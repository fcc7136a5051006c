import { forSignedIn, type Route, type SignedInCall } from '../call.ts';
import { hasPermission } from '../permissions.ts';
import { Refusal, says } from '../refusal.ts';
import { json } from '../replies.ts';

/** The session user's one API key, told in clear as often as it is asked for. */
export const apiKeyRoutes: readonly Route[] = [
  forSignedIn('POST', '/api/v1/auths/api_key', (call) => {
    refuseUnlessPermitted(call);
    const { world } = call.state;
    const api_key = world.newApiKey();
    world.apiKeys.set(call.caller.user.id, api_key);
    return json({ api_key });
  }),
  forSignedIn('GET', '/api/v1/auths/api_key', (call) => {
    const { world } = call.state;
    if (world.can.keyReadingNeedsPermission) refuseUnlessPermitted(call);
    const api_key = world.apiKeys.of(call.caller.user.id);
    if (api_key === undefined) throw new Refusal(404, says.keyMissing);
    return json({ api_key });
  }),
  forSignedIn('DELETE', '/api/v1/auths/api_key', ({ state: { world }, caller }) => {
    world.apiKeys.remove(caller.user.id);
    return json(true);
  }),
];

function refuseUnlessPermitted({ state: { world }, caller: { user } }: SignedInCall): void {
  const isExempt = user.role === 'admin' && world.can.adminMintsFreely;
  const isPermitted = isExempt || hasPermission(world, user.id, 'features.api_keys');
  if (!world.config.ENABLE_API_KEYS || !isPermitted) throw new Refusal(403, says.keyCreationRefused);
}
