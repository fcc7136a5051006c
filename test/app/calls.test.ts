import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type Rollcall, startRollcall } from './rollcall.ts';

const size = 2_000;
let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await startRollcall({ size, horde: { limits: false } });
});
afterAll(() => rollcall[Symbol.asyncDispose]());

const none = { horde: 0, mcsManager: 0, openWebUI: 0 };

/** Asks, expects the whole answer to be there, and gives it with what it cost. */
async function ask(query: string, variables: Record<string, unknown> = {}) {
  rollcall.calls();
  const { data, errors } = await rollcall.askText(query, variables);
  const cost = rollcall.calls();
  expect(errors).toBeUndefined();
  return { data: data ?? {}, cost };
}

const askByIds = async (ids: readonly string[], selection: string) => {
  const { data, cost } = await ask(`query ($ids: [ID!]!) { usersById(ids: $ids) { ${selection} } }`, { ids });
  const users = data.usersById;
  expect(users).toHaveLength(ids.length);
  expect(users).not.toContain(null);
  return cost;
};

// Nobody of the cast, so that nothing leads to another source.
const hordeIds = (count: number) => Array.from({ length: count }, (_, index) => `horde:${1_000 + index}`);
const panelIds = (count: number) =>
  [...rollcall.community.mcsManager.world.users.keys()].slice(50, 50 + count).map((id) => `mcsmanager:${id}`);
const webuiIds = (count: number) =>
  rollcall.community.openWebUI.world.users
    .inserted()
    .slice(50, 50 + count)
    .map(({ id }) => `webui:${id}`);

describe('the Horde', () => {
  test('three facets of a user cost one request', async () => {
    const { cost } = await ask(
      '{ user(id: "horde:1000") { kudos kudosDetails { accumulated } records { usage { tokens } request { image } } } }',
    );

    expect(cost).toEqual({ ...none, horde: 1 });
  });

  test('what only a moderator sees comes with the same one request as the rest', async () => {
    const { cost } = await ask('{ user(id: "horde:1000") { username kudos horde { contact monthlyKudos { amount } } } }');

    expect(cost).toEqual({ ...none, horde: 1 });
  });

  test('25 users by id cost 25 requests, whatever is asked of them', async () => {
    expect(await askByIds(hordeIds(25), 'username kudos')).toEqual({ ...none, horde: 25 });
    expect(await askByIds(hordeIds(25), 'username records { usage { tokens } } horde { contact }')).toEqual({
      ...none,
      horde: 25,
    });
  });

  test('25 users whom a list page has just brought cost nothing beyond the page', async () => {
    const { data, cost } = await ask(`{
      hordeAccounts(first: 25) {
        edges { node { id username kudos user { id username kudosDetails { accumulated } records { usage { tokens } } permissions { role grants { key } } } } }
      }
    }`);

    expect(data.hordeAccounts).toMatchObject({ edges: Array.from({ length: 25 }, () => ({ node: expect.anything() })) });
    expect(cost).toEqual({ ...none, horde: 1 });
  });

  test('whether more follows is asked only when the client asks for it', async () => {
    expect((await ask('{ hordeAccounts { pageInfo { endCursor } edges { node { id } } } }')).cost).toEqual({ ...none, horde: 1 });
    expect((await ask('{ hordeAccounts { pageInfo { hasNextPage } edges { node { id } } } }')).cost).toEqual({
      ...none,
      horde: 2,
    });
  });
});

describe('Open WebUI', () => {
  test('200 names and roles cost one request', async () => {
    const cost = await askByIds(webuiIds(200), 'username permissions { role nativeRole } openWebUI { email name role }');

    expect(cost).toEqual({ ...none, openWebUI: 1 });
  });

  test('the permissions of 100 users by id cost their records and two requests', async () => {
    const cost = await askByIds(webuiIds(100), 'username permissions { role grants { section key allowed } }');

    expect(cost).toEqual({ ...none, openWebUI: 100 + 2 });
  });

  test('the permissions of 100 users of a list cost its four pages and two requests', async () => {
    const { data, cost } = await ask(
      '{ openWebUIAccounts(first: 100) { edges { node { permissions { role grants { key allowed } allows(permission: "chat.delete") } } } } }',
    );

    expect(data.openWebUIAccounts).toMatchObject({ edges: { length: 100 } });
    expect(cost).toEqual({ ...none, openWebUI: 4 + 2 });
  });

  test('the permissions of a whole small server cost its pages and two requests, and one to learn that it is small', async () => {
    await using small = await startRollcall({ size: 120 });
    const ids = small.community.openWebUI.world.users.inserted().map(({ id }) => `webui:${id}`);

    const { data, errors } = await small.askText(
      'query ($ids: [ID!]!) { usersById(ids: $ids) { openWebUI { permissions { grants { key } } } } }',
      { ids },
    );

    expect(errors).toBeUndefined();
    expect(data?.usersById).toHaveLength(120);
    expect(small.calls()).toEqual({ ...none, openWebUI: 1 + 4 + 2 });
  });

  test('groups by name, settings and permissions of one user cost the record and two requests', async () => {
    const { cost } = await ask(
      'query ($id: ID!) { user(id: $id) { openWebUI { bio groups { name } settings { all } permissions { grants { key } } } } }',
      { id: webuiIds(1)[0] },
    );

    expect(cost).toEqual({ ...none, openWebUI: 1 + 2 });
  });
});

