import type { Credential } from '../../../access/credential.ts';
import { SourceError } from '../../../errors.ts';
import type { Ask } from '../asking.ts';
import type { FreshReader } from './fresh-user.ts';
import type { Send } from './sending.ts';
import type { WrittenUsers } from './written-users.ts';

/** What every write of one session is made with. */
export interface Parts {
  readonly source: string;
  readonly key: string | undefined;
  /** Whose key it is: the service's must not be spent from. */
  readonly holder: Credential['class'];
  readonly ask: Ask;
  readonly send: Send;
  readonly readFresh: FreshReader;
  readonly written: WrittenUsers;
}

/** Without a key the Horde changes nothing, and answers some requests with a 500. */
export function mustHaveKey({ key, source }: Pick<Parts, 'key' | 'source'>): string {
  if (key === undefined) throw new SourceError('SOURCE_UNAUTHORIZED', source, { hint: 'It changes nothing without a key.' });
  return key;
}
