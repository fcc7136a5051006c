import type { Community } from '../../src/twins/community.ts';
import { primaryAdminId } from '../../src/twins/openwebui/seeded-world.ts';
import type { AimedMutation } from './aiming.ts';
import { isWrite, type TwinName, twinNames } from './random-faults.ts';

/** Somebody who changes what a mutation is about, directly in the twin, without telling Rollcall. */
export interface Meddling {
  /** As the sequences call what is changed, and its field. */
  readonly thing: string;
  readonly field: string;
  act(): void;
}

/** When the second writer comes: as Rollcall's write arrives, or when that is done and Rollcall comes to look. */
export type Turn = 'as it is sent' | 'before it is read back';

export interface SecondWriter {
  lieInWait(twin: TwinName, turn: Turn, act: () => void): void;
  /** Whether it has acted; it does not any more. */
  settle(): boolean;
}

export function createSecondWriter(community: Community): SecondWriter {
  let waiting: { readonly twin: TwinName; readonly turn: Turn; readonly act: () => void } | undefined;
  let isWritten = false;
  let hasActed = false;
  for (const name of twinNames) {
    const { faults } = community[name];
    const take = faults.take.bind(faults);
    faults.take = (method, path) => {
      if (waiting?.twin === name) {
        const writes = isWrite(method, path);
        if (!hasActed && (waiting.turn === 'as it is sent' ? writes : isWritten && !writes)) {
          hasActed = true;
          waiting.act();
        }
        isWritten ||= writes;
      }
      return take(method, path);
    };
  }
  return {
    lieInWait: (twin, turn, act) => {
      waiting = { twin, turn, act };
      isWritten = false;
      hasActed = false;
    },
    settle: () => {
      waiting = undefined;
      return hasActed;
    },
  };
}

/** What they would change of that which this mutation is about; undefined where there is nothing of it. */
export function meddlingWith(community: Community, { name, about, input }: AimedMutation, pick: number): Meddling | undefined {
  const { horde, mcsManager, openWebUI } = community;
  const [source, nativeId = ''] = about.split(':');
  const text = `by another ${pick}`;
  if (name === 'updateOpenWebUIProfile')
    return { thing: name, field: 'bio', act: () => void openWebUI.world.users.change(primaryAdminId, { bio: text }) };
  if (name.includes('Group') && input['groupId'] !== undefined) {
    const id = String(input['groupId']);
    if (openWebUI.world.groups.get(id) === undefined) return undefined;
    return { thing: id, field: 'description', act: () => void openWebUI.world.groups.change(id, { description: text }) };
  }
  if (source === 'horde') {
    const user = horde.world.users.get(Number(nativeId));
    if (user === undefined) return undefined;
    const changes: readonly Omit<Meddling, 'thing'>[] = [
      { field: 'vpn', act: () => (user.roles.vpn = !user.roles.vpn) },
      { field: 'adminComment', act: () => (user.adminComment = text) },
      { field: 'concurrency', act: () => (user.concurrency = 31 + pick) },
    ];
    return { thing: about, ...(changes[pick % changes.length] ?? fail()) };
  }
  if (source === 'mcsmanager') {
    const user = mcsManager.world.users.get(nativeId);
    if (user === undefined) return undefined;
    return { thing: about, field: 'isInit', act: () => (user.isInit = !user.isInit) };
  }
  const user = source === 'webui' ? openWebUI.world.users.get(nativeId) : undefined;
  if (user === undefined) return undefined;
  return { thing: about, field: 'name', act: () => void openWebUI.world.users.change(nativeId, { name: text }) };
}

function fail(): never {
  throw new Error('there is always one');
}
