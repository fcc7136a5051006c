import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addUser, createGroup, updatePassword } from '../../src/sources/openwebui/writes/endpoints.ts';
import { refusalOf } from '../../src/sources/openwebui/writes/refused.ts';

interface Recording {
  readonly name: string;
  readonly version: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly content_type: string;
  readonly body: unknown;
}

const file = new URL('../fixtures/open-webui/recordings.json', import.meta.url);
// The fixture is ours and its README says what it holds.
const recordings = (JSON.parse(readFileSync(file, 'utf8')) as { examples: readonly Recording[] }).examples;

/** What each recorded refusal of a write means. Null: nothing certain, so all is read back. */
const meanings: Record<string, string | null> = {
  'add-user-email-taken': 'CONFLICT',
  'add-user-missing-fields': 'INVALID email',
  'user-update-partial': 'INVALID role',
  'user-update-primary-admin-by-other-admin': 'FORBIDDEN',
  'user-delete-primary-admin': 'FORBIDDEN',
  'user-delete-self': 'FORBIDDEN',
  'group-update-unknown': null,
  'api-key-create-admin-without-permission': 'FORBIDDEN',
  'api-key-create-without-permission': 'FORBIDDEN',
  'password-update-wrong': 'INVALID currentPassword',
};

const refused = recordings.filter(
  ({ method, status, path }) => /POST|DELETE/.test(method) && status >= 400 && !/\/sign(in|up)$/.test(path),
);

test.for(refused.map((recording) => [`${recording.version} ${recording.name}`, recording] as const))('%s', ([, recording]) => {
  const { status, content_type, body, name } = recording;
  const answer = { status, contentType: content_type, body: JSON.stringify(body) };
  const problem = refusalOf({ path: recording.path, route: 'any' }, answer, 'webui');

  expect(problem === null ? null : [problem.kind, ...('field' in problem ? [problem.field] : [])].join(' ')).toBe(meanings[name]);
});

test('every recorded refusal that has a meaning was there to be looked at', () => {
  expect(new Set(refused.map(({ name }) => name))).toEqual(new Set(Object.keys(meanings)));
});

test('only a 400 that is known to leave nothing behind is taken for a refusal', () => {
  const answer = { status: 400, contentType: 'application/json', body: '{"detail":"[ERROR: anything]"}' };

  expect(refusalOf(createGroup, answer, 'webui')).toBeNull();
  expect(refusalOf(updatePassword, answer, 'webui')).toMatchObject({ kind: 'INVALID', field: 'newPassword' });
  expect(refusalOf(addUser, answer, 'webui')).toMatchObject({ kind: 'INVALID', field: 'password' });
  expect(refusalOf(addUser, { ...answer, contentType: 'text/html' }, 'webui')).toBeNull();
  // A gateway's, behind which all may have been done.
  expect(refusalOf(addUser, { ...answer, body: '{"message":"Bad Request"}' }, 'webui')).toBeNull();
  expect(refusalOf(updatePassword, { ...answer, body: '{}' }, 'webui')).toBeNull();
});

test('a 403 for a key that is switched off is a refusal, and one in other words may be a gateway’s', () => {
  const body = JSON.stringify({ detail: 'Use of API key is not enabled in the environment.' });

  expect(refusalOf(createGroup, { status: 403, contentType: 'application/json', body }, 'webui')).toMatchObject({
    kind: 'FORBIDDEN',
  });
  expect(refusalOf(createGroup, { status: 403, contentType: 'application/json', body: '{"detail":"no"}' }, 'webui')).toBeNull();
});
