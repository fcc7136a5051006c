import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserPage, findChromium, openBrowser } from './browser.ts';
import { type ServedPage, servePage } from './member-page.ts';
import { truthOfMember } from './member-truth.ts';

const chromium = await findChromium();
const noBrowser =
  'The browser tests of the member page are skipped: there is no chromium here. Install it, or name one in CHROMIUM.';

/** How long a source may be silent: long enough to look at the rest of the page meanwhile, also on a busy machine. */
const deadlineMs = 6_000;

const open = new AsyncDisposableStack();
let served: ServedPage;
let browser: BrowserPage;
let page: Page;
const failed: string[] = [];

beforeAll(async () => {
  if (chromium === undefined) return console.warn(noBrowser);
  served = open.use(await servePage({ deadlineMs }));
  browser = open.use(await openBrowser(chromium, served.origins));
  page = browser.page;
  page.setDefaultTimeout(15_000);
  page.on('response', (response) => {
    // A hash that Rollcall does not know yet is answered with 404, and the client sends the text.
    if (response.status() >= 400 && !response.url().endsWith('/graphql')) failed.push(response.url());
  });
}, 120_000);

beforeEach(async ({ skip }) => {
  skip(chromium === undefined, noBrowser);
  // Nothing that the page kept in mind, and nothing of where it was.
  await page.goto('about:blank');
  await page.setViewportSize({ width: 1280, height: 800 });
});

afterEach(() => {
  if (chromium === undefined) return;
  const { horde, mcsManager, openWebUI } = served.rollcall.community;
  for (const twin of [horde, mcsManager, openWebUI]) twin.faults.clear();
  expect(failed).toEqual([]);
  expect(browser.troubles.filter((trouble) => !trouble.includes('status of 404'))).toEqual([]);
});

afterAll(() => open.disposeAsync());

const go = (hash: string) => page.goto(`${served.address}${hash}`);
const rows = () => page.getByRole('main').getByRole('listitem').getByRole('link');
const hrefs = () => rows().evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
const panel = (name: string): Locator => page.getByRole('region', { name, exact: true });
const part = (name: string): Locator => page.getByRole('group', { name, exact: true });
const text = (locator: Locator) => locator.innerText();
/** As soon as it is so; a machine with much to do takes its time. */
const soon: typeof expect.poll = (look) => expect.poll(look, { timeout: 15_000 });
const truth = (name: string) => truthOfMember(served.rollcall.community, name);

const chidi = '#/members/horde%3A103';

describe('the list', () => {
  test('goes on as its end is reached, shows nobody twice, and says how far it is', { timeout: 60_000 }, async () => {
    await go('#/');
    await soon(() => rows().count()).toBe(25);

    for (let turn = 0; turn < 40 && (await rows().count()) < 100; turn += 1) {
      await page.mouse.move(600, 500);
      await page.mouse.wheel(0, 3_000);
      await page.waitForTimeout(50);
    }

    const shown = await hrefs();
    expect(shown.length).toBeGreaterThanOrEqual(100);
    expect(new Set(shown).size).toBe(shown.length);
    expect(await text(page.getByRole('status'))).toMatch(/^\d+ people so far$/);
  });

  test('is searched as somebody types, tells what each source said, and is whole again when cleared', async () => {
    await go('#/');
    await soon(() => rows().count()).toBe(25);

    await page.getByLabel('Name').pressSequentially('Chidi', { delay: 30 });
    await soon(() => text(page.getByRole('status'))).toBe('1 person found for “Chidi”.');
    const told = await text(page.getByRole('main'));
    await page.getByRole('button', { name: 'Clear the search' }).click();

    expect(told).toContain('AI Horde: The source cannot do this. It finds users only by their whole name');
    expect(told).toContain('Open WebUI: found 1.');
    await soon(() => rows().count()).toBe(25);
    expect(await page.getByLabel('Name').inputValue()).toBe('');
    expect(await page.getByLabel('Name').evaluate((input) => input === document.activeElement)).toBe(true);
  });

  test('says so when nobody is found', async () => {
    await go('#/');
    await page.getByLabel('Name').fill('zzzzqqqq');

    await soon(() => text(page.getByRole('status'))).toBe('Nobody was found for “zzzzqqqq”.');
    expect(await rows().count()).toBe(0);
  });

  test('is narrowed to a source', async () => {
    await go('#/');
    await page.getByLabel('Source').selectOption('Open WebUI');

    await soon(async () => (await hrefs()).every((href) => href.startsWith('#/members/webui%3A'))).toBe(true);
    await soon(() => rows().count()).toBeGreaterThan(10);
  });

  test('says which source fails, and goes on when it is asked again', async () => {
    served.rollcall.community.horde.faults.add({ fault: { kind: 'reset' } });
    await go('#/');
    await soon(() => text(page.getByRole('main'))).toContain('AI Horde: The source could not be reached. Asking again may help.');

    served.rollcall.community.horde.faults.clear();
    await page.getByRole('button', { name: 'Ask again for the list' }).click();

    await soon(() => rows().count()).toBe(25);
  });
});

