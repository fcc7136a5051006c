import { createKey } from '../../../src/access/rollcall-keys.ts';
import type { Community } from '../../../src/twins/community.ts';
import { everywhere } from '../../access/people.ts';
import type { SourceId } from '../truth/subjects.ts';

/** Somebody who asks, and what of the marks on other people's accounts they may see. */
export interface Caller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where they ask as themselves; nobody else's accounts there are theirs to look at whole. */
  readonly own: Partial<Readonly<Record<SourceId, string>>>;
  readonly sources: readonly SourceId[];
  readonly readsLists: boolean;
  mayHold(mark: string): boolean;
}

export interface Callers {
  /** Sees everything, through the service's keys. Changes things too. */
  readonly operator: Caller;
  readonly all: readonly Caller[];
  /** The `access` section that knows them. */
  readonly access: object;
}

const everything: readonly SourceId[] = ['horde', 'mcsmanager', 'webui'];

/** One for each kind of credential: the service's with all scopes and with one, and two people's own keys. */
export function createCallers({ horde, mcsManager, openWebUI }: Community): Callers {
  const [operatorKey, readerKey] = [createKey(), createKey()];
  const operator: Caller = {
    name: 'operator',
    headers: { 'x-rollcall-key': operatorKey.key },
    own: {},
    sources: everything,
    readsLists: true,
    mayHold: () => true,
  };
  const reader: Caller = {
    name: 'reader',
    headers: { 'x-rollcall-key': readerKey.key },
    own: {},
    sources: everything,
    readsLists: true,
    // Names on the panel are for everybody who may read at all.
    mayHold: (mark) => mark.startsWith('canary-panel-'),
  };
  const own = (alias: string): Caller => {
    const { horde: id, mcsManager: uuid, openWebUI: chat } = everywhere(alias);
    const key = openWebUI.keys.of(chat);
    if (key === undefined) throw new Error(`Open WebUI gives ${alias} no key`);
    return {
      name: alias,
      headers: {
        'x-source-key-horde': horde.keys.of(id),
        'x-source-key-mcsmanager': mcsManager.keys.of(uuid),
        'x-source-key-webui': key,
      },
      own: { horde: `horde:${id}`, mcsmanager: `mcsmanager:${uuid}`, webui: `webui:${chat}` },
      sources: everything,
      readsLists: false,
      mayHold: (mark) =>
        mark.startsWith(`canary-contact-${id}@`) || mark.startsWith(`canary-panel-${uuid}-`) || mark === `canary-gender-${chat}`,
    };
  };
  const keys = [
    { name: 'operator', hash: operatorKey.hash, scopes: ['read', 'read:private', 'read:privileged', 'write', 'write:admin'] },
    { name: 'reader', hash: readerKey.hash, scopes: ['read'] },
  ];
  return { operator, all: [operator, reader, ...ownKeyed.map(own)], access: { keys } };
}

/** Members of the cast without any office, with accounts and keys everywhere. */
const ownKeyed = ['chidi'] as const;

export const markPattern = /canary-[a-z]+-[\w@.-]+/g;
