import type { InstanceRef } from '../../domain/accounts/mcsmanager.ts';

/** `<daemon id>/<instance id>`. Null for text that names no instance. */
export function parseInstanceKey(key: string): InstanceRef | null {
  const slash = key.indexOf('/');
  if (slash <= 0 || slash === key.length - 1) return null;
  return { daemonId: key.slice(0, slash), instanceId: key.slice(slash + 1) };
}

export const formatInstanceKey = (daemonId: string, instanceId: string): string => `${daemonId}/${instanceId}`;
