import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { sourceErrors } from '../../src/errors.ts';
import { ada, everywhere, whole } from './everywhere.ts';
import { codesOf, failuresOf } from './failures.ts';
import { commonFaults, ownFaults, panel, text } from './fault-tables.ts';
import { expectNoLeak, marker } from './leaks.ts';
import { startRollcall } from './rollcall.ts';

const sources = [
  ['horde', 'horde', 'user.horde.kudos'],
  ['mcsManager', 'mcsmanager', 'user.mcsManager.registerTime'],
  ['openWebUI', 'webui', 'user.openWebUI.bio'],
] as const;

describe.for(sources)('%s', ([twin, source, path]) => {
  test.for([...commonFaults, ...ownFaults[twin]])(
    '%s has its code at its path, and nothing else is lost',
    async ([, fault, code]) => {
      await using rollcall = await startRollcall({
        size: 20,
        [twin]: { canary: marker, faults: [{ fault }] },
        config: ({ links, sources }) => ({
          links,
          // Only the source in question is in a hurry.
          sources: sources.map((each) =>
            each.id === source
              ? { ...each, http: { deadlineMs: fault.kind === 'hang' ? 300 : 10_000, maxBytes: 250_000 } }
              : each,
          ),
        }),
      });

      const answer = await rollcall.askText(everywhere, { source });

      const { message, retryable } = sourceErrors[code];
      const waits = fault.kind === 'reply' && fault.headers?.['retry-after'] !== undefined;
      const extensions = { code, source, retryable, ...(waits ? { retryAfter: 7 } : {}) };
      expect(answer.status).toBe(200);
      expect(failuresOf(answer)).toEqual({ [path]: extensions, users: extensions });
      for (const error of answer.errors ?? []) expect(error.message.startsWith(message)).toBe(true);
      expect(answer.data).toEqual(whole(rollcall, { without: source, code }));
      expectNoLeak(answer, rollcall);
    },
  );

  test('a source that nobody listens at is unreachable, and nothing else is lost', async () => {
    await using rollcall = await startRollcall({ size: 20, [twin]: { canary: marker } });
    await rollcall.community[twin].close();

    const answer = await rollcall.askText(everywhere, { source });

    expect(codesOf(answer)).toEqual({ [path]: 'SOURCE_UNREACHABLE', users: 'SOURCE_UNREACHABLE' });
    expect(answer.data).toEqual(whole(rollcall, { without: source, code: 'SOURCE_UNREACHABLE' }));
    expectNoLeak(answer, rollcall);
  });
});

test('without any fault nothing is missing', async () => {
  await using rollcall = await startRollcall({ size: 20 });

  const answer = await rollcall.askText(everywhere, { source: 'horde' });

  expect(answer.errors).toBeUndefined();
  expect(answer.data).toMatchObject(whole(rollcall, {}));
  expect(answer.data?.users).not.toBeNull();
});

test('ids that nobody has are null without an error', async () => {
  await using rollcall = await startRollcall({ size: 20 });
  const unknown = ['horde:999999', `mcsmanager:${'0'.repeat(32)}`, 'webui:00000000-0000-4000-8000-00000000ffff'];

  const { data, errors } = await rollcall.askText(
    `query ($ids: [ID!]!, $horde: ID!) {
      usersById(ids: $ids) { id username permissions { role } }
      nodes(ids: $ids) { id }
      node(id: $horde) { ... on HordeAccount { id kudos } }
      user(id: $horde) { id }
      userByUsername(username: "nobody#999999", source: "horde") { id }
    }`,
    { ids: unknown, horde: unknown[0] },
  );

  expect(errors).toBeUndefined();
  expect(data).toEqual({
    usersById: [null, null, null],
    nodes: [null, null, null],
    node: null,
    user: null,
    userByUsername: null,
  });
});

test('the panel’s 500 for “asked too often” is told from its other 500s', async () => {
  await using rollcall = await startRollcall({
    size: 20,
    mcsManager: { faults: [{ path: '/api/instance', fault: panel(500, text) }] },
  });

  const answer = await rollcall.askText(
    'query ($id: ID!) { user(id: $id) { username mcsManager { registerTime instances { instanceId nickname } } } }',
    { id: ada.mcsManager },
  );

  const instances = rollcall.community.mcsManager.world.users.get(ada.mcsManager.split(':')[1] ?? '')?.instances ?? [];
  expect(instances.length).toBeGreaterThan(0);
  expect(codesOf(answer)).toEqual(
    Object.fromEntries(instances.map((_, index) => [`user.mcsManager.instances.${index}.nickname`, 'SOURCE_RATE_LIMITED'])),
  );
  expect(answer.data).toMatchObject({
    user: { mcsManager: { instances: instances.map(({ instanceUuid }) => ({ instanceId: instanceUuid, nickname: null })) } },
  });
  expectNoLeak(answer, rollcall);
});

