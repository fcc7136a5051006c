import type { ListReader } from '../../src/sources/contract.ts';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { newUser } from '../../src/twins/horde/new-records.ts';
import { mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { addUser } from '../../src/twins/mcsmanager/world.ts';
import { blankUser } from '../../src/twins/openwebui/blank-user.ts';
import { openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { openHorde } from './horde-session.ts';
import { openPanel } from './mcsmanager-session.ts';
import { openSource } from './openwebui-session.ts';

/** A source with ten thousand accounts, whose world can be changed. */
export interface Crowd extends AsyncDisposable {
  readonly reader: ListReader;
  /** How many requests were made. */
  requests(): number;
  /** In the order of the list. */
  ids(): string[];
  /** False when the account has to stay. */
  remove(id: string): boolean;
  /** Somewhere in the list. */
  create(nth: number): void;
}

export const size = 10_000;

export const crowds = {
  horde: async () => {
    const twin = await hordeTwin({ size, limits: false, caches: false });
    const horde = openHorde(twin.url);
    const { users } = twin.world;
    return {
      reader: horde.session.list({}),
      requests: () => twin.requests.length,
      ids: () =>
        users
          .all()
          .toSorted((a, b) => a.createdAt - b.createdAt)
          .map(({ id }) => String(id)),
      remove: (id) => users.remove(Number(id)),
      create: (nth) =>
        users.add(newUser({ id: 20_000 + nth, alias: 'new', apiKey: `new-${20_000 + nth}`, createdAt: Date.now() + nth })),
      [Symbol.asyncDispose]: () => closeBoth(horde, twin),
    };
  },
  mcsManager: async () => {
    const twin = await mcsManagerTwin({ size });
    const panel = openPanel(twin.url, { key: twin.keys.admin });
    const { users } = twin.world;
    const keptForTheKey = [...users.keys()][0];
    return {
      reader: panel.session.list({}),
      requests: () => twin.requests.length,
      ids: () => [...users.keys()],
      remove: (id) => id !== keptForTheKey && users.delete(id),
      create: (nth) => addUser(twin.world, { uuid: `${nth}`.padStart(32, '0'), userName: `new ${nth}` }),
      [Symbol.asyncDispose]: () => closeBoth(panel, twin),
    };
  },
  openWebUI: async () => {
    const twin = await openWebUITwin({ size });
    const webui = openSource(twin.url, { key: twin.keys.admin });
    const { users } = twin.world;
    const keptForTheKey = users.ordered('created_at', 'asc')[0]?.id;
    return {
      reader: webui.session.list({}),
      requests: () => twin.requests.length,
      ids: () => users.ordered('email', 'asc').map(({ id }) => id),
      remove: (id) => id !== keptForTheKey && users.remove(id),
      create: (nth) => {
        // Anywhere in the alphabet.
        const email = `${String.fromCharCode(97 + ((nth * 7) % 26))}${nth}@new.example`;
        users.add(blankUser({ id: `new-${nth}`, email, name: 'New', role: 'user', created_at: 1_700_000_000 }));
      },
      [Symbol.asyncDispose]: () => closeBoth(webui, twin),
    };
  },
} satisfies Record<string, () => Promise<Crowd>>;

async function closeBoth(source: AsyncDisposable, twin: AsyncDisposable): Promise<void> {
  await source[Symbol.asyncDispose]();
  await twin[Symbol.asyncDispose]();
}
