import { expect, test } from 'vitest';
import { addressOf, ask, start } from '../cli/rollcall-process.ts';

const servedFrom = (directive = '') =>
  `query ${directive} { user(id: "webui:a1d00001-0000-4000-8000-000000000001") { openWebUI { username freshness { servedFrom stale } } } }`;
const told = (from: string) => ({
  data: { user: { openWebUI: { username: 'Ada Lindqvist', freshness: { servedFrom: from, stale: false } } } },
});

test('without any configuration answers are kept, and read anew for whoever asks for that', async () => {
  await using child = await start(['serve', '--size', '12'], { environment: { PORT: '0' } });
  const address = await addressOf(child);

  expect(await ask(address, servedFrom())).toEqual(told('SOURCE'));
  expect(await ask(address, servedFrom('@maxAge(seconds: 25)'))).toEqual(told('MEMORY'));
  expect(await ask(address, servedFrom('@maxAge(seconds: 0)'))).toEqual(told('SOURCE'));
});

test('a configuration that switches it off has everything read anew', async () => {
  const files = { 'rollcall.yaml': 'cache:\n  enabled: false\n' };
  await using child = await start(['serve', '--size', '12'], { environment: { PORT: '0' }, files });
  const address = await addressOf(child);

  expect(await ask(address, servedFrom())).toEqual(told('SOURCE'));
  expect(await ask(address, servedFrom())).toEqual(told('SOURCE'));
});
