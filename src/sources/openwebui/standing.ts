import { SourceError } from '../../errors.ts';
import type { ListedAccount, SourceStatus } from '../contract.ts';
import type { Asker } from './asking.ts';
import { health, session, version } from './endpoints.ts';
import { toSelfRecord } from './records.ts';
import { OpenWebUIHealth, OpenWebUISession, OpenWebUIVersion } from './wire.ts';

/** The account that the key belongs to. */
export async function askSelf(asker: Asker): Promise<ListedAccount> {
  const { body } = await asker.askFor(session, OpenWebUISession);
  return { id: body.id, record: toSelfRecord(body) };
}

/**
 * `keyed` asks with the key, if there is one; `anonymous` without, as keys may be confined to some addresses. `oneByOne`: the first
 * answer is waited for before anything else is asked.
 */
export async function askStatus(anonymous: Asker, keyed: Asker | undefined, oneByOne: boolean): Promise<SourceStatus> {
  const first = anonymous.askFor(version, OpenWebUIVersion);
  if (oneByOne) await first;
  const [release, condition, credential] = await Promise.all([
    first,
    anonymous.askFor(health, OpenWebUIHealth),
    keyed === undefined ? null : describeKey(keyed),
  ]);
  return { version: release.body.version, message: condition.body.status ? 'healthy' : 'not healthy', credential };
}

async function describeKey(keyed: Asker): Promise<string> {
  try {
    const { body } = await keyed.askFor(session, OpenWebUISession);
    return keyOfRole(body.role);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.code === 'SOURCE_UNAUTHORIZED') return 'The key is not accepted, or API keys are switched off.';
    if (error.code === 'SOURCE_FORBIDDEN') return 'The key may not ask who it belongs to.';
    throw error;
  }
}

function keyOfRole(role: string): string {
  if (role === 'admin') return 'The key is an administrator’s: it shows every account whole.';
  if (role === 'user')
    return 'The key is an ordinary user’s: it shows names, addresses, roles, groups and activity, but no settings.';
  return 'The key belongs to an account that has not been let in: it shows nobody else.';
}
