import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Read } from '../../src/sources/contract.ts';
import { startTwinServer, type TwinServer } from '../../src/twins/server.ts';
import { type Opened, open, outcomeOf, reply, type SourceSetup, type StartedTwin, speakable } from './contract-setup.ts';

const canary = 'CANARY';

/** What a source keeps to itself, and what it does not let itself be led to. */
export function describeDiscretion(setup: SourceSetup): void {
  test('nothing secret of the upstream’s world, nor the key, nor the address is in anything that is told', async () => {
    const twin = await setup.start(canary);
    await using server = twin.server;
    await using opened = open(setup.kind, twin);

    const told = await tellEverything(opened, twin);

    expect(told.length).toBeGreaterThan(twin.ids.length);
    for (const secret of [canary, twin.serviceKey, new URL(twin.url).host]) expect(told.join('\n')).not.toContain(secret);
    // The canary did come, and was left out.
    expect(await countAnswersWith(canary, server)).toBeGreaterThan(0);
  });

  test('without a key none is sent, whatever the configuration holds', async () => {
    const twin = await setup.start(canary);
    await using server = twin.server;
    await using opened = open(setup.kind, twin, { key: null });

    await outcomeOf(opened.loader.load(twin.known, setup.facets[0]));
    await outcomeOf(opened.session.list({}).page(0));
    await outcomeOf(opened.session.status());

    expect(server.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(server.requests)).not.toContain(twin.serviceKey);
  });

  test('nobody’s session is nobody, without asking', async () => {
    const twin = await setup.start(canary);
    await using server = twin.server;
    await using opened = open(setup.kind, twin, { key: null });

    expect(await opened.session.self()).toBeNull();
    expect(server.requests).toHaveLength(0);
  });

  test('a redirect to another address is not followed, so that nobody there is shown the key', async () => {
    await using elsewhere = await startTwinServer(() => ({ status: 200, headers: {}, body: '{}' }));
    const twin = await setup.start(canary);
    await using server = twin.server;
    await using opened = open(setup.kind, twin);

    for (const status of [301, 302, 307, 308]) {
      server.faults.clear();
      server.faults.add({ fault: reply(status, 'text/plain', '', { location: `${elsewhere.url}/` }) });
      const outcome = await outcomeOf(opened.again().loader.load(twin.known, setup.facets[0]));

      expect(outcome).toMatchObject({ code: 'SOURCE_MALFORMED' });
      expect(speakable(outcome)).not.toContain(elsewhere.url);
    }
    expect(server.requests.length).toBeGreaterThanOrEqual(4);
    expect(elsewhere.requests).toHaveLength(0);
  });

  test('cookies are not kept', async () => {
    const twin = await setup.start(canary);
    await using server = twin.server;
    await using opened = open(setup.kind, twin);
    server.faults.add({ times: 1, fault: reply(200, 'application/json', '{}', { 'set-cookie': 'session=1; Path=/' }) });

    await outcomeOf(opened.loader.load(twin.known, setup.facets[0]));
    await opened.again().loader.load(twin.known, setup.facets[0]);

    expect(server.requests.length).toBeGreaterThanOrEqual(2);
    expect(server.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
  });

  test('when the caller leaves, the promise is broken with the caller’s reason and the connection upstream closed', async () => {
    await using silent = await startSilence();
    const caller = new AbortController();
    const twin = await setup.start(canary);
    await twin.server.close();
    await using opened = open(setup.kind, { ...twin, url: silent.url }, { signal: caller.signal });
    const reason = new Error('the caller left');

    const asked = outcomeOf(opened.loader.load(twin.known, setup.facets[0]));
    await silent.asked;
    const left = performance.now();
    caller.abort(reason);

    expect(await asked).toBe(reason);
    await silent.closed;
    expect(performance.now() - left).toBeLessThan(1_000);
  });

  test('a caller who has left already asks for nothing', async () => {
    const twin = await setup.start(canary);
    await using server = twin.server;
    const reason = new Error('the caller left');
    await using opened = open(setup.kind, twin, { signal: AbortSignal.abort(reason) });

    expect(await outcomeOf(opened.loader.load(twin.known, setup.facets[0]))).toBe(reason);
    await wait(20);
    expect(server.requests).toHaveLength(0);
  });
}

/** Every read, list, search and status there is, as text. */
async function tellEverything({ source, session }: Opened, { ids, known }: StartedTwin): Promise<string[]> {
  const told: unknown[] = [await session.self(), await session.status(), source.capabilities];
  for (const order of source.capabilities.orders) told.push(await session.list({ order }).page(0));
  for (const read of session.reads) told.push(...(await readAll(read, ids)));
  for (const shared of session.shared) told.push(await shared.read());
  told.push(await outcomeOf(session.search(known, 25)));
  return told.map(speakable);
}

async function readAll(read: Read, ids: readonly string[]): Promise<unknown[]> {
  if (read.shape === 'point') return Promise.all(ids.map((id) => outcomeOf(read.read(id))));
  return [await outcomeOf(read.read(read.partition(ids[0] ?? ''), new Set(ids)))];
}

/** How many of the answers that the twin gave held this text, by asking for each of them again. */
async function countAnswersWith(text: string, server: TwinServer): Promise<number> {
  const asked = new Map(server.requests.map((request) => [`${request.path}?${request.query}`, request.headers]));
  let count = 0;
  for (const [path, headers] of asked) {
    const own = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !['host', 'connection'].includes(name) ? [[name, value]] : [],
    );
    const answer = await fetch(`${server.url}${path}`, { headers: own });
    if ((await answer.text()).includes(text)) count += 1;
  }
  return count;
}

interface Silence extends AsyncDisposable {
  readonly url: string;
  /** Resolves when somebody has asked for something. */
  readonly asked: Promise<void>;
  /** Resolves when they have hung up. */
  readonly closed: Promise<void>;
}

/** A server that takes every request and never answers. */
async function startSilence(): Promise<Silence> {
  const asked = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    response.once('close', closed.resolve);
    asked.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: asked.promise,
    closed: closed.promise,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
