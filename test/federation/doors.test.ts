import { createHash } from 'node:crypto';
import { buildASTSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { signatureHeader, signBody } from '../../src/edge/router-signature.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { rollcallSdl, scopedSdl } from './composing.ts';
import { askAsRouter, entitiesOf, persons } from './router.ts';

const size = 20;
const none = { horde: 0, mcsManager: 0, openWebUI: 0 };
const network = { server: { host: '0.0.0.0' }, access: { allowAnonymous: true } };

const startWith = (config: object): Promise<Rollcall> => startRollcall({ size, config: (input) => ({ ...input, ...config }) });

const askForSdl = (rollcall: Rollcall, headers = {}) => askAsRouter(rollcall, '{ _service { sdl } }', {}, headers);

describe('the endpoint', () => {
  test('is there on loopback, and beyond it only when asked for', async () => {
    await using home = await startWith({});
    await using away = await startWith(network);
    await using asked = await startWith({ ...network, edge: { subgraph: { enabled: true } } });

    expect((await askAsRouter(home, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    expect((await away.get('/subgraph?query={__typename}', { 'apollo-require-preflight': '1' })).status).toBe(404);
    expect((await askAsRouter(asked, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  test('has no queries by node id, and the other endpoint has no entities', async () => {
    await using rollcall = await startWith({});

    const node = await askAsRouter(rollcall, '{ node(id: "horde:101") { id } }');
    const entities = await rollcall.askText(entitiesOf('__typename'), { representations: persons(['horde:101']) });

    expect(node.errors).toMatchObject([{ message: expect.stringContaining('Cannot query field "node"') }]);
    expect(entities.errors).toMatchObject([
      { message: expect.stringContaining('"_Any"') },
      { message: expect.stringContaining('_entities') },
    ]);
  });

  test('has the same limits: forms, depth, length, and one allowance for both', async () => {
    await using rollcall = await startWith({ edge: { maxDepth: 3, rateLimit: { points: 2, burst: 0 } } });

    const form = await rollcall.app.fetch(
      new Request('http://rollcall.test/subgraph', { method: 'POST', body: new URLSearchParams({ query: '{ __typename }' }) }),
    );
    const deep = await askAsRouter(rollcall, '{ user(id: "horde:101") { accounts { user { id } } } }');
    await rollcall.askText('{ __typename }');
    await askAsRouter(rollcall, '{ __typename }');
    const third = await askAsRouter(rollcall, '{ __typename }');

    expect(form.status).toBe(415);
    expect(deep.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COSTLY' } }]);
    expect(third.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });

  test('takes what no manifest lists, since a router writes its operations itself', async () => {
    await using rollcall = await startWith({ edge: { persisted: { automatic: true } } });
    const query = entitiesOf('... on User { id }');
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    const post = async (body: object) =>
      (
        await rollcall.app.fetch(
          new Request('http://rollcall.test/subgraph', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              ...body,
              variables: { representations: persons(['horde:101']) },
              extensions: { persistedQuery },
            }),
          }),
        )
      ).json();

    expect(await post({})).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    expect(await post({ query })).toEqual({ data: { _entities: [{ id: 'horde:101' }] } });
    expect(await post({})).toEqual({ data: { _entities: [{ id: 'horde:101' }] } });
  });
});

describe('the SDL', () => {
  test('is told on loopback as it is checked in', async () => {
    await using rollcall = await startWith({});

    expect((await askForSdl(rollcall)).data).toEqual({ _service: { sdl: rollcallSdl } });
    expect(() => parse(rollcallSdl)).not.toThrow();
    expect(() => buildASTSchema(parse(rollcallSdl), { assumeValidSDL: true })).not.toThrow();
  });

  test('names scopes when told to', async () => {
    await using rollcall = await startWith({ edge: { subgraph: { scopes: true } } });

    expect((await askForSdl(rollcall)).data).toEqual({ _service: { sdl: scopedSdl } });
  });

  test('is kept from everybody beyond loopback, while entities are answered', async () => {
    await using rollcall = await startWith({ ...network, edge: { subgraph: { enabled: true } } });

    const { data, errors } = await askForSdl(rollcall);

    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['_service'], extensions: { code: 'FORBIDDEN' } }]);
    expect(
      (await askAsRouter(rollcall, entitiesOf('... on User { id }'), { representations: persons(['horde:101']) })).data,
    ).toEqual({
      _entities: [{ id: 'horde:101' }],
    });
  });

  test('is told to whoever has its key, and to nobody else', async () => {
    const key = 'a key for the composer';
    const serviceKeyHash = `sha256:${createHash('sha256').update(key).digest('hex')}`;
    await using rollcall = await startWith({ ...network, edge: { subgraph: { enabled: true, serviceKeyHash } } });

    expect((await askForSdl(rollcall, { 'x-rollcall-service-key': key })).data).toEqual({ _service: { sdl: rollcallSdl } });
    for (const wrong of [{}, { 'x-rollcall-service-key': '' }, { 'x-rollcall-service-key': `${key}.` }]) {
      expect((await askForSdl(rollcall, wrong)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect(rollcall.logged.join()).not.toContain(key);
  });

  test.for([
    ['a key that is asked for and not there', { service: 'key' }],
    ['a key that nothing asks for', { service: 'open', serviceKeyHash: `sha256:${'0'.repeat(64)}` }],
    ['a key instead of its hash', { serviceKeyHash: 'secret' }],
    ['a short secret', { signature: { secret: 'short' } }],
  ])('is not configured with %s', async ([, subgraph]) => {
    await expect(startWith({ edge: { subgraph } })).rejects.toThrow('edge.subgraph');
  });
});

describe('with a secret shared with the router', () => {
  const secret = 'a secret of thirty-two characters, or more';
  const body = JSON.stringify({ query: '{ user(id: "horde:101") { username } }' });
  const post = async (rollcall: Rollcall, sent: string, headers: Record<string, string>, path = '/subgraph') => {
    const request = new Request(`http://rollcall.test${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: sent,
    });
    const response = await rollcall.app.fetch(request);
    return { status: response.status, answer: await response.json() };
  };

  test('signed operations are answered', async () => {
    await using rollcall = await startWith({ edge: { subgraph: { signature: { secret } } } });

    const { status, answer } = await post(rollcall, body, { [signatureHeader]: signBody(body, secret) });

    expect({ status, answer }).toEqual({ status: 200, answer: { data: { user: { username: 'ada#101' } } } });
  });

  test('whatever is not signed, or not so, is refused before anything is read or asked', async () => {
    await using rollcall = await startWith({ edge: { subgraph: { signature: { secret } } } });
    const now = Date.now();
    const good = signBody(body, secret);
    rollcall.calls();

    const refused = await Promise.all([
      post(rollcall, body, {}),
      post(rollcall, body, { [signatureHeader]: signBody(body, `${secret}!`) }),
      post(rollcall, body.replace('101', '102'), { [signatureHeader]: good }),
      post(rollcall, body, { [signatureHeader]: signBody(body, secret, now - 301_000) }),
      post(rollcall, body, { [signatureHeader]: signBody(body, secret, now + 301_000) }),
      post(rollcall, body, { [signatureHeader]: good.replace(/t=\d+/, `t=${Math.floor(now / 1_000) + 60}`) }),
      post(rollcall, body, { [signatureHeader]: `${good}, ${good}` }),
      post(rollcall, body, { [signatureHeader]: 'v1' }),
      post(rollcall, '{ not json', {}),
    ]);
    const byGet = await rollcall.get('/subgraph?query={__typename}', { 'apollo-require-preflight': '1' });

    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 401));
    expect(refused[0]?.answer).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(byGet.status).toBe(401);
    expect(rollcall.calls()).toEqual(none);
    expect(rollcall.logged.join()).not.toContain(secret);
  });

  test('the other endpoint is not concerned', async () => {
    await using rollcall = await startWith({ edge: { subgraph: { signature: { secret } } } });

    expect((await post(rollcall, body, {}, '/graphql')).status).toBe(200);
  });
});

describe('who may see what', () => {
  const [horde, nothing] = [createKey(), createKey()];
  const access = {
    keys: [
      { name: 'horde', hash: horde.hash, scopes: ['read@horde', 'read:private@horde'] },
      { name: 'nothing', hash: nothing.hash, scopes: [] },
    ],
  };
  const webui = 'webui:a1d00001-0000-4000-8000-000000000001';

  test('a person of a source that the caller may not see is refused at their own path, and nothing is asked', async () => {
    await using rollcall = await startWith({ access });
    rollcall.calls();

    const { data, errors } = await askAsRouter(
      rollcall,
      entitiesOf('... on User { id } ... on OpenWebUIAccount { id username }'),
      {
        representations: [
          ...persons(['horde:103', webui]),
          { __typename: 'OpenWebUIAccount', id: webui },
          ...persons(['horde:105']),
        ],
      },
      { 'x-rollcall-key': horde.key },
    );

    expect(data).toEqual({ _entities: [{ id: 'horde:103' }, null, null, { id: 'horde:105' }] });
    expect(errors).toMatchObject([
      { path: ['_entities', 1], extensions: { code: 'FORBIDDEN', source: 'webui', scope: 'read' } },
      { path: ['_entities', 2], extensions: { code: 'FORBIDDEN', source: 'webui', scope: 'read' } },
    ]);
    expect(rollcall.calls()).toEqual(none);
  });

  test('a field that is refused costs itself, and is not asked for', async () => {
    await using rollcall = await startWith({ access });
    rollcall.calls();

    const { data, errors } = await askAsRouter(
      rollcall,
      entitiesOf('... on HordeAccount { username contact adminComment }'),
      { representations: [{ __typename: 'HordeAccount', id: 'horde:103' }] },
      { 'x-rollcall-key': horde.key },
    );

    expect(data).toMatchObject({ _entities: [{ username: 'chidi#103', adminComment: null }] });
    expect(errors).toMatchObject([{ path: ['_entities', 0, 'adminComment'], extensions: { code: 'FORBIDDEN' } }]);
    expect(rollcall.calls()).toEqual({ ...none, horde: 1 });
  });
});

test('more representations than the limit are refused whole, with the limit in the answer', async () => {
  await using rollcall = await startWith({ edge: { maxEntities: 3 } });
  rollcall.calls();

  const few = await askAsRouter(rollcall, entitiesOf('... on User { id }'), {
    representations: persons(Array(3).fill('horde:101')),
  });
  const many = await askAsRouter(rollcall, entitiesOf('... on User { username }'), {
    representations: persons(Array(4).fill('horde:101')),
  });

  expect(few.data?._entities).toHaveLength(3);
  expect(many.data).toBeNull();
  expect(many.errors).toMatchObject([
    { path: ['_entities'], extensions: { code: 'OPERATION_TOO_COSTLY', limit: 'maxEntities', cost: 4, allowed: 3 } },
  ]);
  expect(rollcall.calls()).toEqual(none);
});
