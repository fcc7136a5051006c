import { cast } from '../../src/domain/cast.ts';
import type { Community } from '../../src/twins/community.ts';

/** Stands in everything that must not be written down anywhere. */
export const canary = 'CANARY-Secret-1';

/** One write, on a source of its own, so that each can be stopped by itself. */
export interface KilledWrite {
  readonly kind: 'AI_HORDE' | 'MCS_MANAGER' | 'OPEN_WEBUI';
  readonly mutation: string;
  /** For a source of this id. */
  input(source: string): object;
  /** What makes another input of that. */
  readonly other: object;
  /** With whose key the source is asked, where that is not the configured one. */
  ownKey?(community: Community): string;
  serviceKey?(community: Community): string;
  /** How often it has been applied since this was called. */
  counting(community: Community): () => number;
  readonly told: {
    /** Nothing had been done, and nothing is in the way of doing it now. */
    readonly fresh: string;
    /** Nobody noted what came of it, and the source does not show it, or does. */
    readonly hidden: string;
    readonly shown: string;
  };
}

const idOf = (alias: string) => {
  const member = cast.find((one) => one.alias === alias);
  return { horde: member?.horde ?? 0, panel: member?.mcsManager ?? '', chat: member?.openWebUI ?? '' };
};

const [bao, chidi, dunja] = [idOf('bao'), idOf('chidi'), idOf('dunja')];
const gift = { transferred: 7, awarded: 11 };

