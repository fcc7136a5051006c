import type { WriteName, Writes } from '../../src/domain/writes.ts';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { idOf } from './openwebui-writing.ts';

const groupId = sampleGroupIds.crew;
const nativeId = idOf('bao');
export const secret = 'CANARY-of-the-caller';
export const tools = [{ url: 'https://x.example', key: secret, headers: { 'x-y': secret } }];

/** An input that can be meant for each write. */
export const every: { readonly [Name in WriteName]?: Writes[Name] } = {
  addOpenWebUIUser: { name: 'N', email: 'n@x.example', password: secret },
  updateOpenWebUIUser: { nativeId, name: 'N', password: secret },
  setOpenWebUIRole: { nativeId, role: 'pending' },
  deleteOpenWebUIUser: { nativeId },
  updateOpenWebUIDefaultPermissions: { grants: [{ section: 'chat', key: 'edit', allowed: false }] },
  createOpenWebUIGroup: { name: 'G' },
  updateOpenWebUIGroup: { groupId, name: 'G', ifUnchanged: { name: 'H' } },
  deleteOpenWebUIGroup: { groupId },
  addOpenWebUIGroupMembers: { groupId, userIds: [idOf('ada')] },
  removeOpenWebUIGroupMembers: { groupId, userIds: [nativeId] },
  updateOpenWebUIProfile: { bio: 'B', ifUnchanged: { gender: 'g' } },
  updateOpenWebUISettings: { ui: { toolServers: tools, directConnections: null, notifications: { webhook_url: secret } } },
  updateOpenWebUIInfo: { info: { apiKey: secret, location: 'Lagos' } },
  setOpenWebUIStatus: { emoji: '⛵' },
  setOpenWebUITimezone: { timezone: 'Asia/Tokyo' },
  changeOpenWebUIPassword: { currentPassword: secret, newPassword: `${secret}!` },
  createOpenWebUIApiKey: {},
  deleteOpenWebUIApiKey: {},
  ban: { nativeId },
  unban: { nativeId },
  delete: { nativeId },
};
export const everyName = Object.keys(every) as (keyof typeof every)[];
