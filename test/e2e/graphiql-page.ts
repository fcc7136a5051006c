import type { Page } from 'playwright-core';
import { type BrowserPage, openBrowser } from './browser.ts';

/** GraphiQL in a browser of its own that can reach the server and nothing else. */
export interface GraphiqlPage extends BrowserPage {
  /** Clicks the tab of an example, has it run by `run`, and gives what came over the wire. */
  answerTo(tab: string, run: (page: Page) => Promise<void>): Promise<unknown>;
  /** The lines of the answer that stand on the page right now: an editor draws no more than there is room for. */
  shown(): Promise<string>;
}

export const pressRun = (page: Page): Promise<void> => page.getByRole('button', { name: 'Execute query' }).click();

export async function openGraphiql(executablePath: string, address: string): Promise<GraphiqlPage> {
  const browser = await openBrowser(executablePath, [new URL(address).origin]);
  const { page } = browser;
  await page.goto(address);
  return { ...browser, answerTo: (tab, run) => answerTo(page, tab, run), shown: () => shown(page) };
}

async function answerTo(page: Page, tab: string, run: (page: Page) => Promise<void>): Promise<unknown> {
  await page.locator('.graphiql-tab-button').getByText(tab, { exact: true }).click();
  // GraphiQL reads the tab's document a tenth of a second later, and runs the last tab's for a hand that is faster.
  await page.waitForTimeout(500);
  const response = page.waitForResponse((each) => each.request().postDataJSON()?.operationName === tab);
  await run(page);
  return (await response).json();
}

/** The editor keeps its lines in the order in which it drew them, not in that in which they stand. */
async function shown(page: Page): Promise<string> {
  const lines = await page.locator('.result-window .view-line').evaluateAll((elements) =>
    elements
      .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? '' }))
      .sort((left, right) => left.top - right.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' ')),
  );
  return lines.join('\n');
}
