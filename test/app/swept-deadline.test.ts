import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { blame, byDoor, startOutOfTime } from './out-of-time.ts';
import type { Rollcall } from './rollcall.ts';

describe.each(['Yoga’s', 'the direct'])('when the time is up while a list of all is read for several, by %s door', (name) => {
  const ids = cast.flatMap(({ openWebUI }) => (openWebUI === undefined ? [] : [`webui:${openWebUI}`])).slice(0, 4);
  const four = `usersById(ids: ${JSON.stringify(ids)}) { openWebUI { name } }`;
  const ofEach = (told: string) => Object.fromEntries(ids.map((_, at) => [`usersById.${at}.openWebUI.name`, `${told} webui`]));
  /** How many there are decides whether a list of all pays. */
  const untilCounted = async ({ community }: Rollcall, ask: Rollcall['askText']): Promise<void> => {
    const { faults, forget } = community.openWebUI;
    faults.clear();
    await ask('{ openWebUIAccounts(first: 1) { totalCount } }');
    forget();
    faults.add({ fault: { kind: 'hang' } });
  };
  const noted = ({ logged }: Rollcall) => logged.map((line) => JSON.parse(line));
  const sweeps = ({ community }: Rollcall) => community.openWebUI.requests.filter(({ path }) => path.endsWith('/users/all'));

  test('each is told that the source did not answer in time, whether others still wait for it or not', async () => {
    await using rollcall = await startOutOfTime('openWebUI', { operationMs: 1_000, sourceMs: 60_000 });
    const door = await byDoor(name, rollcall);
    await untilCounted(rollcall, door.ask);

    const first = door.ask(`{ ${four} }`);
    await pause(300);
    const answers = await Promise.all([first, door.ask(`{ ${four} sources { id } }`)]);
    await door.close();

    for (const answer of answers) expect(blame(answer)).toEqual(ofEach('SOURCE_TIMEOUT'));
    expect(sweeps(rollcall)).toHaveLength(1);
    expect(noted(rollcall).filter(({ level }) => level >= 50)).toEqual([]);
    expect(
      noted(rollcall)
        .flatMap(({ msg, errors }) => (msg === 'operation' ? [errors] : []))
        .slice(1),
    ).toEqual(Array(2).fill({ 'webui: SOURCE_TIMEOUT': 4 }));
  });

  test('so it is where it was to tell first how many there are, and nobody was asked for after it', async () => {
    await using rollcall = await startOutOfTime('openWebUI', { operationMs: 1_000, sourceMs: 60_000 });
    const door = await byDoor(name, rollcall);

    const answer = await door.ask(`{ ${four} }`);
    await door.close();

    expect(blame(answer)).toEqual(ofEach('SOURCE_TIMEOUT'));
    expect(rollcall.community.openWebUI.requests.map(({ path }) => path)).toEqual([expect.stringContaining('/users/search')]);
  });

  test('a source that has not come to it is not blamed, whether others still wait for it or not', async () => {
    await using rollcall = await startOutOfTime('openWebUI', { operationMs: 1_000, sourceMs: 60_000, atOnce: 1 });
    const door = await byDoor(name, rollcall);
    await untilCounted(rollcall, door.ask);

    const told: ReturnType<typeof door.ask>[] = [];
    // The first and the last wait for the groups, as one, so that the only place is taken until all have left.
    for (const query of [
      '{ openWebUIGroups { id } }',
      `{ ${four} }`,
      `{ ${four} sources { id } }`,
      '{ openWebUIGroups { name } }',
    ]) {
      told.push(door.ask(query));
      await pause(100);
    }
    const answers = await Promise.all(told);
    await door.close();

    const silent = { openWebUIGroups: 'SOURCE_TIMEOUT webui' };
    expect(answers.map(blame)).toEqual([silent, ofEach('SOURCE_NOT_ASKED'), ofEach('SOURCE_NOT_ASKED'), silent]);
    expect(sweeps(rollcall)).toHaveLength(0);
  });

  test('what is kept for such a case stands in', async () => {
    const age = { fresh: 0, staleWhileRevalidate: 0, staleIfError: 600 };
    await using rollcall = await startOutOfTime('openWebUI', { operationMs: 1_000, sourceMs: 60_000, namesKept: age });
    const { faults } = rollcall.community.openWebUI;
    faults.clear();
    const door = await byDoor(name, rollcall);
    const before = await door.ask(`{ ${four} }`);
    faults.add({ fault: { kind: 'hang' } });

    const after = await door.ask(`{ ${four} }`);
    await door.close();

    expect(before.errors).toBeUndefined();
    expect([after.data, after.errors]).toEqual([before.data, undefined]);
    expect(sweeps(rollcall)).toHaveLength(2);
  });
});
