import { expect, test } from 'vitest';
import { createDeadlines } from '../../src/direct/deadlines.ts';
import { cast } from '../../src/domain/cast.ts';
import { startSharing } from './shared-server.ts';

const bao = `webui:${cast.find((one) => one.alias === 'bao')?.openWebUI}`;
const one = { query: 'query One($id: ID!) { user(id: $id) { openWebUI { name } } }', variables: { id: bao } };

test('an operation whose time is up says so of the source it waited for, and lets go of it', async () => {
  await using server = await startSharing({ edge: { operationDeadlineMs: 1_500 } });
  server.gate.shut();

  const { status, body } = await server.ask(one);
  await server.gate.untilGone(1);

  expect(status).toBe('HTTP/1.1 200 OK');
  expect(body).toContain('SOURCE_TIMEOUT');
});

test('time is up in the order in which it began, and not for what has ended', async () => {
  const deadlines = createDeadlines(30);
  const expired: string[] = [];
  const all = Promise.withResolvers<void>();

  deadlines.begin(() => void expired.push('first'));
  const end = deadlines.begin(() => void expired.push('ended'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  deadlines.begin(() => {
    expired.push('last');
    all.resolve();
  });
  end();
  // Its timer keeps no process alive, this one not either.
  const alive = setInterval(() => undefined, 1_000);
  await all.promise;
  clearInterval(alive);

  expect(expired).toEqual(['first', 'last']);
});
