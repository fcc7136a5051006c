import type { PanelUser, PanelWorld } from './world.ts';

/** To be called before a change that the panel makes in memory only. */
export function keepFile(world: PanelWorld, user: PanelUser): void {
  if (!world.staleFiles.has(user.uuid)) world.staleFiles.set(user.uuid, { ...user, instances: [...user.instances] });
}

/** Memory and file agree again. */
export function saveFile(world: PanelWorld, user: PanelUser): void {
  world.staleFiles.delete(user.uuid);
}

export function deleteUser(world: PanelWorld, uuid: string): void {
  world.users.delete(uuid);
  world.staleFiles.delete(uuid);
}

/** As when an instance is deleted through the panel: its owners lose the reference, but their files keep it. */
export function removeInstance(world: PanelWorld, daemonId: string, instanceUuid: string): void {
  world.daemons.get(daemonId)?.instances.delete(instanceUuid);
  for (const user of world.users.values()) {
    const others = user.instances.filter((ref) => ref.daemonId !== daemonId || ref.instanceUuid !== instanceUuid);
    if (others.length === user.instances.length) continue;
    keepFile(world, user);
    user.instances = others;
  }
}

/** What a start of the panel finds on disk: the saved users, by the names of their files. */
export function reloadFiles(world: PanelWorld): void {
  for (const [uuid, file] of world.staleFiles) {
    const user = world.users.get(uuid);
    if (user !== undefined) Object.assign(user, file);
  }
  world.staleFiles.clear();
  const users = [...world.users.values()].sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
  world.users.clear();
  for (const user of users) world.users.set(user.uuid, user);
}