test('an administrator’s routes refused to a good key are forbidden, and what the key may read stays', async () => {
  await using rollcall = await startRollcall({
    size: 20,
    mcsManager: { faults: [{ path: /\/(search|overview)$/, fault: panel(403, text) }] },
  });

  const answer = await rollcall.askText(
    'query ($id: ID!) { user(id: $id) { mcsManager { registerTime } } users(source: "mcsmanager") { edges { node { id } } } }',
    { id: ada.mcsManager },
  );

  expect(codesOf(answer)).toEqual({ users: 'SOURCE_FORBIDDEN' });
  expect(answer.data?.user).toMatchObject({ mcsManager: { registerTime: expect.any(String) } });
});

test('one record of a shape that cannot be understood costs its own place in a batch', async () => {
  await using rollcall = await startRollcall({ size: 40 });
  const [first, second, third] = [...rollcall.community.mcsManager.world.users.values()].slice(20, 23);
  Object.assign(second ?? {}, { instances: marker });

  const ids = [first, second, third].map((user) => `mcsmanager:${user?.uuid}`);
  const answer = await rollcall.askText('query ($ids: [ID!]!) { usersById(ids: $ids) { id username } }', { ids });

  expect(codesOf(answer)).toEqual({ 'usersById.1.username': 'SOURCE_MALFORMED' });
  expect(answer.data?.usersById).toEqual([
    { id: ids[0], username: first?.userName },
    { id: ids[1], username: null },
    { id: ids[2], username: third?.userName },
  ]);
});

test('one request that fails costs its own place in a batch', async () => {
  await using rollcall = await startRollcall({
    size: 40,
    horde: { faults: [{ path: '/api/v2/users/21', fault: { kind: 'reset' } }] },
  });

  const answer = await rollcall.askText('{ usersById(ids: ["horde:20", "horde:21", "horde:22"]) { id kudos } }');

  expect(codesOf(answer)).toEqual({ 'usersById.1.kudos': 'SOURCE_UNREACHABLE' });
  expect(answer.data?.usersById).toEqual([
    { id: 'horde:20', kudos: expect.any(Number) },
    { id: 'horde:21', kudos: null },
    { id: 'horde:22', kudos: expect.any(Number) },
  ]);
});

test('when a client leaves, the requests made for it end', async () => {
  await using rollcall = await startRollcall({ size: 20, horde: { faults: [{ fault: { kind: 'hang' } }] } });
  const leaving = new AbortController();

  const asked = rollcall.app
    .fetch(
      new Request('http://rollcall.test/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ user(id: "horde:101") { kudos } }' }),
        signal: leaving.signal,
      }),
    )
    .then(
      () => performance.now(),
      () => performance.now(),
    );
  await expect.poll(() => rollcall.community.horde.requests.length).toBe(1);
  const left = performance.now();
  leaving.abort();

  // The source's own deadline is ten seconds.
  expect((await asked) - left).toBeLessThan(2_000);
});

test.each(['GET', 'POST'])('a client that leaves during a %s is no error of the server', async (method) => {
  await using rollcall = await startRollcall({ size: 20, horde: { faults: [{ fault: { kind: 'hang' } }] } });
  const server = createServer(rollcall.app.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const left = new Promise<void>((resolve) => server.once('request', (_request, response) => response.once('close', resolve)));
  const query = '{ user(id: "horde:101") { kudos } }';
  const asked = request({
    // A server that listens has an address with a port.
    port: (server.address() as AddressInfo).port,
    method,
    path: method === 'GET' ? `/graphql?query=${encodeURIComponent(query)}` : '/graphql',
    // What is asked for debugging is Yoga's to answer, as every GET is.
    headers: { 'content-type': 'application/json', 'x-rollcall-debug': 'plan' },
  });
  asked.once('error', () => undefined);
  asked.end(method === 'GET' ? undefined : JSON.stringify({ query }));
  await expect.poll(() => rollcall.community.horde.requests.length).toBe(1);

  asked.destroy();
  await left;
  await rollcall.askText('{ __typename }');

  expect(rollcall.logged.filter((line) => line.includes('unexpected error'))).toEqual([]);
  server.close();
});
