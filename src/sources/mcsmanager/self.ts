import { SourceError } from '../../errors.ts';
import type { ListedAccount, SourceStatus } from '../contract.ts';
import type { Ask } from './asking.ts';
import { isAdmin } from './map.ts';
import type { Panel } from './panel.ts';
import type { Users } from './users.ts';
import { McsManagerStatus } from './wire.ts';

export async function readSelf({ panel, rows }: Users): Promise<ListedAccount> {
  const { data } = await panel.self();
  return { id: data.uuid, record: rows.user.toRecord(data) };
}

/**
 * Asked without the key: a panel that does not like it would not say how it is. No daemon is troubled. `oneByOne`: what the key is
 * good for is asked only after that.
 */
export async function readStatus(ask: Ask, panel: Panel, hasKey: boolean, oneByOne: boolean): Promise<SourceStatus> {
  const status = ask({ endpoint: 'status' }, McsManagerStatus);
  if (oneByOne) await status;
  const credential = hasKey ? describeKey(panel) : 'No key: the panel shows no user.';
  const [outcome, allowed] = await Promise.all([status, credential]);
  if (outcome.kind !== 'told') throw new SourceError('SOURCE_FAILED', panel.source);
  const message = outcome.data.isInstall ? null : 'The panel has no user yet and lets anybody set it up.';
  return { version: outcome.version, message, credential: allowed };
}

/** Null where the panel could not be asked. */
async function describeKey(panel: Panel): Promise<string | null> {
  try {
    const { data } = await panel.self();
    return isAdmin(data.permission)
      ? 'An administrator’s key: every user can be read.'
      : 'An ordinary user’s key: only that user can be read.';
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.code === 'SOURCE_UNAUTHORIZED' ? 'The panel does not accept the key.' : null;
  }
}