describe('MCSManager', () => {
  test('50 of 2,000 users cost one overview where the overview shows what is asked, and before that one request to count', async () => {
    const cost = await askByIds(
      panelIds(50),
      'username mcsManager { loginTime instances { instanceId } permissions { role grants { key } } }',
    );

    expect(cost).toEqual({ ...none, mcsManager: 1 + 1 });
    expect(await askByIds(panelIds(50), 'username')).toEqual({ ...none, mcsManager: 1 });
  });

  test('50 of 2,000 users cost a request each where the overview shows less than is asked', async () => {
    const cost = await askByIds(
      panelIds(50),
      'username mcsManager { registerTime hasApiKey loginTime instances { instanceId } }',
    );

    expect(cost).toEqual({ ...none, mcsManager: 50 });
  });

  test('two of 2,000 users are asked for singly even where the overview shows enough', async () => {
    expect(await askByIds(panelIds(2), 'username')).toEqual({ ...none, mcsManager: 2 });
  });
});

describe('ids', () => {
  test('a user’s id alone costs one request, and no more where accounts are linked', async () => {
    expect((await ask('{ user(id: "horde:1000") { id } }')).cost).toEqual({ ...none, horde: 1 });
    expect((await ask('{ user(id: "horde:101") { id accounts { id nativeId source { id kind } } } }')).cost).toEqual({
      ...none,
      horde: 1,
    });
  });

  test('ids of accounts and people that something else led to cost nothing', async () => {
    const { cost } = await ask(
      '{ hordeAccounts { edges { cursor node { id nativeId source { id capabilities { orders } } user { id accounts { id } } } } } }',
    );

    expect(cost).toEqual({ ...none, horde: 1 });
  });

  test('sources by id and capabilities, and who is asking, cost nothing', async () => {
    const { cost } = await ask('{ sources { id kind kindName capabilities { limits paging } } viewer { kind accounts { id } } }');

    expect(cost).toEqual(none);
  });
});

describe('people with several accounts', () => {
  const [ada] = cast;

  test('the fields of each account cost one request on its source', async () => {
    const { data, cost } = await ask(
      'query ($id: ID!) { user(id: $id) { username kudos horde { contact } openWebUI { email bio } mcsManager { registerTime } permissions { role } } }',
      { id: `webui:${ada?.openWebUI}` },
    );

    expect(data.user).toMatchObject({ username: 'ada#101', openWebUI: { email: 'ada@harbour.example' } });
    expect(cost).toEqual({ horde: 1, mcsManager: 1, openWebUI: 1 });
  });

  test('a source is left alone whose account is not asked about', async () => {
    const { cost } = await ask('query ($id: ID!) { user(id: $id) { openWebUI { email } } }', { id: `webui:${ada?.openWebUI}` });

    expect(cost).toEqual({ ...none, openWebUI: 1 });
  });

  test('everybody of the cast by every id of theirs is asked for once', async () => {
    const members = cast.flatMap(({ horde, openWebUI }) =>
      horde === undefined || openWebUI === undefined ? [] : [`horde:${horde}`, `webui:${openWebUI}`],
    );

    const { data, cost } = await ask('query ($ids: [ID!]!) { usersById(ids: $ids) { id username } }', { ids: members });

    expect(new Set((data.usersById as { id: string }[]).map(({ id }) => id)).size).toBe(members.length / 2);
    expect(cost).toEqual({ ...none, horde: members.length / 2 });
  });
});
