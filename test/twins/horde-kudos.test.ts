import { expect, test } from 'vitest';
import { type HordeTwin, hordeTwin } from '../../src/twins/horde/index.ts';
import type { HordeUser } from '../../src/twins/horde/records.ts';
import { call, refusalOf } from '../fixtures/ai-horde/call.ts';

function userOf(twin: HordeTwin, id: number): HordeUser {
  const user = twin.world.users.get(id);
  if (!user) throw new Error(`no user ${id}`);
  return user;
}

const transfer = (twin: HordeTwin, key: string, json: object, idempotencyKey?: string) =>
  call(twin, 'POST /v2/kudos/transfer', {
    key,
    json,
    headers: idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey },
  });

/** Without limits, since one sender may send once a second. */
const start = (): Promise<HordeTwin> => hordeTwin({ limits: false });

test('a transfer moves kudos and fills the buckets of both', async () => {
  await using twin = await start();

  const { text } = await transfer(twin, twin.keys.of(103), { username: 'anything at all#104', amount: '10' });

  expect(text).toBe('{"transferred": 10.0}\n');
  expect(userOf(twin, 103)).toMatchObject({ kudos: 131_062, kudosDetails: { gifted: -134 } });
  expect(userOf(twin, 104)).toMatchObject({ kudos: 1244, kudosDetails: { received: 2134 } });
});

test('a hundred go when no amount is given, and to a school they count as donated', async () => {
  await using twin = await start();
  userOf(twin, 104).roles.education = true;

  const { body } = await transfer(twin, twin.keys.of(103), { username: '104' });

  expect(body).toEqual({ transferred: 100 });
  expect(userOf(twin, 103).kudosDetails.donated).toBe(-100);
});

test('the floor and what is held cannot be sent', async () => {
  await using twin = await start();
  userOf(twin, 104).heldKudos = 200;
  const key = twin.keys.of(104);

  const refused = await refusalOf(twin, 'POST /v2/kudos/transfer', { key, json: { username: '103', amount: 1010 } });
  const { status } = await transfer(twin, key, { username: '103', amount: 1009 });

  expect([refused, status]).toEqual(['400 KudosTransferNotEnough', 200]);
});

test('a repeat under the same idempotency key does nothing and answers the same; another sender’s key is another', async () => {
  await using twin = await start();
  const json = { username: '107', amount: 10 };

  const first = await transfer(twin, twin.keys.of(103), json, 'once');
  const repeat = await transfer(twin, twin.keys.of(103), json, 'once');
  const conflict = await transfer(twin, twin.keys.of(103), { ...json, amount: 11 }, 'once');
  await transfer(twin, twin.keys.of(104), json, 'once');

  expect(repeat.text).toBe(first.text);
  expect([conflict.status, conflict.body]).toMatchObject([400, { rc: 'IdempotencyKeyConflict' }]);
  expect(userOf(twin, 107).kudos).toBe(34);
});

test('kudos sent to a shared key go to its owner and lift its limit', async () => {
  await using twin = await start();
  const before = userOf(twin, 101).kudos;

  await transfer(twin, twin.keys.of(103), { username: twin.keys.shared, amount: 50 });

  expect(userOf(twin, 101).kudos).toBe(before + 50);
  expect(twin.world.sharedKeys.get(twin.keys.shared)?.kudos).toBe(5050);
});

test('what was just received cannot be sent back within a minute', async () => {
  let now = Date.UTC(2026, 10, 21);
  await using twin = await hordeTwin({ limits: false, now: () => now });
  await transfer(twin, twin.keys.of(103), { username: '104', amount: 10 });
  const back = () => refusalOf(twin, 'POST /v2/kudos/transfer', { key: twin.keys.of(104), json: { username: '103', amount: 5 } });

  expect(await back()).toBe('400 TooFastKudosTransfers');
  now += 60_000;
  expect(await back()).toBe('200 undefined');
});

