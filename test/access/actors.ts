import { createKey } from '../../src/access/rollcall-keys.ts';
import type { Community } from '../../src/twins/community.ts';
import { everywhere } from './people.ts';

/** What stands in a private place, and nowhere else. */
export const canaryPattern = /CANARY-[a-z]+(?:-[a-z]+)?-[0-9a-f-]+/g;

/** Puts a canary of its own into every private place that this is about. */
export function plantCanaries({ horde, mcsManager, openWebUI }: Community): void {
  for (const user of horde.world.users.all()) {
    user.contact = `CANARY-horde-contact-${user.id}`;
    user.adminComment = `CANARY-horde-comment-${user.id}`;
  }
  for (const { instances } of mcsManager.world.daemons.values())
    for (const instance of instances.values()) instance.nickname = `CANARY-panel-${instance.uuid}`;
  for (const { id } of openWebUI.world.users.inserted()) openWebUI.world.users.change(id, { gender: `CANARY-webui-${id}` });
}

/** Somebody who asks, with what they bring and what they may be shown by it. */
export interface Actor {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Canaries they may see, told by rules that know nothing of how Rollcall works. */
  readonly shown: readonly RegExp[];
  /** The key with which each source may be asked for them, beside none at all. */
  readonly asks: { readonly [source in 'horde' | 'mcsManager' | 'openWebUI']: string | undefined };
}

const made = {
  reader: createKey(),
  keeper: createKey(),
  curator: createKey(),
};

export const actorKeys = [
  { name: 'reader', hash: made.reader.hash, scopes: ['read'] },
  { name: 'keeper', hash: made.keeper.hash, scopes: ['read', 'read:private'] },
  { name: 'curator', hash: made.curator.hash, scopes: ['read', 'read:privileged@horde'], sources: ['horde'] },
];

const contacts = /^CANARY-horde-contact-/;
const comments = /^CANARY-horde-comment-/;
const panel = /^CANARY-panel-/;
const webui = /^CANARY-webui-/;

export function castActors(community: Community): Actor[] {
  const { horde, mcsManager, openWebUI } = community;
  const service = { horde: horde.keys.moderator, mcsManager: mcsManager.keys.admin, openWebUI: openWebUI.keys.admin };
  const nobody = { horde: undefined, mcsManager: undefined, openWebUI: undefined };
  const [ada, chidi] = [everywhere('ada'), everywhere('chidi')];
  const rollcall = ({ key }: { readonly key: string }) => ({ 'x-rollcall-key': key });
  const own = {
    adaHorde: horde.keys.of(ada.horde),
    chidiHorde: horde.keys.of(chidi.horde),
    dunjaHorde: horde.keys.of(104),
    chidiPanel: mcsManager.keys.of(chidi.mcsManager),
    adaWebUI: openWebUI.keys.of(ada.openWebUI) ?? '',
    chidiWebUI: openWebUI.keys.tokenOf(chidi.openWebUI) ?? '',
  };
  const chidisInstances = mcsManager.world.users.get(chidi.mcsManager)?.instances ?? [];
  const chidisPanel = chidisInstances.map(({ instanceUuid }) => new RegExp(`^CANARY-panel-${instanceUuid}$`));
  const wrong = 'no-such-key-anywhere';
  return [
    { name: 'nobody', headers: {}, shown: [], asks: nobody },
    { name: 'a reader', headers: rollcall(made.reader), shown: [], asks: service },
    { name: 'a keeper', headers: rollcall(made.keeper), shown: [contacts, panel, webui], asks: service },
    { name: 'a curator', headers: rollcall(made.curator), shown: [comments], asks: { ...nobody, horde: service.horde } },
    {
      name: 'Chidi by his Horde key',
      headers: { 'x-source-key-horde': own.chidiHorde },
      shown: [/^CANARY-horde-contact-103$/],
      asks: { ...nobody, horde: own.chidiHorde },
    },
    {
      name: 'a keeper who brings Dunja’s Horde key',
      headers: { ...rollcall(made.keeper), 'x-source-key-horde': own.dunjaHorde },
      shown: [/^CANARY-horde-contact-104$/, panel, webui],
      asks: { ...service, horde: own.dunjaHorde },
    },
    {
      name: 'Ada, a moderator by her own Horde key',
      headers: { 'x-source-key-horde': own.adaHorde },
      shown: [contacts, comments],
      asks: { ...nobody, horde: own.adaHorde },
    },
    {
      name: 'Chidi by his panel key',
      headers: { 'x-source-key-mcsmanager': own.chidiPanel },
      shown: chidisPanel,
      asks: { ...nobody, mcsManager: own.chidiPanel },
    },
    {
      name: 'Chidi by his Open WebUI token',
      headers: { 'x-source-key-webui': own.chidiWebUI },
      // It shows names and addresses, and what only administrators may see not even of himself.
      shown: [],
      asks: { ...nobody, openWebUI: own.chidiWebUI },
    },
    {
      name: 'a reader who brings Ada’s Open WebUI key',
      headers: { ...rollcall(made.reader), 'x-source-key-webui': own.adaWebUI },
      shown: [webui],
      asks: { ...service, openWebUI: own.adaWebUI },
    },
    {
      name: 'a keeper with wrong keys of their own',
      headers: {
        ...rollcall(made.keeper),
        'x-source-key-horde': wrong,
        'x-source-key-mcsmanager': wrong,
        'x-source-key-webui': wrong,
      },
      shown: [],
      asks: { horde: wrong, mcsManager: wrong, openWebUI: wrong },
    },
  ];
}
