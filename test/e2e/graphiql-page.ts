import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** GraphiQL in a browser of its own that can reach the server and nothing else. */
export interface GraphiqlPage extends AsyncDisposable {
  readonly page: Page;
  /** What somebody with the developer tools open would see go wrong, addresses asked for elsewhere among it. */
  readonly troubles: readonly string[];
  /** Clicks the tab of an example, has it run by `run`, and gives what came over the wire. */
  answerTo(tab: string, run: (page: Page) => Promise<void>): Promise<unknown>;
  /** The lines of the answer that stand on the page right now: an editor draws no more than there is room for. */
  shown(): Promise<string>;
}

export const pressRun = (page: Page): Promise<void> => page.getByRole('button', { name: 'Execute query' }).click();

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The first browser of the Chromium family where Linux puts them, or the one that `CHROMIUM` names. Undefined without one. */
export async function findChromium(): Promise<string | undefined> {
  for (const place of process.env.CHROMIUM === undefined ? places : [process.env.CHROMIUM]) {
    const runs = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return place;
  }
  return undefined;
}

export async function openGraphiql(executablePath: string, address: string): Promise<GraphiqlPage> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-browser-'));
  const browser = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The routes below see what the page asks for; this keeps in whatever passes them by.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  const troubles: string[] = [];
  await stayInside(browser, new URL(address).origin, troubles);
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
  await page.goto(address);
  return {
    page,
    troubles,
    answerTo: (tab, run) => answerTo(page, tab, run),
    shown: () => shown(page),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every request to another origin is stopped and told. */
async function stayInside(browser: BrowserContext, origin: string, troubles: string[]): Promise<void> {
  await browser.route(
    (url) => url.origin !== origin,
    async (route) => {
      troubles.push(`asked outside: ${route.request().url()}`);
      await route.abort();
    },
  );
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
