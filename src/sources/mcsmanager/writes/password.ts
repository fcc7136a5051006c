import type { McsManagerPassword } from '../../../domain/accounts/mcsmanager-writes.ts';
import type { Change, WantedField } from '../../../writing/change.ts';
import { isAdmin } from '../map.ts';
import { passwordFault, refuseFaults } from './checking.ts';
import { readState, targetOf } from './edit.ts';
import { sendEdit, sendOwnPassword } from './sending.ts';
import { shown, type UserState } from './user-fields.ts';
import type { Writing } from './writing.ts';

/** Nobody can read afterwards whether it took; signing in to try would leave a trace. An ordinary user’s key sets their own. */
export function setPassword({ users }: Writing, { nativeId, password, switchOff2FA }: McsManagerPassword): Change<UserState> {
  refuseFaults([passwordFault(password)]);
  const byAdmin = async (): Promise<boolean> => isAdmin((await users.panel.self()).data.permission);
  const secret: WantedField<UserState> = { name: 'password', wanted: '[new]', secret: true, current: () => undefined };
  return {
    sort: 'change',
    operation: 'setMcsManagerPassword',
    target: targetOf(users, nativeId),
    lane: 'hashing',
    fields: [secret, ...(switchOff2FA ? [{ ...shown.open2FA, wanted: false }] : [])],
    read: () => readState(users, nativeId),
    foresee: async ({ user }) => {
      if (switchOff2FA || !user.open2FA || !(await byAdmin())) return [];
      const { name, facet } = shown.open2FA;
      const message = 'Two-factor sign-in is on, and the panel would switch it off. Where that is meant, say switchOff2FA: true.';
      return [{ kind: 'CONFLICT', fields: [{ name, expected: false, actual: true, facet }], message }];
    },
    ...(switchOff2FA ? {} : { foreseenBy: shown.open2FA.facet }),
    send: async () => {
      if (await byAdmin()) await sendEdit(users, nativeId, { passWord: password });
      else await sendOwnPassword(users, password);
    },
  };
}
