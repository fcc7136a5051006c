import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { examples } from '../../src/graphiql/examples.ts';
import { addressOf, start } from '../cli/rollcall-process.ts';
import { findChromium } from './browser.ts';
import { type GraphiqlPage, openGraphiql, pressRun } from './graphiql-page.ts';

const chromium = await findChromium();
const noBrowser = 'The browser tests of GraphiQL are skipped: there is no chromium here. Install it, or name one in CHROMIUM.';
const tabs = examples.map((query) => /query (\w+)/.exec(query)?.[1] ?? 'unnamed');

const open = new AsyncDisposableStack();
let graphiql: GraphiqlPage;

beforeAll(async () => {
  if (chromium === undefined) return console.warn(noBrowser);
  const rollcall = open.use(await start(['serve'], { environment: { PORT: '0' } }));
  graphiql = open.use(await openGraphiql(chromium, await addressOf(rollcall)));
}, 60_000);

afterEach(() => {
  if (chromium !== undefined) expect(graphiql.troubles).toEqual([]);
});

afterAll(() => open.disposeAsync());

test.for(tabs)('the example %s runs at a press of the button and its answer is on the page', async (tab, { skip }) => {
  skip(chromium === undefined, noBrowser);

  const answer = await graphiql.answerTo(tab, pressRun);

  expect(answer).toEqual({ data: expect.anything() });
  await expect.poll(graphiql.shown).toSatisfy(isBeginningOf(answer));
});

test('Ctrl+Enter runs an example too', async ({ skip }) => {
  skip(chromium === undefined, noBrowser);

  const answer = await graphiql.answerTo('Member', async (page) => {
    await page.locator('.graphiql-query-editor .view-line').first().click();
    await page.keyboard.press('Control+Enter');
  });

  expect(answer).toMatchObject({ data: { user: { username: 'ada#101', openWebUI: { email: 'ada@harbour.example' } } } });
  await expect.poll(graphiql.shown).toContain('"username": "ada#101"');
});

test('the documentation explorer knows the graph and its descriptions', async ({ skip }) => {
  skip(chromium === undefined, noBrowser);
  const { page } = graphiql;

  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'Query', exact: true }).click();
  await page.getByRole('link', { name: 'User', exact: true }).first().click();

  const explorer = page.locator('.graphiql-doc-explorer');
  await expect.poll(() => explorer.textContent()).toContain('kudosDetails');
  await expect.poll(() => explorer.textContent()).toContain('A person, through the accounts they hold.');
});

/** The page indents and folds as it likes, and shows as many lines as there is room for. */
const isBeginningOf = (answer: unknown) => (text: string) =>
  bare(text).length > 50 && bare(JSON.stringify(answer)).startsWith(bare(text));

const bare = (text: string): string => text.replace(/\s/g, '');
