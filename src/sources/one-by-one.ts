import type { Credential } from '../access/credential.ts';
import type { HttpClient } from '../http/client.ts';

/**
 * Whether a source that failed lets but one request through, with this credential or without any, to find out if it is well again.
 * Of several that are sent at once the others would be refused, and that would be taken for the source's condition.
 */
export const asksOneByOne = ({ traffic }: HttpClient, credential: Credential): boolean =>
  traffic.stateFor(credential, true).breaker !== 'CLOSED';
