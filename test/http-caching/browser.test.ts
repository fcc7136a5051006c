import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { everywhere } from '../access/people.ts';
import { findChromium } from '../e2e/browser.ts';
import { listen } from '../federation/listening.ts';
import { pathOf, startGetting } from './getting.ts';

const executablePath = await findChromium();
const noBrowser = 'The test of a browser’s cache is skipped: there is no chromium here. Install it, or name one in CHROMIUM.';

const { openWebUI } = everywhere('ada');
const keeper = createKey();
const reader = createKey();
const keys = [
  { name: 'keeper', hash: keeper.hash, scopes: ['read', 'read:private'] },
  { name: 'reader', hash: reader.hash, scopes: ['read'] },
];

test('a browser keeps an answer for its user, asks again for another key, and again when told to', async ({ skip }) => {
  if (executablePath === undefined) console.warn(noBrowser);
  skip(executablePath === undefined, noBrowser);
  await using page = await listen((_request, response) => response.end('<!doctype html><title>A page</title>'));
  await using getting = await startGetting({
    size: 6,
    config: (input) => ({ ...input, access: { keys }, edge: { corsOrigins: [page.url] } }),
  });
  let asked = 0;
  await using front = await listen((request, response) => {
    if (request.method === 'GET') asked += 1;
    getting.keeping.rollcall.app.handle(request, response);
  });
  await using cleaning = new AsyncDisposableStack();
  // Without routes, which would switch the cache off.
  const browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  cleaning.defer(() => browser.close());
  const tab = await browser.newPage();
  await tab.goto(page.url);
  const url = `${front.url}${pathOf(`{ user(id: "webui:${openWebUI}") { openWebUI { name email } } }`)}`;
  const ask = async (key: string, cache: RequestCache = 'default') => {
    const before = asked;
    const told = async (given: { url: string; key: string; cache: RequestCache }): Promise<string> => {
      const answer = await fetch(given.url, { headers: { 'x-rollcall-key': given.key }, cache: given.cache });
      return answer.text();
    };
    const text = await tab.evaluate(told, { url, key, cache });
    return { reached: asked - before, sees: text.includes('ada@harbour.example') };
  };

  expect(await ask(keeper.key)).toEqual({ reached: 1, sees: true });
  expect(await ask(keeper.key)).toEqual({ reached: 0, sees: true });
  expect(await ask(reader.key)).toEqual({ reached: 1, sees: false });
  expect(await ask(keeper.key, 'no-cache')).toEqual({ reached: 1, sees: true });
}, 60_000);
