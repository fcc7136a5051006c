import { expect, test } from 'vitest';
import { type HordeTwin, hordeTwin } from '../../src/twins/horde/index.ts';
import type { HordeUser } from '../../src/twins/horde/records.ts';
import { call, refusalOf } from '../fixtures/ai-horde/call.ts';

const DAY = 24 * 3600 * 1000;

function userOf(twin: HordeTwin, id: number): HordeUser {
  const user = twin.world.users.get(id);
  if (!user) throw new Error(`no user ${id}`);
  return user;
}

const put = async (twin: HordeTwin, id: number | string, key: string, json: unknown) =>
  call(twin, `PUT /v2/users/${id}`, { key, json });

test('the first role is answered rightly, the others as they were, and all are set', async () => {
  await using twin = await hordeTwin();

  const { body } = await put(twin, 104, twin.keys.moderator, { trusted: true, flagged: true, service: true, special: true });

  expect(body).toEqual({ trusted: true, flagged: false, service: false, special: true });
  expect(userOf(twin, 104).roles).toMatchObject({ trusted: true, flagged: true, service: true, special: true });
});

test('a moderator who changes their own role is told the old value', async () => {
  await using twin = await hordeTwin();

  const { body } = await put(twin, 2, twin.keys.moderator, { vpn: true });

  expect(body).toEqual({ vpn: false });
  expect(userOf(twin, 2).roles.vpn).toBe(true);
});

test('naming a moderator also trusts them, and the reverse takes that not back', async () => {
  await using twin = await hordeTwin();

  await put(twin, 104, twin.keys.admin, { moderator: true });
  await put(twin, 104, twin.keys.admin, { moderator: false });

  expect(userOf(twin, 104).roles).toMatchObject({ moderator: false, trusted: true });
});

test('kudos are a delta that stops at the floor, while the statistic takes it whole', async () => {
  await using twin = await hordeTwin();

  const less = await put(twin, 104, twin.keys.admin, { kudos: -5000 });
  const more = await put(twin, 107, twin.keys.admin, { kudos: 10.9 });

  expect(less.text).toBe('{"new_kudos": 25.0}\n');
  expect(userOf(twin, 104).kudosDetails.admin).toBe(-5000);
  expect(more.body).toEqual({ new_kudos: 24 });
});

test('monthly kudos are a delta too, paid at once; a negative one pays nothing back', async () => {
  await using twin = await hordeTwin();

  const more = await put(twin, 104, twin.keys.admin, { monthly_kudos: 1000 });
  const less = await put(twin, 104, twin.keys.admin, { monthly_kudos: -9000 });

  expect([more.body, less.body]).toEqual([{ monthly_kudos: 1000 }, { monthly_kudos: 0 }]);
  expect(userOf(twin, 104)).toMatchObject({ kudos: 2234, kudosDetails: { recurring: 1000 } });
  expect(userOf(twin, 104).monthlyKudos.lastReceivedAt).not.toBeNull();
});

test('an admin is who is on the list by name: after a rename no more', async () => {
  await using twin = await hordeTwin();

  await put(twin, 1, twin.keys.admin, { username: 'boss' });
  const refused = await refusalOf(twin, 'PUT /v2/users/104', { key: twin.keys.admin, json: { kudos: 5 } });

  expect(refused).toBe('403 NotAdmin');
});

test('education lifts concurrency to 200 and back to 30, unless the request sets it', async () => {
  await using twin = await hordeTwin();
  const key = twin.keys.moderator;

  expect((await put(twin, 104, key, { education: true })).body).toEqual({ concurrency: 200, education: true });
  expect((await put(twin, 104, key, { education: false })).body).toEqual({ concurrency: 30, education: false });
  expect((await put(twin, 104, key, { education: true, concurrency: 60 })).body).toEqual({ concurrency: 60, education: true });
});

test('for some fields the mere presence counts', async () => {
  await using twin = await hordeTwin();
  userOf(twin, 108).deleted = true;

  const { body } = await put(twin, 108, twin.keys.moderator, { reset_suspicion: false, undelete: false });

  expect(body).toEqual({ undeleted: true, new_suspicion: 0 });
  expect(userOf(twin, 108)).toMatchObject({ suspicions: 0, deleted: false });
});

test('who is not marked deleted cannot be unmarked', async () => {
  await using twin = await hordeTwin();

  const refused = await refusalOf(twin, 'PUT /v2/users/103', { key: twin.keys.of(103), json: { undelete: true } });

  expect(refused).toBe('400 UserNotDeleted');
});

test('a refused field leaves those before it done and the cached answer as it was', async () => {
  await using twin = await hordeTwin();
  await call(twin, 'GET /v2/users/104');

  const json = { public_workers: true, contact: 'c'.repeat(60) };
  const { status } = await put(twin, 104, twin.keys.of(104), json);

  expect(status).toBe(500);
  expect(userOf(twin, 104).publicWorkers).toBe(true);
  expect((await call(twin, 'GET /v2/users/104')).body).not.toHaveProperty('worker_ids');
});

