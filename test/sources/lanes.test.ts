import { expect, test } from 'vitest';
import { z } from 'zod';
import { SourceError } from '../../src/errors.ts';
import type { HttpClient } from '../../src/http/client.ts';
import type { HttpRequest } from '../../src/http/exchange.ts';
import type { SourceKind } from '../../src/sources/contract.ts';
import { createSend } from '../../src/sources/horde/writes/sending.ts';
import { createSender } from '../../src/sources/openwebui/writes/sending.ts';
import { kinds } from '../../src/sources/registry.ts';

const lane = 'KEY somebody';
const asking = { credential: { class: 'service', key: 'a-key' }, signal: undefined, lane } as const;

/** A client that sends nothing, and what it was to send. */
function recording() {
  const requests: HttpRequest[] = [];
  const traffic = { stateFor: () => ({ breaker: 'CLOSED' }) };
  const send: HttpClient['send'] = (request) => {
    requests.push(request);
    return Promise.reject(new SourceError('SOURCE_FAILED', 'source'));
  };
  // As much of it as sessions use.
  return { requests, http: { send, traffic } as unknown as HttpClient };
}

test.each<SourceKind>(kinds)(
  'whatever a session of $kind asks waits in the line of who asks, and tells nobody which that is',
  async (kind) => {
    const { requests, http } = recording();
    const source = kind.connect('source', kind.settings.parse({ url: 'http://127.0.0.1:9', apiKey: 'a-key' }), http);
    const session = source.open(asking);
    const id = source.canonicalId('7') ?? source.canonicalId('a'.repeat(32)) ?? '00000007-0000-4000-8000-000000000007';

    await Promise.allSettled([
      ...session.reads.map((read) => (read.shape === 'point' ? read.read(id) : read.read(read.partition(id), new Set([id])))),
      ...session.shared.map((read) => read.read()),
      session.count?.ask(),
      session.list({}).page(0),
      session.search('ada', 5),
      session.findByUsername('ada'),
      session.self(),
      session.status(),
    ]);

    expect(requests.length).toBeGreaterThan(3);
    expect(new Set(requests.map((request) => request.lane))).toEqual(new Set([lane]));
    expect(requests.map(({ lane: _, ...rest }) => JSON.stringify(rest)).join()).not.toContain(lane);
  },
);

test('what is written waits there as well', async () => {
  const { requests, http } = recording();

  await Promise.allSettled([
    createSend('source', http, asking)({ method: 'PUT', path: '/v2/users/7' }),
    createSender('source', http, asking).remove({ path: '/api/v1/users/7', route: 'users/id' }, z.unknown()),
  ]);

  expect(requests.map((request) => request.lane)).toEqual([lane, lane]);
});
