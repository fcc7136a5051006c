import type { McsManagerNewUser } from '../../../domain/accounts/mcsmanager-writes.ts';
import { SourceError } from '../../../errors.ts';
import type { Creation, WantedField } from '../../../writing/change.ts';
import { Refusal } from '../../../writing/refusals.ts';
import { findByUsername } from '../names.ts';
import { instancesFault, nameFault, passwordFault, refuseFaults, rightsFault } from './checking.ts';
import { readState } from './edit.ts';
import { nameInUse } from './foreseeing.ts';
import { sendCreate, sendEdit } from './sending.ts';
import { editFields, rolePermissions, toWire, unique } from './user-fields.ts';
import type { Writing } from './writing.ts';

/** The panel takes instances only from a second call, so that a user can come to be without them; that is told then. */
export function createUser({ users }: Writing, input: McsManagerNewUser): Creation {
  const { userName, password, role, permission, instances } = input;
  refuseFaults([nameFault(userName), passwordFault(password), rightsFault(input, false), instancesFault('instances', instances)]);
  const level = (role == null ? permission : rolePermissions[role]) ?? 1;
  const secret: WantedField<unknown> = { name: 'password', wanted: '[new]', secret: true, current: () => undefined };
  const rights = role == null ? { permission: level } : { role };
  return {
    sort: 'creation',
    operation: 'createMcsManagerUser',
    target: `user ${JSON.stringify(userName)} on ${users.panel.source}`,
    lane: 'hashing',
    fields: [...editFields({ userName, ...rights, ...(instances == null ? {} : { instances }) }), secret],
    find: async () => (await findByUsername(users, userName))[0] ?? null,
    send: async () => {
      const uuid = await sendCreate(users, { username: userName, password, permission: level });
      if (uuid === null) {
        const [taken] = await nameInUse(users, userName, null);
        throw taken === undefined ? new SourceError('SOURCE_FAILED', users.panel.source) : new Refusal(taken);
      }
      return uuid;
    },
    complete: async (uuid) => {
      if (instances != null && instances.length > 0) {
        await sendEdit(users, uuid, { instances: unique(instances).map(toWire) });
      }
    },
    read: (id) => readState(users, id),
  };
}