test('the rest of the list can be asked for again where it broke off', async () => {
  // Its end is further down than what is loaded ahead.
  await page.setViewportSize({ width: 1280, height: 600 });
  await go('#/');
  await soon(() => rows().count()).toBe(25);
  served.rollcall.community.horde.faults.add({ fault: { kind: 'reset' } });

  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 3_000);
  await soon(() => text(page.getByRole('main'))).toContain('AI Horde: The source could not be reached. Asking again may help.');
  expect(await rows().count()).toBe(25);
  served.rollcall.community.horde.faults.clear();
  await page.getByRole('button', { name: 'Ask again for the rest of the list' }).click();

  await soon(() => rows().count()).toBeGreaterThan(25);
});

describe('a member', () => {
  test('is opened from the list and shows what the twins hold; going back finds the list as it was left', {
    timeout: 60_000,
  }, async () => {
    const { kudos, given, contribution, servers, groups, chat } = truth('Chidi Okafor');
    await go('#/');
    await soon(() => rows().count()).toBe(25);
    const chosen = page.getByRole('link', { name: /^chidi\b/i });
    for (let turn = 0; turn < 40 && (await chosen.count()) === 0; turn += 1) {
      await page.mouse.wheel(0, 3_000);
      await page.waitForTimeout(50);
    }
    await chosen.scrollIntoViewIfNeeded();
    const [top, count] = [await page.evaluate(() => scrollY), await rows().count()];

    await chosen.focus();
    await page.keyboard.press('Enter');

    await soon(() => page.title()).toBe('chidi – Members');
    await soon(() => page.evaluate(() => document.activeElement?.textContent)).toBe('chidi');
    await soon(() => text(panel('Kudos'))).toContain(`${kudos} kudos`);
    expect(await text(panel('Kudos'))).toMatch(new RegExp(`Given away\\s+${given}`));
    await soon(() => text(panel('Records'))).toContain(`${contribution[0]} megapixelsteps`);
    expect(await text(panel('Records'))).toContain(`${contribution[1]} tokens`);
    await soon(() => panel('Game servers').getByRole('listitem').count()).toBe(servers.length);
    const shown = await panel('Game servers').getByRole('listitem').allInnerTexts();
    for (const [index, { name, state }] of servers.entries()) expect(shown[index]).toMatch(new RegExp(`^${name}\\s+${state}`));
    await soon(async () => (await panel('Groups').locator('.name').allInnerTexts()).toSorted()).toEqual(groups.toSorted());
    await soon(() => text(part('rights on Open WebUI'))).toMatch(new RegExp(`chat\\s+${chat}`, 'i'));
    await soon(() => text(part('the account on Open WebUI'))).toMatch(/^Chidi Okafor\s+Member\s+Last seen /);

    await page.goBack();

    await soon(() => rows().count()).toBeGreaterThanOrEqual(count);
    await soon(() => page.evaluate(() => scrollY)).toBe(top);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(chidi);
  });

  test('has each right by its name, once its section is opened', async () => {
    await go(chidi);
    const rights = part('rights on AI Horde');
    await rights.getByText('horde', { exact: true }).click();

    const { trusted } = served.rollcall.community.horde.world.users.get(103)?.roles ?? {};
    await soon(() => rights.getByRole('listitem').allTextContents()).toContainEqual(
      trusted === true ? '✓ trusted: allowed' : '✕ trusted: not allowed',
    );
  });

  test.for([
    ['horde', 'kudos', 'Kudos', ['Game servers', 'Groups']],
    ['mcsManager', 'game servers', 'Game servers', ['Kudos', 'Records', 'Groups']],
    ['openWebUI', 'groups', 'Groups', ['Kudos', 'Records', 'Game servers']],
  ] as const)(
    '%s silent: the others are there while it is waited for; then it says so, and asking again helps',
    {
      timeout: 60_000,
    },
    async ([twin, name, silent, others]) => {
      const faults = served.rollcall.community[twin].faults;
      faults.add({ fault: { kind: 'hang' } });

      await go(chidi);
      // None is busy before there is one: what is waited for is what they show.
      for (const other of others) await soon(() => text(panel(other))).toMatch(/\d|Everybody aboard/);
      for (const other of others) expect(await panel(other).locator('[aria-busy=true]').count()).toBe(0);
      expect(await part(name).getAttribute('aria-busy')).toBe('true');
      expect(await text(panel(silent))).toContain(`Loading ${name}`);

      await soon(() => text(panel(silent))).toContain('did not answer in time. Asking again may help.');
      expect(await part(name).getAttribute('aria-busy')).toBe('false');
      faults.clear();
      await part(name)
        .getByRole('button', { name: `Ask again for ${name}` })
        .click();

      const { kudos, servers, groups } = truth('Chidi Okafor');
      const healed = { horde: `${kudos} kudos`, mcsManager: servers[0]?.name ?? '', openWebUI: groups[0] ?? '' }[twin];
      await soon(() => text(panel(silent))).toContain(healed);
      expect(await text(panel(silent))).not.toContain('Asking again');
      expect(await part(name).evaluate((element) => element === document.activeElement)).toBe(true);
    },
  );

  test('with one source refusing, its parts say that asking again would not help, and the others are there', async () => {
    const refusal = JSON.stringify({ status: 403, data: 'Forbidden', time: 0 });
    const json = { 'content-type': 'application/json' };
    served.rollcall.community.mcsManager.faults.add({ fault: { kind: 'reply', status: 403, headers: json, body: refusal } });

    await go(chidi);

    await soon(() => text(panel('Game servers'))).toMatch(
      /^Game servers\s+MCSManager: The source does not .*Asking again would not help\.$/,
    );
    expect(await part('game servers').getByRole('button').count()).toBe(0);
    expect(await text(part('the account on MCSManager'))).toMatch(/^MCSManager: The source does not .*would not help\.$/);
    await soon(() => text(panel('Kudos'))).toContain(truth('Chidi Okafor').kudos);
    await soon(() => text(panel('Groups'))).toContain('Crew');
  });

  test('of one source has nothing to show of the others, and says so', async () => {
    await go('#/members/horde%3A3');

    await soon(() => text(panel('Game servers'))).toContain('No account on an MCSManager panel.');
    await soon(() => text(panel('Groups'))).toContain('No account on an Open WebUI.');
    await soon(() => text(panel('Kudos'))).toMatch(/[\d,]+ kudos/);
  });

  test.for(['#/members/horde%3A999999', '#/members/nobody', '#/members/%E0%A4%A'])('that there is not: %s', async (hash) => {
    await go(hash);

    await soon(() => text(page.getByRole('heading', { level: 1 }))).toBe('Nobody here');
    expect(await text(page.getByRole('main'))).toContain('No source has an account');
    await page.getByRole('link', { name: 'All members' }).click();
    await soon(() => rows().count()).toBe(25);
  });
});

test.for([375, 1280])('nothing is wider than a screen of %i pixels', async (width) => {
  await page.setViewportSize({ width, height: 800 });
  for (const [hash, there] of [
    ['#/', 'people so far'],
    ['#/?search=ada', 'found for'],
    [chidi, 'Everybody aboard'],
  ] as const) {
    await go(hash);
    await page.getByText(there).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.goto('about:blank');
  }
});