/** By the id of the source that each has for itself. */
export const killedWrites: Readonly<Record<string, KilledWrite>> = {
  transfer: {
    kind: 'AI_HORDE',
    mutation: 'transferHordeKudos',
    input: () => ({ to: `${dunja.horde}`, amount: gift.transferred }),
    other: { amount: 8 },
    ownKey: ({ horde }) => horde.keys.of(chidi.horde),
    counting: ({ horde }) => countingGifts(horde, 'received', gift.transferred),
    // The Horde knows a repetition for one: sent again, it counts once. What moved before that, no statistic tells any more.
    told: { fresh: 'to APPLIED, amount APPLIED', hidden: 'to APPLIED, amount APPLIED', shown: 'to ACCEPTED, amount ACCEPTED' },
  },
  award: {
    kind: 'AI_HORDE',
    mutation: 'awardHordeKudos',
    input: () => ({ to: `${dunja.horde}`, amount: gift.awarded }),
    other: { amount: 12 },
    serviceKey: ({ horde }) => horde.keys.admin,
    counting: ({ horde }) => countingGifts(horde, 'awarded', gift.awarded),
    told: {
      fresh: 'to APPLIED, amount APPLIED',
      hidden: 'to UNKNOWN, amount UNKNOWN; UnknownOutcome',
      shown: 'to UNKNOWN, amount UNKNOWN; UnknownOutcome',
    },
  },
  modify: {
    kind: 'AI_HORDE',
    mutation: 'updateHordeUser',
    input: (source) => ({ id: `${source}:${bao.horde}`, vpn: true, adminComment: 'seen at the quay' }),
    other: { vpn: false },
    counting:
      ({ horde }) =>
      () =>
        horde.world.users.get(bao.horde)?.adminComment === 'seen at the quay' ? 1 : 0,
    told: {
      fresh: 'vpn APPLIED, adminComment APPLIED',
      hidden: 'vpn UNKNOWN, adminComment UNKNOWN; UnknownOutcome',
      shown: 'vpn APPLIED, adminComment APPLIED',
    },
  },
  create: {
    kind: 'MCS_MANAGER',
    mutation: 'createMcsManagerUser',
    input: () => ({ userName: 'Nova', password: canary }),
    other: { userName: 'Other' },
    counting:
      ({ mcsManager }) =>
      () =>
        [...mcsManager.world.users.values()].filter(({ userName }) => userName === 'Nova').length,
    told: {
      fresh: 'userName APPLIED, permission APPLIED, password ACCEPTED',
      hidden: 'userName UNKNOWN, permission UNKNOWN, password UNKNOWN; UnknownOutcome',
      // Whoever made it: the password may be another.
      shown: 'userName APPLIED, permission APPLIED, password UNKNOWN; UnknownOutcome',
    },
  },
  update: {
    kind: 'MCS_MANAGER',
    mutation: 'updateMcsManagerUser',
    input: (source) => ({ id: `${source}:${bao.panel}`, userName: 'Bao' }),
    other: { userName: 'Other' },
    counting:
      ({ mcsManager }) =>
      () =>
        mcsManager.world.users.get(bao.panel)?.userName === 'Bao' ? 1 : 0,
    told: { fresh: 'userName APPLIED', hidden: 'userName UNKNOWN; UnknownOutcome', shown: 'userName APPLIED' },
  },
  password: {
    kind: 'MCS_MANAGER',
    mutation: 'setMcsManagerPassword',
    input: (source) => ({ id: `${source}:${chidi.panel}`, password: canary, switchOff2FA: true }),
    other: { password: `${canary}2` },
    counting:
      ({ mcsManager }) =>
      () =>
        mcsManager.world.users.get(chidi.panel)?.password === canary ? 1 : 0,
    told: {
      fresh: 'password ACCEPTED, open2FA APPLIED',
      hidden: 'password UNKNOWN, open2FA UNKNOWN; UnknownOutcome',
      shown: 'password UNKNOWN, open2FA APPLIED; UnknownOutcome',
    },
  },
  add: {
    kind: 'OPEN_WEBUI',
    mutation: 'addOpenWebUIUser',
    input: () => ({ name: 'Nova', email: 'nova@harbour.example', password: canary }),
    other: { name: 'Other' },
    counting:
      ({ openWebUI }) =>
      () =>
        openWebUI.world.users.inserted().filter(({ email }) => email === 'nova@harbour.example').length,
    told: {
      fresh: 'name APPLIED, email APPLIED, role APPLIED, password ACCEPTED',
      hidden: 'name UNKNOWN, email UNKNOWN, role UNKNOWN, password UNKNOWN; UnknownOutcome',
      shown: 'name APPLIED, email APPLIED, role APPLIED, password UNKNOWN; UnknownOutcome',
    },
  },
  rename: {
    kind: 'OPEN_WEBUI',
    mutation: 'updateOpenWebUIUser',
    input: (source) => ({ id: `${source}:${dunja.chat}`, name: 'Dunja P.' }),
    other: { name: 'Other' },
    counting:
      ({ openWebUI }) =>
      () =>
        openWebUI.world.users.get(dunja.chat)?.name === 'Dunja P.' ? 1 : 0,
    told: { fresh: 'name APPLIED', hidden: 'name UNKNOWN; UnknownOutcome', shown: 'name APPLIED' },
  },
  group: {
    kind: 'OPEN_WEBUI',
    mutation: 'createOpenWebUIGroup',
    input: () => ({ name: 'Night watch' }),
    other: { name: 'Other' },
    counting:
      ({ openWebUI }) =>
      () =>
        openWebUI.world.groups.all().filter(({ name }) => name === 'Night watch').length,
    // Names repeat: which of those that are called so is the new one, only who looked before could say.
    told: {
      fresh: 'name APPLIED, description APPLIED',
      hidden: 'name UNKNOWN, description UNKNOWN; UnknownOutcome',
      shown: 'name UNKNOWN, description UNKNOWN; UnknownOutcome',
    },
  },
};

/** Of somebody whom nobody gives anything but this. */
function countingGifts({ world }: Community['horde'], bucket: 'received' | 'awarded', amount: number): () => number {
  const total = (): number => world.users.get(dunja.horde)?.kudosDetails[bucket] ?? 0;
  const before = total();
  return () => (total() - before) / amount;
}
