import { cast } from '../../src/domain/cast.ts';
import type { Community } from '../../src/twins/community.ts';
import type { TwinName } from './random-faults.ts';
import type { Aim, DrawnMutation } from './random-mutations.ts';

/** A drawn mutation, and whom it is about now. */
export interface AimedMutation {
  readonly name: string;
  readonly twin: TwinName;
  readonly input: Readonly<Record<string, unknown>>;
  /** The account; for the others any name of what they change. */
  readonly about: string;
}

export const castIds = {
  horde: [103, 104, 107, 108].map((id) => `horde:${id}`),
  mcsManager: idsOf('mcsManager', 'mcsmanager', ['bao', 'chidi', 'fumiko', 'hex']),
  openWebUI: idsOf('openWebUI', 'webui', ['bao', 'chidi', 'dunja', 'gus', 'hex']),
} as const;

const nobody = {
  mcsManager: 'mcsmanager:0123456789abcdef0123456789abcdef',
  openWebUI: 'webui:00000000-0000-4000-8000-00000000dead',
} as const;

/** The accounts that the sequences are about: the cast, and whoever was made. */
export function accountsOf({ horde, mcsManager, openWebUI }: Community, before: ReadonlySet<string>) {
  const panel = [...mcsManager.world.users.keys()].map((id) => `mcsmanager:${id}`);
  const chat = openWebUI.world.users.inserted().map(({ id }) => `webui:${id}`);
  const made = (ids: readonly string[]) => ids.filter((id) => !before.has(id));
  return {
    horde: castIds.horde,
    mcsManager: [...castIds.mcsManager, ...made(panel)],
    openWebUI: [...castIds.openWebUI, ...made(chat)],
    groups: openWebUI.world.groups.all().map(({ id }) => id),
    sharedKeys: aimedKeys(horde.world),
  };
}

/** Those of whoever asks, most often; and now and then somebody else's. */
function aimedKeys({ sharedKeys }: Community['horde']['world']): string[] {
  const all = [...sharedKeys.values()];
  const own = all.filter(({ ownerId }) => ownerId === serviceId).map(({ id }) => id);
  return [...own, ...own, ...own, ...all.slice(0, 1).map(({ id }) => id)];
}

/** Whose key the Horde is asked with, unless it is somebody's own. */
export const serviceId = 2;

export type Accounts = ReturnType<typeof accountsOf>;

export function aim({ name, aim: what, pick, input }: DrawnMutation, accounts: Accounts): AimedMutation {
  const twin = twinOf(name, what);
  const choose = (ids: readonly string[]): string => ids[pick % ids.length] ?? '';
  if (what === 'nothing') return { name, twin, input, about: name };
  if (what === 'members') {
    // Now and then somebody whom the source passes over in silence.
    const ids = [...accounts.openWebUI, nobody.openWebUI];
    return { name, twin, input: { ...input, accounts: [...new Set([choose(ids), choose([...ids].reverse())])] }, about: name };
  }
  if (what === 'panelUsers') {
    const id = choose([...accounts.mcsManager, nobody.mcsManager]);
    return { name, twin, input: { ids: [id] }, about: id };
  }
  if (what === 'groups') return { name, twin, input: { ...input, groupId: choose(accounts.groups) }, about: name };
  if (what === 'sharedKeys') {
    const sharedKeyId = choose(accounts.sharedKeys);
    return { name, twin, input: { ...input, sharedKeyId }, about: sharedKeyId };
  }
  if (what === 'holder') return { name, twin, input, about: choose(accounts.openWebUI) };
  const id = choose(accounts[what === 'person' ? 'horde' : what]);
  return { name, twin, input: { ...input, id }, about: id };
}

const twinOf = (name: string, what: Aim): TwinName => {
  if (what === 'horde' || what === 'mcsManager' || what === 'openWebUI') return what;
  if (name.includes('McsManager')) return 'mcsManager';
  return name.includes('OpenWebUI') ? 'openWebUI' : 'horde';
};

function idsOf(key: 'mcsManager' | 'openWebUI', source: string, aliases: readonly string[]): string[] {
  return cast.flatMap((member) =>
    aliases.includes(member.alias) && member[key] !== undefined ? [`${source}:${member[key]}`] : [],
  );
}
