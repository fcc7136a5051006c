import { forAdmins, forSignedIn, type Route } from '../call.ts';
import { Refusal, says } from '../refusal.ts';
import { json } from '../replies.ts';
import { saveConfig, visibleConfig } from '../server-config.ts';

/** The switches of the server, and whom to ask when one is stuck. */
export const adminRoutes: readonly Route[] = [
  forAdmins('GET', '/api/v1/auths/admin/config', ({ state: { world } }) => json(visibleConfig(world.config, world.can))),
  forAdmins('POST', '/api/v1/auths/admin/config', ({ state: { world }, request }) => {
    saveConfig(world.config, request.body, world.can);
    return json(visibleConfig(world.config, world.can));
  }),
  forSignedIn('GET', '/api/v1/auths/admin/details', ({ state: { world } }) => {
    if (!world.config.SHOW_ADMIN_DETAILS) throw new Refusal(400, says.actionProhibited);
    const { ADMIN_EMAIL } = world.config;
    const admin = ADMIN_EMAIL ? world.users.byEmail(ADMIN_EMAIL) : world.users.ordered('created_at', 'asc')[0];
    return json({ name: admin?.name ?? null, email: ADMIN_EMAIL || (admin?.email ?? null) });
  }),
];
