import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { keysAt } from '../access/people.ts';
import type { Rollcall } from '../app/rollcall.ts';
import { idOf, tokenOf } from '../sources/openwebui-writing.ts';

/** One mutation that really changes something. */
export interface Meant {
  readonly input: (rollcall: Rollcall) => Readonly<Record<string, unknown>>;
  /** Made before anybody looks. */
  readonly prepare?: (rollcall: Rollcall) => void;
  readonly headers?: (rollcall: Rollcall) => Record<string, string>;
  /** What it changes shows in nothing that can be read. */
  readonly unseen?: true;
}

const { crew } = sampleGroupIds;
const panelUser = 'mcsmanager:c41d1c41d1c44c418c41d1c41d1c0003';
const chatUser = `webui:${idOf('bao')}`;
const chidis = (rollcall: Rollcall) => ({ 'x-source-key-webui': tokenOf(rollcall.community.openWebUI, 'chidi') });
const hordeKey = (id: number) => (rollcall: Rollcall) => keysAt(rollcall.community).horde(id);
const sharedKeyOf103 = ({ community }: Rollcall): string => {
  const [key] = [...community.horde.world.sharedKeys.values()].filter(({ ownerId }) => ownerId === 103);
  if (key === undefined) throw new Error('103 has no shared key');
  return key.id;
};

/** Every mutation there is; a test sees to it that none is missing. */
export const everyMutation: Readonly<Record<string, Meant>> = {
  // As a moderator she is shown more of everybody.
  updateHordeUser: {
    input: () => ({ id: 'horde:104', moderator: true }),
    headers: ({ community }) => ({ 'x-source-key-horde': community.horde.keys.admin }),
  },
  deleteHordeUser: { input: () => ({ id: 'horde:104' }) },
  undeleteHordeUser: {
    input: () => ({ id: 'horde:104' }),
    prepare: ({ community }) => Object.assign(community.horde.world.users.get(104) ?? {}, { deleted: true }),
  },
  transferHordeKudos: { input: () => ({ to: 'horde:104'.slice(6), amount: 10 }), headers: hordeKey(103) },
  awardHordeKudos: {
    input: () => ({ to: '104', amount: 5 }),
    headers: ({ community }) => ({ 'x-source-key-horde': community.horde.keys.admin }),
  },
  createHordeSharedKey: { input: () => ({ name: 'party', kudos: 100 }), headers: hordeKey(103) },
  updateHordeSharedKey: {
    input: (rollcall) => ({ sharedKeyId: sharedKeyOf103(rollcall), kudos: 201 }),
    headers: hordeKey(103),
  },
  deleteHordeSharedKey: { input: (rollcall) => ({ sharedKeyId: sharedKeyOf103(rollcall) }), headers: hordeKey(103) },

  createMcsManagerUser: { input: () => ({ userName: 'newcomer', password: 'Aa1aaaaaaaaa', role: 'USER' }) },
  updateMcsManagerUser: { input: () => ({ id: panelUser, userName: 'chidi2', instances: [] }) },
  setMcsManagerPassword: { input: () => ({ id: panelUser, password: 'Bb2bbbbbbbbb' }), unseen: true },
  setMcsManagerApiKey: { input: () => ({ id: panelUser, enabled: false }) },
  banMcsManagerUser: { input: () => ({ id: panelUser }) },
  unbanMcsManagerUser: {
    input: () => ({ id: panelUser }),
    prepare: ({ community }) =>
      Object.assign(community.mcsManager.world.users.get(panelUser.slice('mcsmanager:'.length)) ?? {}, { permission: -1 }),
  },
  deleteMcsManagerUsers: { input: () => ({ ids: [panelUser] }) },

  addOpenWebUIUser: { input: () => ({ name: 'Newcomer', email: 'new@harbour.example', password: 'tide turns at 8' }) },
  updateOpenWebUIUser: { input: () => ({ id: chatUser, name: 'Bao the Second' }) },
  setOpenWebUIRole: { input: () => ({ id: chatUser, role: 'pending' }) },
  deleteOpenWebUIUser: { input: () => ({ id: chatUser }) },
  updateOpenWebUIDefaultPermissions: { input: () => ({ grants: [{ section: 'chat', key: 'edit', allowed: false }] }) },
  createOpenWebUIGroup: { input: () => ({ name: 'Night watch' }) },
  updateOpenWebUIGroup: {
    input: () => ({ groupId: crew, name: 'Crew by night', permissions: { chat: { delete: false } }, permissionsMode: 'MERGE' }),
  },
  deleteOpenWebUIGroup: { input: () => ({ groupId: crew }) },
  addOpenWebUIGroupMembers: { input: () => ({ groupId: sampleGroupIds.keepers, accounts: [chatUser, `webui:${idOf('ada')}`] }) },
  removeOpenWebUIGroupMembers: { input: () => ({ groupId: crew, accounts: [`webui:${idOf('chidi')}`] }) },
  updateOpenWebUIProfile: { input: () => ({ bio: 'Mends nets.', name: 'Chidi the Second' }), headers: chidis },
  updateOpenWebUISettings: {
    input: () => ({ ui: { landingPageMode: 'quay', toolServers: null, notifications: null } }),
    headers: chidis,
  },
  updateOpenWebUIInfo: { input: () => ({ info: { deck: 4 } }), headers: chidis },
  setOpenWebUIStatus: { input: () => ({ emoji: '⚓' }), headers: chidis },
  setOpenWebUITimezone: { input: () => ({ timezone: 'Africa/Accra' }), headers: chidis },
  changeOpenWebUIPassword: {
    input: () => ({ currentPassword: seededPassword, newPassword: 'new one' }),
    headers: chidis,
    unseen: true,
  },
  createOpenWebUIApiKey: { input: () => ({}), headers: chidis, unseen: true },
  deleteOpenWebUIApiKey: {
    input: () => ({}),
    // Whoever asks with it is told nothing any more.
    headers: ({ community }) => keysAt(community).webui(idOf('bao')),
  },

  banUser: { input: () => ({ id: 'horde:103' }) },
  unbanUser: {
    input: () => ({ id: 'horde:103', sources: ['horde'] }),
    prepare: ({ community }) => Object.assign(community.horde.world.users.get(103)?.roles ?? {}, { flagged: true }),
  },
  deleteUser: { input: () => ({ id: 'horde:103' }) },
};

/** Everything that a write could change, as far as one may see it. What moves by itself is left out. */
export const everything = `{
  usersById(ids: ["horde:101", "horde:103", "horde:104", "${chatUser}"]) {
    id username displayName kudos
    horde { username trusted moderator flagged deleted kudos kudosDetails { gifted received awarded } contact adminComment sharedKeyIds sharedKeys { name kudos } concurrency }
    mcsManager { username permission hasApiKey isInit instances { nickname } permissions { role } }
    openWebUI { name email role bio groups { name permissions memberCount } settings { all } info timezone status { emoji } permissions { grants { section key allowed } } }
  }
  hordeAccounts(first: 5) { edges { node { id username trusted } } }
  mcsManagerAccounts(first: 30) { totalCount edges { node { id username permission } } }
  openWebUIAccounts(first: 30) { totalCount edges { node { id name role groups { name } } } }
  openWebUIGroups { id name memberCount permissions }
  openWebUIDefaultPermissions { grants { section key allowed } }
  newcomer: userByUsername(username: "Newcomer", source: "webui") { displayName }
  found: searchUsers(query: "bao", sources: ["webui", "mcsmanager"]) { users { id username } sources { totalCount } }
}`;
