import type { Community } from '../../src/twins/community.ts';
import { primaryAdminId } from '../../src/twins/openwebui/seeded-world.ts';
import type { AimedMutation } from './aiming.ts';
import type { Truth } from './twin-truth.ts';

/** Of what is neither an account nor a permission; undefined for the mutations that are. To be made before they are sent. */
export function furtherTruth(community: Community, mutation: AimedMutation): Truth | undefined {
  return truths[mutation.name]?.(community, mutation);
}

const truths: Readonly<Record<string, (community: Community, mutation: AimedMutation) => Truth>> = {
  awardHordeKudos: ({ horde: { world } }, { input: { to, amount } }) => {
    const total = (): number => world.users.get(Number(String(to).slice('horde:'.length)))?.kudosDetails.awarded ?? 0;
    const before = total();
    return (field) => {
      const isMoved = total() - before === amount;
      if (field === 'to') return isMoved ? String(to).slice('horde:'.length) : null;
      return isMoved ? amount : 0;
    };
  },
  createHordeSharedKey: ({ horde: { world } }) => {
    const former = new Set(world.sharedKeys.keys());
    const made = () => [...world.sharedKeys.keys()].find((id) => !former.has(id)) ?? '';
    return (field) => sharedKeyTruth(world.sharedKeys.get(made()), field);
  },
  updateHordeSharedKey:
    ({ horde: { world } }, { about }) =>
    (field) =>
      sharedKeyTruth(world.sharedKeys.get(about), field),
  deleteHordeSharedKey:
    ({ horde: { world } }, { about }) =>
    () =>
      !world.sharedKeys.has(about),
  setMcsManagerApiKey: ({ mcsManager: { world } }, { about }) => {
    const user = () => world.users.get(about.slice('mcsmanager:'.length));
    const former = user()?.apiKey;
    return (field) => {
      const now = user();
      if (now === undefined) return undefined;
      if (field === 'key') return now.apiKey === former ? null : '[secret]';
      return now.apiKey !== '';
    };
  },
  createOpenWebUIApiKey: ({ openWebUI: { world } }, { about }) => {
    const key = () => world.apiKeys.of(about.slice('webui:'.length));
    const former = key();
    return () => key() !== undefined && key() !== former;
  },
  deleteOpenWebUIApiKey:
    ({ openWebUI: { world } }, { about }) =>
    () =>
      world.apiKeys.of(about.slice('webui:'.length)) === undefined,
  createOpenWebUIGroup: ({ openWebUI: { world } }) => {
    const former = new Set(world.groups.all().map(({ id }) => id));
    return (field) =>
      groupTruth(
        world.groups.all().find(({ id }) => !former.has(id)),
        field,
      );
  },
  updateOpenWebUIGroup:
    ({ openWebUI: { world } }, { input }) =>
    (field) =>
      groupTruth(world.groups.get(String(input['groupId'])), field),
  deleteOpenWebUIGroup:
    ({ openWebUI: { world } }, { input }) =>
    () =>
      world.groups.get(String(input['groupId'])) === undefined,
  changeOpenWebUIPassword:
    ({ openWebUI: { world } }, { input }) =>
    (field) =>
      field === 'newPassword' && world.passwords.matches(primaryAdminId, String(input['newPassword'])) ? '[secret]' : null,
};

type SharedKey = NonNullable<ReturnType<Community['horde']['world']['sharedKeys']['get']>>;

const dayMs = 86_400_000;

function sharedKeyTruth(key: SharedKey | undefined, field: string): unknown {
  if (key === undefined) return undefined;
  const { name, kudos, expiresAt, maxTextTokens } = key;
  const expiresInDays = expiresAt === null ? -1 : Math.round((expiresAt - Date.now()) / dayMs);
  const values: Readonly<Record<string, unknown>> = { name, kudos, expiresInDays, maxTextTokens };
  return values[field];
}

type Group = NonNullable<ReturnType<Community['openWebUI']['world']['groups']['get']>>;

function groupTruth(group: Group | undefined, field: string): unknown {
  if (group === undefined) return undefined;
  const [place, ...keys] = field.split('.');
  const values: Readonly<Record<string, unknown>> = {
    name: group.name,
    description: group.description,
    permissions: group.permissions ?? {},
  };
  return keys.reduce<unknown>(
    (node, key) => Object.entries(node ?? {}).find(([name]) => name === key)?.[1] ?? null,
    values[place ?? ''],
  );
}