test.each<[string, (twin: HordeTwin) => void, string]>([
  ['a suspicious sender', (twin) => Object.assign(userOf(twin, 104), { suspicions: 5 }), '400 FaultWhenKudosSending'],
  ['a flagged sender', (twin) => Object.assign(userOf(twin, 104).roles, { flagged: true }), '400 SourceAccountFlagged'],
  ['a school', (twin) => Object.assign(userOf(twin, 104).roles, { education: true }), '400 EducationCannotSendKudos'],
  ['a suspicious target', (twin) => Object.assign(userOf(twin, 107), { suspicions: 5 }), '400 FaultWhenKudosReceiving'],
  ['a flagged target', (twin) => Object.assign(userOf(twin, 107).roles, { flagged: true }), '400 TargetAccountFlagged'],
  ['a target marked deleted', (twin) => Object.assign(userOf(twin, 107), { deleted: true }), '400 DeletedUser'],
  ['a sender marked deleted', (twin) => Object.assign(userOf(twin, 104), { deleted: true }), '400 DeletedUser'],
])('%s is refused with its code', async (_who, prepare, refusal) => {
  await using twin = await start();
  prepare(twin);

  const json = { username: 'gus#107', amount: 1 };

  expect(await refusalOf(twin, 'POST /v2/kudos/transfer', { key: twin.keys.of(104), json })).toBe(refusal);
});

test('an expired shared key takes no kudos', async () => {
  await using twin = await start();
  const key = twin.world.sharedKeys.get(twin.keys.shared);
  if (key) key.expiresAt = Date.now() - 1000;

  const json = { username: twin.keys.shared, amount: 1 };

  expect(await refusalOf(twin, 'POST /v2/kudos/transfer', { key: twin.keys.of(104), json })).toBe('400 SharedKeyExpired');
});

test('an award may be negative; of a flagged target the answer is a strange 200 and nothing is awarded', async () => {
  await using twin = await start();
  const award = (username: string, amount: number) =>
    call(twin, 'POST /v2/kudos/award', { key: twin.keys.admin, json: { username, amount } });

  expect((await award('104', -34)).body).toEqual({ awarded: -34 });
  expect((await award('hex#108', 10)).body).toEqual([{ awarded: null }, { awarded: null }]);
  expect(userOf(twin, 104)).toMatchObject({ kudos: 1200, kudosDetails: { awarded: -34 } });
  expect(userOf(twin, 108).kudos).toBe(25);
});

test('awards come from the account with id 1 alone, and not once it is marked deleted', async () => {
  await using twin = await start();
  const json = { username: '104', amount: 1 };

  expect(await refusalOf(twin, 'POST /v2/kudos/award', { key: twin.keys.of(101), json })).toBe('403 NotAllowedAwards');
  userOf(twin, 1).deleted = true;
  expect(await refusalOf(twin, 'POST /v2/kudos/award', { key: twin.keys.admin, json })).toBe('403 DeletedUser');
});

test.each([
  [{ trusted: false, education: false }, 3],
  [{ trusted: true, education: true }, 10],
])('with %j a user may have %i shared keys', async (roles, most) => {
  await using twin = await start();
  Object.assign(userOf(twin, 104).roles, roles);
  const make = () => refusalOf(twin, 'PUT /v2/sharedkeys', { key: twin.keys.of(104), json: {} });

  for (let count = 0; count < most; count += 1) expect(await make()).toBe('200 undefined');
  expect(await make()).toBe('403 Forbidden');
});

test('a shared key’s values are taken as Python takes integers, broken JSON as nothing given', async () => {
  await using twin = await start();
  const key = twin.keys.of(104);

  const made = await call(twin, 'PUT /v2/sharedkeys', { key, json: { kudos: '12', max_text_tokens: 10.9, name: 'club' } });
  const broken = await call(twin, 'PUT /v2/sharedkeys', { key, headers: { 'content-type': 'text/plain' } });
  const refused = await call(twin, 'PUT /v2/sharedkeys', { key, json: { kudos: 'abc' } });

  expect(made.body).toMatchObject({ kudos: 12, max_text_tokens: 10, name: 'club', username: 'dunja#104' });
  expect(broken.body).toMatchObject({ kudos: 5000 });
  expect(refused.status).toBe(400);
});

test('a shared key is its owner’s to change and delete, a moderator’s it is not', async () => {
  await using twin = await start();
  const path = `/v2/sharedkeys/${twin.keys.shared}`;

  const other = { key: twin.keys.moderator, json: { name: 'mine' } };
  const owner = { key: twin.keys.of(101), json: { name: 'ours', expiry: -1 } };

  expect(await refusalOf(twin, `PATCH ${path}`, other)).toBe('403 Forbidden');
  expect(await refusalOf(twin, `DELETE ${path}`, other)).toBe('403 Forbidden');
  expect((await call(twin, `PATCH ${path}`, owner)).body).toMatchObject({ name: 'ours' });
  expect((await call(twin, `PATCH ${path}`, owner)).body).not.toHaveProperty('expiry');
  expect((await call(twin, `DELETE ${path}`, owner)).body).toEqual({ message: 'OK' });
  expect(await refusalOf(twin, `GET ${path}`)).toBe('401 InvalidAPIKey');
});
