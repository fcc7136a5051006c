import { forVerified, type Route, type SignedInCall } from '../call.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { hasPermission } from '../permissions.ts';
import { Refusal, says, Unhandled } from '../refusal.ts';
import { json } from '../replies.ts';
import { readObject } from '../validation.ts';

/** What the session user keeps for themselves: settings, and free information. */
export const ownSettingsRoutes: readonly Route[] = [
  forVerified('GET', '/api/v1/users/user/settings', ({ caller }) => json(caller.user.settings)),
  forVerified('POST', '/api/v1/users/user/settings/update', (call) => {
    const { can, users } = call.state.world;
    const { user } = call.caller;
    if (can.settingsNeedPermission && !may(call, 'settings.interface')) throw new Refusal(403, says.accessProhibited);
    const incoming = withoutForbidden(call, readSettings(call));
    // Each key sent replaces the stored one whole; `ui`, even when it was not sent, by its empty default.
    const settings = { ...user.settings, ...incoming };
    users.change(user.id, { settings });
    return json(settings);
  }),
  forVerified('GET', '/api/v1/users/user/info', ({ caller }) => json(caller.user.info)),
  forVerified('POST', '/api/v1/users/user/info/update', ({ state: { world }, caller: { user }, request }) => {
    const info = { ...user.info, ...readObject(request.body) };
    world.users.change(user.id, { info });
    return json(info);
  }),
];

function readSettings({ state: { world }, request }: SignedInCall): JsonObject {
  const { ui = {}, ...others } = readObject(request.body);
  if (ui === null && !world.can.nullInterfaceSettingsKept) throw new Unhandled('There is nothing to look for tool servers in.');
  if (ui === null || isObject(ui)) return { ui, ...others };
  const fault = { type: 'dict_type', loc: ['body', 'ui'], msg: 'Input should be a valid dictionary', input: ui };
  throw new Refusal(422, [fault]);
}

/** Drops what the caller may not have. It is dropped from what they send, so it is lost from what was stored too. */
function withoutForbidden(call: SignedInCall, settings: JsonObject): JsonObject {
  const isAdmin = call.caller.user.role === 'admin';
  let { ui = {}, ...others } = settings;
  if (!isAdmin && !may(call, 'features.direct_tool_servers')) ui = without(ui, 'toolServers');
  if (call.state.world.can.webhookGate && !may(call, 'features.webhooks')) {
    if (isObject(ui) && isObject(ui.notifications)) ui = { ...ui, notifications: without(ui.notifications, 'webhook_url') };
    const { notifications: _, ...rest } = others;
    others = rest;
  }
  return { ui, ...others };
}

function without(value: Json, key: string): Json {
  if (!isObject(value)) return value;
  const { [key]: _, ...rest } = value;
  return rest;
}

const may = ({ state: { world }, caller: { user } }: SignedInCall, permission: string): boolean =>
  user.role === 'admin' || hasPermission(world, user.id, permission);
