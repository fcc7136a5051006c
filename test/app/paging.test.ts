import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { communityConfig } from '../../src/twins/community.ts';
import { type Rollcall, startRollcall } from './rollcall.ts';
import { walkBackward, walkForward } from './walking.ts';

const size = 10_000;
let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await startRollcall({ size, horde: { limits: false } });
});
afterAll(() => rollcall[Symbol.asyncDispose]());

/** By the twins' own word, in the order of each list. */
const everybody = {
  horde: () => rollcall.community.horde.world.users.all().map(({ id }) => `horde:${id}`),
  mcsManager: () => [...rollcall.community.mcsManager.world.users.keys()].map((id) => `mcsmanager:${id}`),
  openWebUI: () => rollcall.community.openWebUI.world.users.ordered('email', 'asc').map(({ id }) => `webui:${id}`),
};

describe('walking ten thousand accounts while nothing changes', () => {
  test('of a Horde meets each exactly once', async () => {
    const met = await walkForward(rollcall, 'hordeAccounts');

    expect(met).toHaveLength(size);
    expect(new Set(met)).toEqual(new Set(everybody.horde()));
  });

  test('of an MCSManager meets each exactly once, in order', async () => {
    expect(await walkForward(rollcall, 'mcsManagerAccounts')).toEqual(everybody.mcsManager());
  });

  test('of an Open WebUI meets each exactly once, in order', async () => {
    expect(await walkForward(rollcall, 'openWebUIAccounts')).toEqual(everybody.openWebUI());
  });

  test('of an MCSManager from the end meets each exactly once', async () => {
    expect(await walkBackward(rollcall, 'mcsManagerAccounts')).toEqual(everybody.mcsManager().reverse());
  });

  test('of an Open WebUI from the end meets each exactly once', async () => {
    expect(await walkBackward(rollcall, 'openWebUIAccounts')).toEqual(everybody.openWebUI().reverse());
  });

  test('of all three meets each person once, with several accounts too', async () => {
    const linked = new Set(communityConfig(rollcall.community).links.flatMap(([, ...others]) => others));
    const people = [...everybody.horde(), ...everybody.mcsManager(), ...everybody.openWebUI()].filter((id) => !linked.has(id));

    const met = await walkForward(rollcall, 'users');

    expect(linked.size).toBeGreaterThan(5);
    expect(met).toHaveLength(people.length);
    expect(new Set(met)).toEqual(new Set(people));
  });
});
