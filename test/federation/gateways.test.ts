import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeSupergraph, type Part } from '../../examples/federation/compose.ts';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { serveBadges } from './badges.ts';
import { badgesSdl, composers, rollcallSdl } from './composing.ts';
import { type Listening, listen } from './listening.ts';
import { askRouter, type RouterAnswer, type StartRouter, startApolloGateway, startHiveGateway } from './routers.ts';

const [reader, moderator] = [createKey(), createKey()];
const ada = 'horde:101';
const none = { horde: 0, mcsManager: 0, openWebUI: 0 };
// Nobody of the cast, so that nothing leads to another source.
const fifty = Array.from({ length: 50 }, (_, index) => `horde:${1_000 + index}`);

let rollcall: Rollcall;
let subgraphs: Listening[];
let webuiIds: string[];

beforeAll(async () => {
  rollcall = await startRollcall({
    size: 2_000,
    horde: { limits: false },
    config: (input) => ({
      ...input,
      access: {
        keys: [
          { name: 'reader', hash: reader.hash, scopes: ['read'] },
          { name: 'moderator', hash: moderator.hash, scopes: ['read', 'read:private', 'write'] },
        ],
      },
      edge: { subgraph: { enabled: true } },
    }),
  });
  webuiIds = rollcall.community.openWebUI.world.users
    .inserted()
    .slice(50, 60)
    .map(({ id }) => `webui:${id}`);
  subgraphs = [
    await listen(rollcall.app.handle),
    await serveBadges({ founder: [ada], everybody: fifty, mixed: [ada, 'horde:999999', 'nobody', ...webuiIds] }),
  ];
});
afterAll(async () => {
  for (const each of subgraphs) await each[Symbol.asyncDispose]();
  await rollcall[Symbol.asyncDispose]();
});

interface Gateway {
  readonly start: StartRouter;
  readonly compose: (parts: readonly Part[]) => string;
  /** Where the error for a member's username is told. */
  readonly pathOfMember: (index: number) => (string | number)[];
}

const gateways: Readonly<Record<string, Gateway>> = {
  'Apollo Gateway': {
    start: startApolloGateway,
    compose: (parts) => composers.Apollo(parts).supergraph,
    pathOfMember: (index) => ['badge', 'members', index],
  },
  'Hive Gateway': {
    start: startHiveGateway,
    compose: composeSupergraph,
    // It names the field and leaves out the index.
    pathOfMember: () => ['badge', 'members', 'username'],
  },
};

describe.for(Object.entries(gateways))('through %s', ([, { start, compose, pathOfMember }]) => {
  let router: Listening;

  beforeAll(async () => {
    const [users = '', badges = ''] = subgraphs.map(({ url }) => url);
    router = await start(compose(partsAt(users, badges)));
  });
  afterAll(() => router[Symbol.asyncDispose]());

  async function ask(query: string, variables = {}, { key } = reader): Promise<RouterAnswer & { cost: typeof none }> {
    rollcall.calls();
    const answer = await askRouter(router, query, variables, { authorization: `Bearer ${key}` });
    return { ...answer, cost: rollcall.calls() };
  }

  test('people lead to what another subgraph knows of them', async () => {
    const { data, errors, cost } = await ask('query ($ids: [ID!]!) { usersById(ids: $ids) { username badges { name } } }', {
      ids: [ada, 'horde:1000'],
    });

    expect(errors).toBeUndefined();
    expect(data).toEqual({
      usersById: [
        { username: 'ada#101', badges: [{ name: 'The founder' }, { name: 'The mixed' }] },
        { username: expect.any(String), badges: [{ name: 'The everybody' }] },
      ],
    });
    expect(cost).toEqual({ ...none, horde: 2 });
  });

  test('another subgraph leads to 50 people at the price of usersById of 50', async () => {
    await rollcall.askText('query ($ids: [ID!]!) { usersById(ids: $ids) { username kudos } }', { ids: fifty }, bearer(reader));
    const usual = rollcall.calls();
    const { data, errors, cost } = await ask('{ badge(id: "everybody") { name members { id username kudos } } }');

    expect(errors).toBeUndefined();
    expect(data).toEqual({
      badge: {
        name: 'The everybody',
        members: fifty.map((id) => ({ id, username: expect.any(String), kudos: expect.any(Number) })),
      },
    });
    expect(cost).toEqual(usual);
    expect(cost).toEqual({ ...none, horde: 50 });
  });

  test('what another subgraph computes from our fields is computed', async () => {
    const { data, errors, cost } = await ask(
      '{ badge(id: "everybody") { members { rank } } badges { pageInfo { hasNextPage } } user(id: "horde:101") { rank } }',
    );

    expect(errors).toBeUndefined();
    expect(data).toEqual({
      badge: { members: fifty.map(() => ({ rank: expect.stringMatching(/^(gold|iron)$/) })) },
      badges: { pageInfo: { hasNextPage: false } },
      user: { rank: 'gold' },
    });
    expect(cost).toEqual({ ...none, horde: 51 });
  });

  test('one who is unknown or misspelt costs their own place', async () => {
    const { data, errors } = await ask('{ badge(id: "mixed") { members { id username } } }');

    expect(data).toEqual({
      badge: {
        members: [
          { id: ada, username: 'ada#101' },
          { id: 'horde:999999', username: null },
          { id: 'nobody', username: null },
          ...webuiIds.map((id) => ({ id, username: expect.any(String) })),
        ],
      },
    });
    expect(errors).toMatchObject([{ path: pathOfMember(2), extensions: { code: 'BAD_USER_INPUT', serviceName: 'rollcall' } }]);
  });

  test('the caller’s own scopes decide, before anything is asked', async () => {
    const query = '{ badge(id: "founder") { members { openWebUI { email } } } }';
    const refused = await ask(query);
    const allowed = await ask(query, {}, moderator);

    expect(refused.data).toEqual({ badge: { members: [{ openWebUI: { email: null } }] } });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scope: 'read:private' } }]);
    expect(refused.cost).toEqual(none);
    expect(allowed.data).toEqual({ badge: { members: [{ openWebUI: { email: 'ada@harbour.example' } }] } });
  });
});

describe.for(Object.entries(gateways))('through %s, which signs', ([, { start, compose }]) => {
  const secret = 'a secret of thirty-two characters, or more';
  const query = '{ badge(id: "founder") { members { username } } }';

  test('its operations are taken, and nobody else’s', async () => {
    await using signed = await startRollcall({
      size: 20,
      config: (input) => ({ ...input, edge: { subgraph: { signature: { secret } } } }),
    });
    await using users = await listen(signed.app.handle);
    const supergraph = compose(partsAt(users.url, subgraphs[1]?.url ?? ''));
    await using trusted = await start(supergraph, secret);
    await using stranger = await start(supergraph);

    expect(await askRouter(trusted, query)).toEqual({ data: { badge: { members: [{ username: 'ada#101' }] } } });
    expect(await askRouter(stranger, query)).toMatchObject({
      data: { badge: { members: [{ username: null }] } },
      errors: [expect.anything()],
    });
  });
});

const partsAt = (users: string, badges: string): Part[] => [
  { name: 'rollcall', url: `${users}/subgraph`, sdl: rollcallSdl },
  { name: 'badges', url: `${badges}/graphql`, sdl: badgesSdl },
];

const bearer = ({ key }: typeof reader): Record<string, string> => ({ authorization: `Bearer ${key}` });
