import { z } from 'zod';
import type { ChangeOpenWebUIPassword } from '../../../domain/accounts/openwebui-writes.ts';
import type { Change } from '../../../writing/change.ts';
import { session } from '../endpoints.ts';
import { checkPassword, demand } from './checking.ts';
import { updatePassword as endpoint } from './endpoints.ts';
import type { Means } from './means.ts';
import { NewThing } from './wire.ts';

/** Nothing shows a password: the source's word is all there is. */
export function changePassword(means: Means, input: ChangeOpenWebUIPassword): Change<unknown> {
  const { currentPassword, newPassword } = input;
  const isSame = currentPassword === newPassword;
  demand(
    checkPassword('currentPassword', currentPassword),
    checkPassword('newPassword', newPassword),
    isSame ? { field: 'newPassword', message: 'It is the current one.' } : undefined,
  );
  let holder: Promise<unknown> | undefined;
  return {
    sort: 'change',
    operation: 'changeOpenWebUIPassword',
    target: means.ownAccount,
    fields: [{ name: 'newPassword', wanted: newPassword, secret: true, current: () => undefined }],
    // Asked once: afterwards the session may have ended with the old password, which says nothing about the new one.
    read: () => {
      holder ??= means.asker.askFor(session, NewThing).then(({ body }) => body);
      return holder;
    },
    send: async () =>
      void (await means.sender.post(endpoint, { password: currentPassword, new_password: newPassword }, z.literal(true))),
  };
}
