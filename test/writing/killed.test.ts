import { expect, test } from 'vitest';
import { logOf } from '../cli/rollcall-process.ts';
import { canary, type KilledWrite, killedWrites } from './killed-writes.ts';
import { type Place, startPlace } from './killing.ts';

/** Each starts two servers, which takes its time on a busy machine. */
const patience = { timeout: 120_000 };

/** For each write: what `tell` says of it. */
const each = <Value>(tell: (write: KilledWrite, name: string) => Value): Record<string, Value> =>
  Object.fromEntries(Object.entries(killedWrites).map(([name, write]) => [name, tell(write, name)]));

const toldOf = (state: keyof KilledWrite['told']) => each(({ told }) => told[state]);

/** Sent once; a transfer twice, since the Horde takes the second for what it is. */
const sentOnce = (once = 1) => each((_write, name) => (name === 'transfer' ? once + 1 : once));

const counting = ({ community }: Place) => {
  const counters = each(({ counting: count }) => count(community));
  return () => each((_write, name) => counters[name]?.());
};
const written = (place: Place) => each((_write, name) => place.door(name).written);

test('killed while it looked: nothing was sent, and the retry does it', patience, async () => {
  await using place = await startPlace();
  const applied = counting(place);
  await place.killAt('looking');
  const before = applied();

  await using second = await place.start();
  const told = await place.writeAll(second);

  expect(before).toEqual(each(() => 0));
  expect(told).toEqual(toldOf('fresh'));
  expect(applied()).toEqual(each(() => 1));
  expect(written(place)).toEqual(each(() => 1));
});

test(
  'killed when the source had it and did not act: the retry says that it is unknown, and sends nothing that could count twice',
  patience,
  async () => {
    await using place = await startPlace();
    const applied = counting(place);
    await place.killAt('received');

    await using second = await place.start();
    const told = await place.writeAll(second);

    expect(told).toEqual(toldOf('hidden'));
    expect(applied()).toEqual(each((_write, name) => (name === 'transfer' ? 1 : 0)));
    expect(written(place)).toEqual(each((_write, name) => (name === 'transfer' ? 1 : 0)));
    expect(await place.writeAll(second)).toEqual(told);

    // It was only slow. What the source had all the time it does now.
    await Promise.all(Object.keys(killedWrites).map((name) => place.door(name).actLate()));
    const late = await place.writeAll(second);

    expect(late).toEqual({ ...toldOf('shown'), transfer: killedWrites.transfer?.told.fresh });
    expect(applied()).toEqual(each(() => 1));
    expect(written(place)).toEqual(sentOnce());
  },
);

test.each([
  ['had done it, and not said so', 'acted'],
  ['had said so, and Rollcall had told nobody', 'answered'],
] as const)(
  'killed when the source %s: it is done once, and the retry tells what shows and that the rest is unknown',
  patience,
  async (_when, moment) => {
    await using place = await startPlace();
    const applied = counting(place);
    await place.killAt(moment);
    const before = applied();

    await using second = await place.start();
    const told = await place.writeAll(second);

    expect(before).toEqual(each(() => 1));
    expect(told).toEqual(toldOf('shown'));
    expect(await place.writeAll(second)).toEqual(told);
    expect(applied()).toEqual(before);
    expect(written(place)).toEqual(sentOnce());
    const kept = await place.kept();
    const idsOf = (mark: string): string[] =>
      kept.split('\n').flatMap((line) => (line.includes(mark) ? [String(JSON.parse(line).id)] : []));
    const attempts = idsOf('"phase":"attempt"');
    expect(idsOf('"phase":"outcome","sent":true').filter((id) => !attempts.includes(id))).toEqual([]);
    expect(idsOf('"phase":"look"')).not.toEqual([]);
    expect(idsOf('"phase":"look"').filter((id) => attempts.includes(id))).toEqual([]);
    expect(kept).not.toContain(canary);
    expect(second.stdout()).not.toContain(canary);
  },
);

test(
  'killed after the client was told: the retry is told the same, nothing is sent, and another input is refused',
  patience,
  async () => {
    await using place = await startPlace();
    const applied = counting(place);
    let told: Record<string, string>;
    {
      await using first = await place.start();
      told = await place.writeAll(first);
      first.signal('SIGKILL');
      await first.exited;
    }

    await using second = await place.start();
    const again = await place.writeAll(second);

    expect(told).toEqual(toldOf('fresh'));
    expect(again).toEqual(told);
    expect(applied()).toEqual(each(() => 1));
    expect(written(place)).toEqual(each(() => 1));
    const others = Object.values(await place.writeAll(second, 'otherwise'));
    for (const other of others) expect(other).toMatch(/^((, )?\w+ NOT_SENT)+; Conflict$/);
    expect(written(place)).toEqual(each(() => 1));
    expect(logOf(second).filter(({ msg }) => msg === 'write')).toEqual([]);
    const kept = await place.kept();
    expect(kept).not.toContain(canary);
    expect(kept.split('\n').filter((line) => line.includes('"phase":"outcome"'))).toHaveLength(Object.keys(killedWrites).length);
  },
);
