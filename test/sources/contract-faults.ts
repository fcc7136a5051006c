import { describe, expect, test } from 'vitest';
import { SourceError, type SourceErrorCode } from '../../src/errors.ts';
import type { Fault } from '../../src/twins/faults.ts';
import { type Opened, open, outcomeOf, reply, type SourceSetup, type StartedTwin, speakable } from './contract-setup.ts';

/** What may become of any request, and what it must be called. */
const faults = ({ otherShape }: SourceSetup): readonly (readonly [string, Fault, SourceErrorCode])[] => [
  ['an answer after the deadline', { kind: 'delay', ms: 600 }, 'SOURCE_TIMEOUT'],
  ['no answer at all', { kind: 'hang' }, 'SOURCE_TIMEOUT'],
  ['a connection that is reset', { kind: 'reset' }, 'SOURCE_UNREACHABLE'],
  ['a body cut short', { kind: 'cut', share: 0.5 }, 'SOURCE_UNREACHABLE'],
  ['a flood', { kind: 'flood', bytes: 400_000 }, 'SOURCE_MALFORMED'],
  ['a page with status 200', reply(200, 'text/html; charset=utf-8', '<html>canary-page</html>'), 'SOURCE_MALFORMED'],
  ['a page with status 502', reply(502, 'text/html', '<html>canary-page</html>'), 'SOURCE_FAILED'],
  ['JSON that ends too early', reply(200, 'application/json', '{"canary-page": ['), 'SOURCE_MALFORMED'],
  ['JSON of another shape', reply(200, 'application/json', otherShape), 'SOURCE_MALFORMED'],
  ['a 429', reply(429, 'application/json', '{"message":"canary-page"}', { 'retry-after': '7' }), 'SOURCE_RATE_LIMITED'],
];

/** What is asked of every kind; each kind's own tests ask the rest. */
const asks: Readonly<Record<string, (opened: Opened, twin: StartedTwin, setup: SourceSetup) => Promise<unknown>>> = {
  'reading a user': ({ loader }, { known }, { facets }) => loader.load(known, facets[0]),
  listing: ({ session }) => session.list({}).page(0),
  'asking whose key it is': ({ session }) => session.self(),
};

export function describeFaults(setup: SourceSetup): void {
  describe.for(Object.entries(asks))('%s', ([, ask]) => {
    test.for(faults(setup))('meets %s and tells it by its code alone', async ([, fault, code]) => {
      const twin = await setup.start('CANARY');
      await using server = twin.server;
      server.faults.add({ fault });
      await using opened = open(setup.kind, twin, {
        http: { deadlineMs: code === 'SOURCE_TIMEOUT' ? 250 : 5_000, maxBytes: 300_000 },
      });

      const outcome = await outcomeOf(ask(opened, twin, setup));

      expectError(outcome, code, twin);
      expect(outcome instanceof SourceError && outcome.retryAfter).toBe(code === 'SOURCE_RATE_LIMITED' ? 7 : undefined);
    });

    test('of an address where nobody listens says that it cannot be reached', async () => {
      const twin = await setup.start('CANARY');
      await twin.server.close();
      await using opened = open(setup.kind, twin);

      expectError(await outcomeOf(ask(opened, twin, setup)), 'SOURCE_UNREACHABLE', twin);
    });

    test('with a key that nobody has is not accepted', async () => {
      const twin = await setup.start('CANARY');
      await using server = twin.server;
      await using opened = open(setup.kind, twin, { key: 'sk-nobody-has-this-key' });

      // Where anybody may look, no key is sent that might be refused.
      const keyless = opened.source.shownToAnybody.has(setup.facets[0]) && ask !== asks['asking whose key it is'];
      const outcome = await outcomeOf(ask(opened, twin, setup));

      if (keyless) expect(outcome).not.toBeInstanceOf(Error);
      else expectError(outcome, 'SOURCE_UNAUTHORIZED', twin);
      expect(speakable(outcome)).not.toContain('sk-nobody-has-this-key');
      expect(server.requests.length).toBeGreaterThan(0);
    });
  });

  test('an answer that is larger than allowed is not taken, however good it is', async () => {
    const twin = await setup.start('CANARY');
    await using server = twin.server;
    await using opened = open(setup.kind, twin, { http: { maxBytes: 100 } });

    expectError(await outcomeOf(opened.loader.load(twin.known, setup.facets[0])), 'SOURCE_MALFORMED', twin);
    expect(server.requests.length).toBeGreaterThan(0);
  });

  test('what an ordinary user’s key is not shown of others is forbidden, and says nothing of those others', async () => {
    const twin = await setup.start('CANARY');
    await using server = twin.server;
    await using opened = open(setup.kind, twin, { key: twin.weakKey });

    expectError(await outcomeOf(opened.loader.load(twin.others, setup.hiddenFacet)), 'SOURCE_FORBIDDEN', twin);
    expect(server.requests.length).toBeGreaterThan(0);
  });

  test.for(setup.refusals.map((refusal) => [refusal.title, refusal] as const))(
    '%s is told for what it is',
    async ([, { rule, code, ask }]) => {
      const twin = await setup.start('CANARY');
      await using server = twin.server;
      server.faults.add(rule);
      await using opened = open(setup.kind, twin);

      const asked = ask === undefined ? opened.loader.load(twin.known, setup.facets[0]) : ask(opened, twin);

      expectError(await outcomeOf(asked), code, twin);
      expect(server.requests.length).toBeGreaterThan(0);
    },
  );

  test('a fault that passes is not remembered by the next session', async () => {
    const twin = await setup.start('CANARY');
    await using server = twin.server;
    server.faults.add({ times: 1, fault: { kind: 'reset' } });
    await using opened = open(setup.kind, twin);
    expectError(await outcomeOf(opened.loader.load(twin.known, setup.facets[0])), 'SOURCE_UNREACHABLE', twin);

    expect(await opened.again().loader.load(twin.known, setup.facets[0])).toMatchObject({ exists: true });
  });
}

function expectError(outcome: unknown, code: SourceErrorCode, twin: StartedTwin): void {
  expect(outcome).toBeInstanceOf(SourceError);
  expect(outcome).toMatchObject({ code, source: 'contract' });
  const { host, port } = new URL(twin.url);
  for (const secret of ['CANARY', 'canary-page', twin.serviceKey, host, port]) expect(speakable(outcome)).not.toContain(secret);
}
