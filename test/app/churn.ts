import { newUser } from '../../src/twins/horde/new-records.ts';
import { addUser } from '../../src/twins/mcsmanager/world.ts';
import { blankUser } from '../../src/twins/openwebui/blank-user.ts';
import type { Rollcall } from './rollcall.ts';

/** A source's people as they come and go behind Rollcall's back. */
export interface Churn {
  readonly field: string;
  /** Account ids in the order of the list. */
  everybody(rollcall: Rollcall): string[];
  remove(rollcall: Rollcall, accountId: string): void;
  /** Somebody new, whose place in the list is early or late where the source's order allows both. */
  add(rollcall: Rollcall, serial: number, place: 'early' | 'late'): void;
}

const nativeId = (accountId: string): string => accountId.slice(accountId.indexOf(':') + 1);

const hordeChurn: Churn = {
  field: 'hordeAccounts',
  everybody: ({ community }) =>
    community.horde.world.users
      .all()
      .toSorted((one, other) => one.createdAt - other.createdAt || one.id - other.id)
      .map(({ id }) => `horde:${id}`),
  remove: ({ community }, id) => void community.horde.world.users.remove(Number(nativeId(id))),
  add: ({ community }, serial) =>
    community.horde.world.users.add(
      newUser({ id: 500_000 + serial, alias: 'new', apiKey: `new-${serial}`, createdAt: Date.now() + serial }),
    ),
};

const mcsManagerChurn: Churn = {
  field: 'mcsManagerAccounts',
  everybody: ({ community }) => [...community.mcsManager.world.users.keys()].map((id) => `mcsmanager:${id}`),
  remove: ({ community }, id) => void community.mcsManager.world.users.delete(nativeId(id)),
  add: ({ community }, serial) =>
    void addUser(community.mcsManager.world, { uuid: serial.toString(16).padStart(32, '0'), userName: `new-${serial}` }),
};

const openWebUIChurn: Churn = {
  field: 'openWebUIAccounts',
  everybody: ({ community }) => community.openWebUI.world.users.ordered('email', 'asc').map(({ id }) => `webui:${id}`),
  remove: ({ community }, id) => void community.openWebUI.world.users.remove(nativeId(id)),
  add: ({ community }, serial, place) =>
    void community.openWebUI.world.users.add(
      blankUser({
        id: `new-${serial}`,
        email: `${place === 'early' ? '0' : 'zz'}-${serial}@harbour.example`,
        name: `New ${serial}`,
        role: 'user',
        created_at: 1_760_000_000,
      }),
    ),
};

export const churns = { horde: hordeChurn, mcsManager: mcsManagerChurn, openWebUI: openWebUIChurn };
