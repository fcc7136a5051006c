import type { Community } from '../../../src/twins/community.ts';
import type { History } from './history.ts';

export const sourceIds = ['horde', 'mcsmanager', 'webui'] as const;
export type SourceId = (typeof sourceIds)[number];

/** An account whose every change is noted, by whatever way it comes about. */
export interface Subject {
  readonly source: SourceId;
  /** As Rollcall says it. */
  readonly id: string;
  readonly native: string;
  /** Only Rollcall changes some of them, and only others that go past it the rest. */
  readonly isOurs: boolean;
  /** Changes something past Rollcall. */
  change(): void;
}

/** How many of each source, cast included. */
const many = 12;
/** More of the Horde, which lets each of its users be read sixty times in a minute. */
const manyOnHorde = 40;

/** Lays the history under the twins' own records, and writes something into each that only some may see. */
export function openSubjects({ horde, mcsManager, openWebUI }: Community, history: History): Subject[] {
  let version = 0;
  const next = (): number => {
    version += 1;
    return version;
  };
  const hordeIds = [101, 102, 103, 104, 105, ...Array.from({ length: 60 }, (_, index) => 3 + index)];
  const hordeSubjects = hordeIds
    .flatMap((id) => horde.world.users.get(id) ?? [])
    .filter(({ deleted, roles }) => !deleted && !roles.flagged)
    .slice(0, manyOnHorde)
    .map((user, index): Subject => {
      const id = `horde:${user.id}`;
      user.contact = `canary-contact-${user.id}@example.org`;
      user.adminComment = `canary-comment-${user.id}.`;
      watch(history, id, 'kudos', user, 'kudos');
      watch(history, id, 'contact', user, 'contact');
      watch(history, id, 'adminComment', user, 'adminComment');
      watch(history, id, 'username', user, 'alias', (alias) => `${String(alias)}#${user.id}`);
      // A number that tells whose it is.
      const change = (): void => {
        user.kudos = user.id * 1_000_000 + next();
      };
      change();
      return { source: 'horde', id, native: String(user.id), isOurs: index % 2 === 1, change };
    });
  const panelSubjects = [...mcsManager.world.users.values()].slice(1, 1 + many).map((user, index): Subject => {
    const id = `mcsmanager:${user.uuid}`;
    watch(history, id, 'username', user, 'userName');
    const change = (): void => {
      user.userName = panelName(user.uuid, next());
    };
    change();
    return { source: 'mcsmanager', id, native: user.uuid, isOurs: index % 2 === 1, change };
  });
  const chatSubjects = openWebUI.world.users
    .inserted()
    .slice(1, 1 + many)
    .map((user, index): Subject => {
      const id = `webui:${user.id}`;
      watch(history, id, 'name', user, 'name');
      watch(history, id, 'email', user, 'email');
      watch(history, id, 'gender', user, 'gender');
      const change = (): void => {
        openWebUI.world.users.change(user.id, { name: chatName(user.id, next()) });
      };
      change();
      openWebUI.world.users.change(user.id, { gender: `canary-gender-${user.id}` });
      return { source: 'webui', id, native: user.id, isOurs: index % 2 === 1, change };
    });
  return [...hordeSubjects, ...panelSubjects, ...chatSubjects];
}

/** Whoever reads another's is found out by it. */
export const panelName = (native: string, version: number): string => `canary-panel-${native}-v${version}`;
export const chatName = (native: string, version: number): string => `${native.slice(0, 8)} v${version}`;

function watch<Target extends object, Key extends keyof Target>(
  history: History,
  id: string,
  field: string,
  target: Target,
  key: Key,
  show: (value: Target[Key]) => unknown = (value) => value,
): void {
  let value = target[key];
  history.note(id, field, show(value));
  Object.defineProperty(target, key, {
    enumerable: true,
    configurable: true,
    get: () => value,
    set: (next: Target[Key]) => {
      value = next;
      history.note(id, field, show(next));
    },
  });
}