test('only a service account makes a passkey, and sees it in the reply alone', async () => {
  await using twin = await hordeTwin();
  const key = twin.keys.of(105);

  const made = (await put(twin, 105, key, { generate_proxy_passkey: false })).body as { proxy_passkey: string };
  const refused = await refusalOf(twin, 'PUT /v2/users/103', { key: twin.keys.of(103), json: { generate_proxy_passkey: true } });

  expect(made.proxy_passkey).toBe(userOf(twin, 105).proxyPasskey);
  expect((await call(twin, 'GET /v2/users/105', { key })).body).not.toHaveProperty('proxy_passkey');
  expect(refused).toBe('403 NonServiceForbidden');
});

test('an alias is cleaned as HTML, and answered without its number', async () => {
  await using twin = await hordeTwin();

  const { body } = await put(twin, 103, twin.keys.of(103), { username: 'a <b>&</b> <u>x</u>#2' });

  expect(body).toEqual({ username: 'a <b>&amp;</b> &lt;u&gt;x&lt;/u&gt;#2' });
});

test('roles of the anonymous account stay, and the answer is a 200 that says so', async () => {
  await using twin = await hordeTwin();

  const { status, body } = await put(twin, 0, twin.keys.moderator, { trusted: true });

  expect([status, body]).toEqual([200, { trusted: false }]);
});

test.each([
  [{ username: 'oh damn' }, '400 ProfaneUserName'],
  [{ contact: 'oh damn' }, '400 ProfaneUserContact'],
  [{ admin_comment: 'oh damn' }, '400 ProfaneAdminComment'],
  [{ username: 'x'.repeat(31) }, '400 TooLongUserName'],
  [{ contact: 'with \0 in it' }, '400 NulByteInPayload'],
  [{ filtered: true }, '400 NoUserModSelected'],
  [{ worker_invited: 2 ** 31 }, '500 undefined'],
])('the change %j is refused with %s', async (json, refusal) => {
  await using twin = await hordeTwin();

  expect(await refusalOf(twin, 'PUT /v2/users/103', { key: twin.keys.moderator, json })).toBe(refusal);
});

test.each([
  [[], { '': "[] is not of type 'object'" }],
  [{ trusted: null }, { trusted: "None is not of type 'boolean'" }],
  [{ kudos: true }, { kudos: "True is not of type 'number'" }],
  [{ contact: 'x' }, { contact: "'x' is too short" }],
  [{ username: 'é'.repeat(101) }, { username: `'${'é'.repeat(101)}' is too long` }],
])('the body %j breaks the schema', async (json, errors) => {
  await using twin = await hordeTwin();

  const { status, body } = await put(twin, 103, 'no matter which', json);

  expect([status, body]).toEqual([400, { errors, message: 'Input payload validation failed' }]);
});

test('a first DELETE marks, a second one within 30 days is refused, a later one wipes', async () => {
  let now = Date.UTC(2026, 10, 21);
  await using twin = await hordeTwin({ now: () => now });
  const asking = { key: twin.keys.moderator };

  expect((await call(twin, 'DELETE /v2/users/103', asking)).body).toEqual({ message: 'OK' });
  expect(userOf(twin, 103).deleted).toBe(true);
  expect(await refusalOf(twin, 'DELETE /v2/users/103', asking)).toBe('403 CannotWipeActiveUser');
  now += 31 * DAY;
  expect((await call(twin, 'DELETE /v2/users/103', asking)).status).toBe(200);

  expect(await refusalOf(twin, 'GET /v2/users/103', asking)).toBe('404 UserNotFound');
  expect([...twin.world.workers.values(), ...twin.world.sharedKeys.values()].map(({ ownerId }) => ownerId)).not.toContain(103);
});

test('the second wipe that a database sees is a 500', async () => {
  let now = Date.UTC(2026, 10, 21);
  await using twin = await hordeTwin({ now: () => now });
  const remove = async (id: number) => (await call(twin, `DELETE /v2/users/${id}`, { key: twin.keys.moderator })).status;
  await Promise.all([remove(103), remove(104)]);
  now += 31 * DAY;

  expect([await remove(103), await remove(104)]).toEqual([200, 500]);
});

test('the anonymous account survives a DELETE, a moderator refuses it, and no key is a 500', async () => {
  await using twin = await hordeTwin();
  const key = twin.keys.moderator;

  expect((await call(twin, 'DELETE /v2/users/0', { key })).status).toBe(200);
  expect(userOf(twin, 0).deleted).toBe(false);
  expect(await refusalOf(twin, 'DELETE /v2/users/102', { key })).toBe('403 CannotDeleteMod');
  expect((await call(twin, 'DELETE /v2/users/103')).status).toBe(500);
});
