import type { HttpAnswer } from '../../../http/exchange.ts';
import type { Problem } from '../../../writing/change.ts';
import { OpenWebUIRefusal } from '../wire.ts';
import type { WriteEndpoint } from './endpoints.ts';

/**
 * What the source has refused for certain and wholly, or null. A status alone does not say so: it answers 401, 403 and even 500 to
 * what is not allowed, and 400 to what it has half done as well as to what it has not touched. So its sentences are compared here.
 */
export function refusalOf(
  endpoint: WriteEndpoint,
  { status, contentType, body }: Pick<HttpAnswer, 'status' | 'contentType' | 'body'>,
  source: string,
): Problem | null {
  if (status < 400 || contentType !== 'application/json') return null;
  const detail = parseDetail(body);
  // Told before anything is done.
  if (status === 422 && Array.isArray(detail)) return invalid(fieldOf(detail), 'The source does not take this value.');
  const known = typeof detail === 'string' ? sentences.get(detail) : undefined;
  if (known !== undefined) return known(source);
  // Without a sentence it is not the source's own.
  if (status === 400 && typeof detail === 'string' && endpoint.blames !== undefined)
    return invalid(endpoint.blames, 'The source refused it and gave no reason that is known.');
  return null;
}

const invalid = (field: string, message: string): Problem => ({ kind: 'INVALID', field, message });
const forbidden = (source: string, message: string): Problem => ({ kind: 'FORBIDDEN', source, message });

const prohibited = (source: string): Problem =>
  forbidden(source, 'The source does not let this account do it: it protects whom it is done to, or has it switched off.');

/** A credential that is not accepted at all. Other texts with these statuses may be a gateway's, behind which all was done. */
const unaccepted = (source: string): Problem => forbidden(source, 'The source does not accept the credential it was asked with.');

const sentences: ReadonlyMap<string, (source: string) => Problem> = new Map([
  ['Not authenticated', unaccepted],
  ['401 Unauthorized', unaccepted],
  ['Your session has expired or the token is invalid. Please sign in again.', unaccepted],
  ['Use of API key is not enabled in the environment.', unaccepted],
  [
    'API key not allowed to access this endpoint.',
    (source: string) => forbidden(source, 'The source does not let this key do it.'),
  ],
  [
    'You do not have permission to access this resource. Please contact your administrator for assistance.',
    (source: string) => forbidden(source, 'The source does not let this account do it.'),
  ],
  ['The requested action has been restricted as a security measure.', prohibited],
  // Before 0.9.2 the refusal to touch the first administrator came out as a failure.
  ['Could not verify primary admin status.', prohibited],
  [
    'API key creation is not allowed in the environment.',
    (source: string) => forbidden(source, 'The source does not let this account have an API key.'),
  ],
  [
    'Uh-oh! This email is already registered. Sign in with your existing account or choose another email to start anew.',
    () => emailTaken,
  ],
  [
    "The email format you entered is invalid. Please double-check and make sure you're using a valid email address (e.g., yourname@example.com).",
    () => invalid('email', 'The source takes this for no e-mail address.'),
  ],
  [
    'Uh-oh! The password you entered is too long. Please make sure your password is less than 72 bytes long.',
    () => invalid('password', 'The source takes passwords of 72 bytes at most.'),
  ],
  [
    'The password provided is incorrect. Please check for typos and try again.',
    () => invalid('currentPassword', 'This is not the password that the source knows.'),
  ],
  ["We could not find what you're looking for :/", () => ({ kind: 'NOT_FOUND', message: 'The source no longer knows it.' })],
]);

export const emailTaken: Problem = { kind: 'CONFLICT', fields: [], message: 'Another account has this e-mail address.' };

function parseDetail(body: string): unknown {
  try {
    return OpenWebUIRefusal.safeParse(JSON.parse(body)).data?.detail;
  } catch {
    return undefined;
  }
}

/** What the mutations call what the source calls otherwise. */
const ownNames: ReadonlyMap<string, string> = new Map([
  ['profile_image_url', 'avatarUrl'],
  ['date_of_birth', 'dateOfBirth'],
  ['parent_group_id', 'parentGroupId'],
  ['status_expires_at', 'expiresAt'],
]);

/** The first complaint's place: `["body", "email"]`. */
function fieldOf(detail: unknown): string {
  const first: unknown = Array.isArray(detail) ? detail[0] : undefined;
  const place: unknown = typeof first === 'object' && first !== null && 'loc' in first ? first.loc : undefined;
  const word: unknown = Array.isArray(place) ? place[1] : undefined;
  // Keys inside of free JSON are the caller's own words and may be anything.
  return typeof word === 'string' && /^[a-z_]{1,40}$/.test(word) ? (ownNames.get(word) ?? word) : 'input';
}
