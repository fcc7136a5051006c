import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import type { FaultRule } from '../../src/twins/faults.ts';
import { HARBOUR_DAEMON } from '../../src/twins/mcsmanager/fleet.ts';
import { type McsManagerTwin, mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { startTwinServer } from '../../src/twins/server.ts';
import { exception, type OpenedPanel, openPanel, refusal, told, uuids } from './mcsmanager-session.ts';

const key = 'canary-in-key-7';

/** Everything that can be asked of a panel. */
const questions: Record<string, (panel: OpenedPanel) => Promise<unknown>> = {
  user: (panel) => panel.point('user', uuids.user),
  overview: (panel) => panel.sweep('overview', uuids.user),
  search: (panel) => panel.sweep('search', uuids.user),
  instance: (panel) => panel.point('instance', `${HARBOUR_DAEMON}/${uuids.user}`),
  daemonInstances: (panel) => panel.sweep('daemonInstances', `${HARBOUR_DAEMON}/${uuids.user}`),
  daemons: (panel) => panel.sweep('daemons', HARBOUR_DAEMON),
  'a list': (panel) => panel.session.list({}).page(0),
  'a search by name': (panel) => panel.session.search('ada', 5),
  'a name': (panel) => panel.session.findByUsername('ada'),
  self: (panel) => panel.session.self(),
  status: (panel) => panel.session.status(),
};

const html = (status: number): FaultRule['fault'] => ({
  kind: 'reply',
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<html>canary-in-page 10.0.0.7</html>',
});
const json = (status: number, body: unknown, headers: Record<string, string> = {}): FaultRule['fault'] => ({
  kind: 'reply',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** Whatever is asked, these come to the same. */
const faults: readonly (readonly [string, FaultRule['fault'], string])[] = [
  ['no answer in time', { kind: 'hang' }, 'SOURCE_TIMEOUT'],
  ['a closed connection', { kind: 'reset' }, 'SOURCE_UNREACHABLE'],
  ['half an answer', { kind: 'cut', share: 0.5 }, 'SOURCE_UNREACHABLE'],
  ['more than was agreed', { kind: 'flood', bytes: 300_000 }, 'SOURCE_MALFORMED'],
  ['a page', html(200), 'SOURCE_MALFORMED'],
  ['a page that refuses', html(403), 'SOURCE_MALFORMED'],
  ['a page where nothing is', html(404), 'SOURCE_MALFORMED'],
  ['a redirect', { kind: 'reply', status: 302, headers: { location: 'http://10.0.0.7/canary-in-page' } }, 'SOURCE_MALFORMED'],
  ['a page about a crash', html(500), 'SOURCE_FAILED'],
  ['a gateway without its panel', html(502), 'SOURCE_FAILED'],
  ['JSON cut off', json(200, '{"status":200,"data":{"canary-in-page'), 'SOURCE_MALFORMED'],
  ['JSON of another shape', json(200, { status: 200, data: { canary: 'canary-in-page' }, time: 1 }), 'SOURCE_MALFORMED'],
  ['JSON without an envelope', json(200, [{ uuid: uuids.user, canary: 'canary-in-page' }]), 'SOURCE_MALFORMED'],
  ['an envelope that disagrees with its status', json(200, { status: 403, data: 'canary-in-page', time: 1 }), 'SOURCE_MALFORMED'],
  ['a refusal that disagrees with its status', json(403, { status: 200, data: 'canary-in-page', time: 1 }), 'SOURCE_MALFORMED'],
  ['a route that is not there', json(404, { status: 404, data: 'canary-in-page', time: 1 }), 'SOURCE_UNSUPPORTED'],
  ['a proxy’s 401', json(401, { message: 'canary-in-page' }), 'SOURCE_UNAUTHORIZED'],
  ['a proxy’s 429', json(429, 'canary-in-page', { 'retry-after': '7' }), 'SOURCE_RATE_LIMITED'],
];

describe.for(Object.entries(questions))('asked for %s', ([, ask]) => {
  test.for(faults)('%s is told by its code, and nothing that came is repeated', async ([, fault, code]) => {
    await using twin = await mcsManagerTwin({ size: 12, faults: [{ fault }] });
    await using panel = openPanel(twin.url, {
      key,
      http: { deadlineMs: fault.kind === 'hang' ? 150 : 5_000, maxBytes: 200_000 },
    });

    const error = await ask(panel).then(
      () => undefined,
      (reason: unknown) => reason,
    );

    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ code });
    expectNoLeak(error, twin);
  });

  test('a wait that a proxy asks for is passed on', async () => {
    for (const status of [429, 503]) {
      await using upstream = await startTwinServer(() => ({ status, headers: { 'retry-after': '7' }, body: '' }));
      await using panel = openPanel(upstream.url, { key });

      await expect(ask(panel)).rejects.toMatchObject({ retryAfter: 7, retryable: true });
    }
  });

  test('it stops when told, with the reason that was given', async () => {
    await using twin = await mcsManagerTwin({ size: 12, faults: [{ fault: { kind: 'hang' } }] });
    const controller = new AbortController();
    await using panel = openPanel(twin.url, { key, signal: controller.signal });
    const reason = new Error('the client left');

    const asked = ask(panel);
    await expect.poll(() => twin.requests.length).toBeGreaterThan(0);
    controller.abort(reason);

    await expect(asked).rejects.toBe(reason);
  });
});

describe('the panel’s own no', () => {
  const asUnknownThing = exception(500, 'canary-in-page 10.0.0.7');
  const asText = refusal(500, 'canary-in-page');
  const as400 = refusal(400, 'canary-in-page 10.0.0.7');

  test.for([
    ['user', asUnknownThing, 'SOURCE_FAILED'],
    ['overview', asUnknownThing, 'SOURCE_FAILED'],
    ['search', asUnknownThing, 'SOURCE_FAILED'],
    ['instance', asUnknownThing, 'SOURCE_FAILED'],
    ['daemonInstances', asUnknownThing, 'SOURCE_FAILED'],
    ['status', asUnknownThing, 'SOURCE_FAILED'],
    ['self', asUnknownThing, 'SOURCE_FAILED'],
    ['user', asText, 'SOURCE_FAILED'],
    ['overview', asText, 'SOURCE_FAILED'],
    ['instance', asText, 'SOURCE_RATE_LIMITED'],
    ['daemonInstances', asText, 'SOURCE_FAILED'],
    ['user', as400, 'SOURCE_FAILED'],
    ['search', as400, 'SOURCE_FAILED'],
    ['a list', as400, 'SOURCE_FAILED'],
    ['a name', as400, 'SOURCE_FAILED'],
    ['instance', as400, 'SOURCE_FAILED'],
    ['daemonInstances', as400, 'SOURCE_UNREACHABLE'],
  ] as const)('to %s, given to everything, is no more than it is', async ([question, reply, code]) => {
    await using upstream = await startTwinServer(() => reply);
    await using panel = openPanel(upstream.url, { key });

    const error = await questions[question]?.(panel).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code });
    expectNoLeak(error, upstream);
  });

  test('within an answer that claims to be well is not well', async () => {
    const body = JSON.stringify({ status: 403, data: [], time: 1 });
    await using upstream = await startTwinServer(() => ({ status: 200, headers: { 'content-type': 'application/json' }, body }));
    await using panel = openPanel(upstream.url, { key });

    await expect(questions.overview?.(panel)).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });

  test('about keys is asked after once, and a panel that then breaks down is not called a bad key', async () => {
    await using upstream = await startTwinServer(({ path }) =>
      path === '/api/auth/' ? exception(500, 'canary-in-page') : refusal(403, 'canary-in-page'),
    );
    await using panel = openPanel(upstream.url, { key });

    const all = await Promise.allSettled(['overview', 'search', 'daemons', 'a list'].map((name) => questions[name]?.(panel)));

    expect(all).toMatchObject(all.map(() => ({ reason: { code: 'SOURCE_FAILED' } })));
    expect(upstream.requests.filter(({ path }) => path === '/api/auth/')).toHaveLength(1);
  });

  test('to a status without a key spoils the status, and trouble with the key does not', async () => {
    await using good = await startTwinServer(({ path }) =>
      path === '/api/auth/status' ? told({ isInstall: true }) : exception(500, 'canary-in-page'),
    );
    await using panel = openPanel(good.url, { key });

    expect(await panel.session.status()).toEqual({ version: '10.18.2', message: null, credential: null });
  });
});

function expectNoLeak(error: unknown, upstream: Pick<McsManagerTwin, 'url'>): void {
  const seen = JSON.stringify([error, String(error), error instanceof Error ? error.message : '']);
  for (const secret of ['canary', '10.0.0.7', upstream.url, '127.0.0.1']) expect(seen).not.toContain(secret);
}
