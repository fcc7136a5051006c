import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await startRollcall({ size: 12 });
});
afterAll(() => rollcall[Symbol.asyncDispose]());

/** The audits know nothing of the header without which a query by GET is refused here. */
const audits = serverAudits({
  url: 'http://rollcall.test/graphql',
  fetchFn: (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('apollo-require-preflight', 'true');
    return rollcall.app.fetch(new Request(url, { ...init, headers }));
  },
});

test('there are as many audits of GraphQL over HTTP as there were when they were first passed', () => {
  console.log(`graphql-http knows ${audits.length} audits of a server`);
  expect(audits).toHaveLength(61);
});

describe('GraphQL over HTTP', () => {
  test.for(audits.map(({ id, name, fn }) => [id, name, fn] as const))('%s: %s', async ([, , fn]) => {
    const result = await fn();

    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${'reason' in result ? result.reason : ''}`).toBe('ok');
  });
});

test('a query by GET is refused without that header', async () => {
  const response = await rollcall.app.fetch(new Request('http://rollcall.test/graphql?query={__typename}'));

  expect(response.status).toBe(403);
});
