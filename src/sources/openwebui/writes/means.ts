import { type Credential, keyOf } from '../../../access/credential.ts';
import type { HttpClient } from '../../../http/client.ts';
import type { Asking } from '../../contract.ts';
import { type Asker, createAsker } from '../asking.ts';
import { createRelease, type Release } from './release.ts';
import { createSender, type Sender } from './sending.ts';

/** What every write of one session works with. */
export interface Means {
  readonly source: string;
  readonly asker: Asker;
  readonly sender: Sender;
  readonly release: Release;
  /**
   * The target of what the key's holder changes of themselves: which account that is, only the source knows. Two callers are told
   * apart by it, so that they need not wait for each other.
   */
  readonly ownAccount: string;
  /** Whose key the source is asked with. */
  readonly keyOf: Credential['class'];
  /** Whether that key is an API key, as against the token of a session. */
  readonly usesApiKey: boolean;
}

export function createMeans(source: string, http: HttpClient, asking: Asking): Means {
  const { credential } = asking;
  return {
    source,
    asker: createAsker(source, http, asking),
    sender: createSender(source, http, asking),
    // Keys may be confined to some addresses, and nobody is refused this one.
    release: createRelease(createAsker(source, http, { ...asking, credential: { class: 'none' } }, credential)),
    ownAccount: `${source}: the account of ${credential.class === 'caller' ? `the key ${credential.holder.slice(0, 12)}` : 'the service'}`,
    keyOf: credential.class,
    usesApiKey: keyOf(credential)?.startsWith('sk-') === true,
  };
}
