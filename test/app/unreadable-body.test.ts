import { expect, test } from 'vitest';
import { startRollcall } from './rollcall.ts';

test.for(['{"query": "{ sources { id } }", "variables": {"password": "CANARY"', 'CANARY', '{"a": CANARY}'])(
  'the body %s is refused without a word of it',
  async (body) => {
    await using rollcall = await startRollcall({ size: 12 });

    const response = await rollcall.app.fetch(
      new Request('http://rollcall.test/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    );

    const text = await response.text();
    expect(response.status).toBe(400);
    expect(JSON.parse(text)).toEqual({
      errors: [{ message: 'The body is not valid JSON.', extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(text + rollcall.logged.join()).not.toContain('CANARY');
  },
);
