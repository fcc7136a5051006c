import { forAdmins, type Route, type SignedInCall } from '../call.ts';
import { optional, text } from '../fields.ts';
import { isTooLong } from '../passwords.ts';
import { pictureAddress } from '../picture-address.ts';
import { Refusal, says, Unhandled } from '../refusal.ts';
import { userModel } from '../render-user.ts';
import { json } from '../replies.ts';
import { type Field, readForm } from '../validation.ts';
import type { OpenWebUIWorld } from '../world.ts';

/** What an admin does to others. */
export const changingUsersRoutes: readonly Route[] = [
  forAdmins('POST', '/api/v1/users/:id/update', updateUser),
  forAdmins('DELETE', '/api/v1/users/:id', deleteUser),
];

function updateUser(call: SignedInCall) {
  const { world } = call.state;
  const form = readForm(call.request.body, updateFields(world));
  const id = call.param('id');
  if (id === primaryAdmin(world) && (id !== call.caller.user.id || (form.role ?? 'admin') !== 'admin')) refuseForPrimary(world);
  const user = world.users.get(id);
  if (!user) throw new Refusal(400, says.notFound);
  const email = form.email?.toLowerCase();
  const owner = email === undefined ? undefined : world.users.byEmail(email);
  if (owner && owner.id !== id) throw new Refusal(400, says.emailTaken);
  if (form.password && isTooLong(form.password)) {
    if (world.can.longPasswordIs400) throw new Refusal(400, says.longPassword);
    throw new Unhandled('The hash takes 72 bytes at most.');
  }
  if (form.password) world.passwords.set(id, form.password);
  const { password: _, ...changes } = { ...form, email };
  const given = Object.entries(changes).filter(([, value]) => value !== null && value !== undefined);
  world.users.change(id, Object.fromEntries(given));
  return json(userModel(user, world));
}

/** Whoever is unknown is deleted with the same success. */
function deleteUser({ state: { world }, caller, param }: SignedInCall) {
  const id = param('id');
  if (id === primaryAdmin(world)) refuseForPrimary(world);
  if (id === caller.user.id) throw new Refusal(403, says.actionProhibited);
  world.groups.leaveAll(id);
  for (const [chat, owner] of world.sharedChats) if (owner === id) world.sharedChats.delete(chat);
  world.apiKeys.remove(id);
  world.passwords.forget(id);
  world.users.remove(id);
  return json(true);
}

/** The earliest account, whoever that is by now. */
const primaryAdmin = (world: OpenWebUIWorld): string | undefined => world.users.ordered('created_at', 'asc')[0]?.id;

/** A broad handler used to swallow the refusal and make a failure of it. */
function refuseForPrimary({ can }: OpenWebUIWorld): never {
  throw can.primaryAdminForbidden ? new Refusal(403, says.actionProhibited) : new Refusal(500, says.primaryAdminUnclear);
}

function updateFields({ can }: OpenWebUIWorld) {
  const part = (field: Field<string>): Field<string | null> => (can.partialUserUpdate ? optional(field, null) : field);
  const picture = pictureAddress(can.pictureAddressChecked);
  return {
    role: part(text),
    name: part(text),
    email: part(text),
    profile_image_url: part(picture),
    password: optional(text, null),
  };
}
