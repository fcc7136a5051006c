import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import type { Action, Deletion, Problem } from '../../../writing/change.ts';
import { Refusal } from '../../../writing/refusals.ts';
import { ownKeyWanted } from '../../own-key-wanted.ts';
import { session } from '../endpoints.ts';
import { OpenWebUISession } from '../wire.ts';
import { apiKey as endpoint } from './endpoints.ts';
import type { Means } from './means.ts';
import { grantAt } from './permission-tree.ts';
import { ApiKeyAnswer } from './wire.ts';

/** A new key; the former one, if there was one, no longer works. */
export function createApiKey(means: Means): Action {
  demandOwnKey(means);
  let former: string | null | undefined;
  return {
    sort: 'action',
    operation: 'createOpenWebUIApiKey',
    target: means.ownAccount,
    fields: [{ ...created, current: ({ key }: Look) => (key === undefined ? undefined : key !== null && key !== former) }],
    repeatable: false,
    // Whoever asked with the former key can no longer ask, and is left with the source's word.
    look: async (): Promise<Look> => ({ key: await readKey(means).catch(() => undefined) }),
    foresee: async () => {
      const refused = await foreseeRefusal(means);
      // From 0.10.0 on it takes the same permission to read a key as to make one, so this asks for that too.
      if (refused.length === 0) former = await readKey(means);
      return refused;
    },
    send: async () => {
      try {
        return { apiKey: (await means.sender.post(endpoint, undefined, ApiKeyAnswer)).api_key };
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // The answer was lost, and the source tells a key as often as it is asked, unless it was asked with the former one.
        const now = await readKey(means).catch(() => null);
        if (now === null || now === former) throw error;
        return { apiKey: now };
      }
    },
  };
}

/** The key as it is told afterwards; undefined where it is not. */
interface Look {
  readonly key: string | null | undefined;
}

const created = { name: 'created', wanted: true, facet: 'identity' } as const;

/** The source says yes to taking away a key that nobody has. */
export function deleteApiKey(means: Means): Deletion {
  demandOwnKey(means);
  let isSent = false;
  return {
    sort: 'deletion',
    operation: 'deleteOpenWebUIApiKey',
    target: `API key of ${means.ownAccount}`,
    exists: async () => {
      try {
        return (await readKey(means)) !== null;
      } catch (error) {
        // Asked with the very key: that it is no longer accepted is what was wanted.
        const isEnded = isSent && means.usesApiKey && error instanceof SourceError && error.code === 'SOURCE_UNAUTHORIZED';
        if (isEnded) return false;
        throw error;
      }
    },
    send: async () => {
      isSent = true;
      await means.sender.remove(endpoint, z.unknown());
    },
  };
}

async function readKey({ asker }: Means): Promise<string | null> {
  return (await asker.ask(endpoint, ApiKeyAnswer))?.body.api_key ?? null;
}

/** With the service’s key this would hand the service’s account to whoever asks, and shut Rollcall out. */
function demandOwnKey({ keyOf, source }: Means): void {
  if (keyOf !== 'caller') throw ownKeyWanted(source, 'This is never done to the service’s account.');
}

async function foreseeRefusal({ asker, release, source }: Means): Promise<Problem[]> {
  const { role, permissions } = (await asker.askFor(session, OpenWebUISession)).body;
  const isExempt = role === 'admin' && (await release.isAtLeast([0, 8, 11]));
  if (isExempt || grantAt(permissions ?? {}, 'features', 'api_keys') !== false) return [];
  return [{ kind: 'FORBIDDEN', source, message: 'The source does not let this account have an API key.' }];
}
