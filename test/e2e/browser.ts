import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** A page in a browser of its own that can reach the origins it was told of and nothing else. */
export interface BrowserPage extends AsyncDisposable {
  readonly page: Page;
  /** What somebody with the developer tools open would see go wrong, addresses asked for elsewhere among it. */
  readonly troubles: readonly string[];
}

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

export async function openBrowser(executablePath: string, origins: readonly string[]): Promise<BrowserPage> {
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
  await stayInside(browser, origins, troubles);
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
  return {
    page,
    troubles,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every request to any other origin is stopped and told. */
async function stayInside(browser: BrowserContext, origins: readonly string[], troubles: string[]): Promise<void> {
  await browser.route(
    (url) => url.protocol !== 'data:' && !origins.includes(url.origin),
    async (route) => {
      troubles.push(`asked outside: ${route.request().url()}`);
      await route.abort();
    },
  );
}
