import { expect, test } from 'vitest';
import { createSpell } from '../../src/sources/horde/writes/spelling.ts';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { openHorde } from './horde-session.ts';

test('no spelling of a number comes twice within the time for which the Horde keeps an answer', () => {
  let now = 0;
  const spell = createSpell(() => now);

  const spellings = Array.from({ length: 1_000 }, () => {
    now += 30;
    return spell('104');
  });

  expect(new Set(spellings).size).toBe(1_000);
  expect(spellings.every((spelling) => /^0+104$/.test(spelling) && Number(spelling) === 104)).toBe(true);
});

test('a Rollcall that begins where another has just ended comes upon none of its spellings', () => {
  let time = 1_750_000_000_000;
  const clock = (): number => time;
  const spellings = [0, 200, 15_000, 30_000].flatMap((later) => {
    time = 1_750_000_000_000 + later;
    const spell = createSpell(clock, clock);
    return Array.from({ length: 10 }, () => spell('104'));
  });

  expect(new Set(spellings).size).toBe(40);
});

test('however often a user is read, the spelling fits into a path', () => {
  const spell = createSpell(() => 0);

  const lengths = Array.from({ length: 10_000 }, () => spell('7').length);

  expect(Math.max(...lengths)).toBeLessThan(3_010);
});

test('reads after a write see it past the Horde’s cache; reads of everybody else go the usual way', async () => {
  await using twin = await hordeTwin();
  await using horde = openHorde(twin.url, { key: twin.keys.moderator });
  await horde.read('user with key', '104');
  const write = horde.session.writes?.().deleteHordeUser?.({ nativeId: '104' });
  if (write?.sort !== 'change') throw new Error('marking is a change');
  const before = await write.read();

  await write.send(write.fields, before);
  const [keyed, keyless] = [await horde.read('user with key', '104'), await horde.read('user', '104')];
  twin.forget();
  await horde.read('user', '103');

  expect([keyed, keyless]).toMatchObject([{ hordeStanding: { deleted: true } }, { hordeStanding: { deleted: true } }]);
  expect(keyed?.hordePrivileged).toMatchObject({ suspicious: 0 });
  expect(twin.requests.map(({ path }) => path)).toEqual(['/api/v2/users/103']);
});

test('an owner’s read after a write still shows what only they may see', async () => {
  await using twin = await hordeTwin();
  await using horde = openHorde(twin.url, { key: twin.keys.of(104) });
  const write = horde.session.writes?.().deleteHordeUser?.({ nativeId: '104' });
  if (write?.sort !== 'change') throw new Error('marking is a change');

  await write.send(write.fields, await write.read());

  expect(await horde.read('user with key', '104')).toMatchObject({ hordePrivate: { contact: 'dunja@harbour.example' } });
});
