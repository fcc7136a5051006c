import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTwinServer } from '../../src/twins/server.ts';
import { everywhere } from './everywhere.ts';
import { codesOf } from './failures.ts';
import { expectNoLeak, marker } from './leaks.ts';
import { type Rollcall, startRollcall } from './rollcall.ts';

describe('started where no source can be reached', () => {
  let rollcall: Rollcall;

  beforeAll(async () => {
    const gone = await startTwinServer(() => ({ status: 200, headers: {}, body: '' }));
    await gone.close();
    rollcall = await startRollcall({
      size: 12,
      config: ({ links, sources }) => ({
        links,
        sources: sources.map((source) => ({ ...source, url: gone.url, apiKey: marker })),
      }),
    });
  });
  afterAll(() => rollcall[Symbol.asyncDispose]());

  test('the process says that it lives', async () => {
    const response = await rollcall.get('/healthz');

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  test('the process says that it is not ready, and why', async () => {
    const response = await rollcall.get('/readyz');

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'no source answers',
      sources: [
        { id: 'horde', kind: 'AI_HORDE', reachable: false, problem: 'SOURCE_UNREACHABLE', breaker: 'CLOSED' },
        { id: 'mcsmanager', kind: 'MCS_MANAGER', reachable: false, problem: 'SOURCE_UNREACHABLE', breaker: 'CLOSED' },
        { id: 'webui', kind: 'OPEN_WEBUI', reachable: false, problem: 'SOURCE_UNREACHABLE', breaker: 'CLOSED' },
      ],
    });
  });

  test('GraphiQL is served', async () => {
    const response = await rollcall.get('/graphql', { accept: 'text/html' });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('graphiql');
  });

  test('the schema is served whole', async () => {
    const { data } = await rollcall.askText(getIntrospectionQuery({ specifiedByUrl: true }));

    // The introspection query asks for exactly what this type says.
    const served = buildClientSchema(data as unknown as IntrospectionQuery);
    expect(printSchema(lexicographicSortSchema(served))).toBe(printSchema(lexicographicSortSchema(rollcall.app.schema)));
  });

  test('each source says that it cannot be reached, without an error', async () => {
    const { data, errors } = await rollcall.askText(
      '{ sources { id kind kindName reachable problem version message capabilities { orders } } }',
    );

    expect(errors).toBeUndefined();
    expect(data?.sources).toMatchObject(
      ['horde', 'mcsmanager', 'webui'].map((id) => ({
        id,
        reachable: false,
        problem: 'SOURCE_UNREACHABLE',
        version: null,
        message: null,
      })),
    );
  });

  test('whatever is asked has the code of its source, and leaks nothing', async () => {
    const answer = await rollcall.askText(everywhere, { source: 'webui' });

    expect(codesOf(answer)).toEqual({
      'user.horde.kudos': 'SOURCE_UNREACHABLE',
      'user.mcsManager.registerTime': 'SOURCE_UNREACHABLE',
      'user.openWebUI.bio': 'SOURCE_UNREACHABLE',
      users: 'SOURCE_UNREACHABLE',
    });
    expect(answer.data?.searchUsers).toMatchObject({
      sources: Array.from({ length: 3 }, () => ({ outcome: 'FAILED', code: 'SOURCE_UNREACHABLE' })),
    });
    expectNoLeak(answer, rollcall);
  });
});

test('one source that answers is enough to be ready', async () => {
  await using rollcall = await startRollcall({ size: 12 });
  await rollcall.community.horde.close();
  await rollcall.community.openWebUI.close();

  const response = await rollcall.get('/readyz');

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    status: 'ready',
    sources: [{ reachable: false }, { reachable: true, problem: null }, { reachable: false }],
  });
});

test('however often somebody probes, sources are asked rarely, and without a key', async () => {
  await using rollcall = await startRollcall({ size: 12 });

  await Promise.all(Array.from({ length: 50 }, () => rollcall.get('/readyz')));

  const { horde, mcsManager, openWebUI } = rollcall.community;
  const requests = [horde, mcsManager, openWebUI].flatMap((twin) => twin.requests);
  expect(requests.length).toBeLessThan(6);
  const keys = [horde.keys.moderator, mcsManager.keys.admin, openWebUI.keys.admin];
  for (const key of keys) expect(JSON.stringify(requests)).not.toContain(key);
});

test('a server that stops says so while it still answers', async () => {
  await using rollcall = await startRollcall({ size: 12 });

  rollcall.app.stopping();

  const response = await rollcall.get('/readyz');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: 'stopping', sources: [] });
  expect((await rollcall.get('/healthz')).status).toBe(200);
  expect((await rollcall.askText('{ viewer { kind } }')).data).toEqual({ viewer: { kind: 'ANONYMOUS' } });
});

test('without any source the graph is served, and is ready', async () => {
  await using rollcall = await startRollcall({ size: 12, config: () => ({}) });

  const { data, errors } = await rollcall.askText(
    '{ sources { id } users { edges { cursor } } searchUsers(query: "a") { users { id } } }',
  );

  expect(errors).toBeUndefined();
  expect(data).toEqual({ sources: [], users: { edges: [] }, searchUsers: { users: [] } });
  expect((await rollcall.get('/readyz')).status).toBe(200);
});
