import { keepFile, saveFile } from './files.ts';
import { PanelError } from './outcome.ts';
import type { Panel } from './panel.ts';
import { fieldOf } from './request-parts.ts';
import type { InstanceRef, PanelUser } from './world.ts';

/** Field after field, without a look at types; saved at the end, so what an exception leaves behind is in memory only. */
export async function editUser(panel: Panel, user: PanelUser, config: unknown): Promise<void> {
  keepFile(panel.world, user);
  const given = (name: string): unknown => fieldOf(config, name);
  if (given('userName')) user.userName = given('userName');
  if (given('isInit') != null) user.isInit = Boolean(given('isInit'));
  if (given('permission')) user.permission = given('permission');
  if (given('registerTime')) user.registerTime = given('registerTime');
  if (given('loginTime')) user.loginTime = given('loginTime');
  if (given('apiKey') != null) user.apiKey = given('apiKey');
  if (given('secret') != null) user.secret = String(given('secret'));
  if (given('open2FA') != null) user.open2FA = Boolean(given('open2FA'));
  if (given('ssoSub') != null) user.ssoSub = String(given('ssoSub'));
  if (given('ssoBound') != null) user.ssoBound = Boolean(given('ssoBound'));
  if (given('instances')) user.instances = toRefs(given('instances'));
  const password = given('passWord');
  if (password) {
    user.password = String(password);
    user.passWordType = 1;
    await panel.hashing.hash();
  }
  saveFile(panel.world, user);
}

function toRefs(given: unknown): InstanceRef[] {
  if (!Array.isArray(given)) throw new PanelError('instanceIds.forEach is not a function');
  const entries: readonly unknown[] = given;
  for (const entry of entries) {
    if (entry == null) throw new PanelError(`Cannot read properties of ${entry} (reading 'daemonId')`);
    if (!fieldOf(entry, 'daemonId') || !fieldOf(entry, 'instanceUuid'))
      throw new PanelError('Type error, The instances of user must be IUserHaveInstance array.');
  }
  return entries.map((entry) => ({
    instanceUuid: String(fieldOf(entry, 'instanceUuid')),
    daemonId: String(fieldOf(entry, 'daemonId')),
  }));
}
