import { forVerified, type Route, type SignedInCall } from '../call.ts';
import { optional, text, wholeNumber } from '../fields.ts';
import { Refusal, says } from '../refusal.ts';
import { userModel } from '../render-user.ts';
import { json } from '../replies.ts';
import { readForm } from '../validation.ts';

/** The status under one's name. Both routes answer with the whole record. */
export const ownStatusRoutes: readonly Route[] = [
  forVerified('GET', '/api/v1/users/user/status', (call) => {
    refuseWhenOff(call);
    return json(userModel(call.caller.user, call.state.world));
  }),
  forVerified('POST', '/api/v1/users/user/status/update', (call) => {
    refuseWhenOff(call);
    const { world } = call.state;
    const sent = Object.entries(readForm(call.request.body, fields)).filter(([, value]) => value !== null);
    if (sent.length === 0 && !world.can.statusAlwaysAnswersUser) return json(null);
    // Null means "leave it", so nothing can be cleared with it.
    world.users.change(call.caller.user.id, Object.fromEntries(sent));
    return json(userModel(call.caller.user, world));
  }),
];

const fields = {
  status_emoji: optional(text, null),
  status_message: optional(text, null),
  status_expires_at: optional(wholeNumber, null),
};

function refuseWhenOff({ state: { world } }: SignedInCall): void {
  if (world.can.userStatusSwitch && !world.config.ENABLE_USER_STATUS) throw new Refusal(403, says.actionProhibited);
}
