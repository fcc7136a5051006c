import type { Community } from '../../src/twins/community.ts';
import type { AimedMutation } from './aiming.ts';
import { senderId } from './twin-truth.ts';

/** Headers with the key of whoever would do this: absent where the service does. */
export function ownKeyFor(community: Community, { name, about, input }: AimedMutation): Readonly<Record<string, string>> {
  const { horde, mcsManager, openWebUI } = community;
  if (name === 'transferHordeKudos') return { 'x-source-key-horde': horde.keys.of(senderId) };
  if (name === 'awardHordeKudos' || 'usageMultiplier' in input) return { 'x-source-key-horde': horde.keys.admin };
  if (name === 'setMcsManagerApiKey' && input['enabled'] === true) return { 'x-source-key-mcsmanager': mcsManager.keys.admin };
  const token = name.endsWith('OpenWebUIApiKey') ? sessionOf(openWebUI, about.slice('webui:'.length)) : undefined;
  return token === undefined ? {} : { 'x-source-key-webui': token };
}

const sessions = new WeakMap<object, Map<string, string | undefined>>();

/** A session outlives the key that is made or taken away, and another one is another caller. Who is gone has none. */
function sessionOf({ keys }: Community['openWebUI'], userId: string): string | undefined {
  const own = sessions.get(keys) ?? new Map<string, string | undefined>();
  sessions.set(keys, own);
  if (!own.has(userId)) own.set(userId, keys.tokenOf(userId));
  return own.get(userId);
}
