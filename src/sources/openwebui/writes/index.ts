import type { HttpClient } from '../../../http/client.ts';
import type { Asking, Writers } from '../../contract.ts';
import { tellStatus, watchStatus } from '../../watched-writes.ts';
import { addUser } from './adding-users.ts';
import { createGroup } from './creating-groups.ts';
import { updateDefaultPermissions } from './default-permissions.ts';
import { deleteGroup } from './deleting-groups.ts';
import { deleteUser } from './deleting-users.ts';
import { addGroupMembers, removeGroupMembers } from './group-members.ts';
import { createMeans } from './means.ts';
import { createApiKey, deleteApiKey } from './own-api-key.ts';
import { updateInfo } from './own-info.ts';
import { changePassword } from './own-password.ts';
import { updateProfile } from './own-profile.ts';
import { updateSettings } from './own-settings.ts';
import { setStatus } from './own-status.ts';
import { setTimezone } from './own-timezone.ts';
import { updateGroup } from './updating-groups.ts';
import { ban, setRole, unban, updateUser } from './updating-users.ts';

/** All that can be changed, each by the name of its mutation. Making a write checks its input and asks nothing. */
export function openWrites(source: string, http: HttpClient, asking: Asking): Writers {
  const watched = watchStatus(http);
  const means = createMeans(source, watched.http, asking);
  const writers: Writers = {
    addOpenWebUIUser: (input) => addUser(means, input),
    updateOpenWebUIUser: (input) => updateUser(means, input),
    setOpenWebUIRole: (input) => setRole(means, input),
    deleteOpenWebUIUser: ({ nativeId }) => deleteUser(means, 'deleteOpenWebUIUser', nativeId),
    updateOpenWebUIDefaultPermissions: ({ grants }) => updateDefaultPermissions(means, grants),
    createOpenWebUIGroup: (input) => createGroup(means, input),
    updateOpenWebUIGroup: (input) => updateGroup(means, input),
    deleteOpenWebUIGroup: ({ groupId }) => deleteGroup(means, groupId),
    addOpenWebUIGroupMembers: (input) => addGroupMembers(means, input),
    removeOpenWebUIGroupMembers: (input) => removeGroupMembers(means, input),
    updateOpenWebUIProfile: (input) => updateProfile(means, input),
    updateOpenWebUISettings: (input) => updateSettings(means, input),
    updateOpenWebUIInfo: (input) => updateInfo(means, input),
    setOpenWebUIStatus: (input) => setStatus(means, input),
    setOpenWebUITimezone: ({ timezone }) => setTimezone(means, timezone),
    changeOpenWebUIPassword: (input) => changePassword(means, input),
    createOpenWebUIApiKey: () => createApiKey(means),
    deleteOpenWebUIApiKey: () => deleteApiKey(means),
    ban: ({ nativeId }) => ban(means, nativeId),
    unban: ({ nativeId }) => unban(means, nativeId),
    delete: ({ nativeId }) => deleteUser(means, 'delete', nativeId),
  };
  return tellStatus(writers, watched.told);
}
