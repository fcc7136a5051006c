import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addressOf, start } from '../cli/rollcall-process.ts';
import { findChromium } from './browser.ts';
import { openGraphiql, pressRun } from './graphiql-page.ts';

/** Takes the README's picture anew, of the running page: `node test/e2e/screenshot.ts`. */
const picture = join(import.meta.dirname, '../../docs/images/graphiql.png');

const chromium = await findChromium();
if (chromium === undefined) throw new Error('There is no chromium here; install it, or name one in CHROMIUM.');

await using rollcall = await start(['serve'], { environment: { PORT: '0' } });
await using graphiql = await openGraphiql(chromium, await addressOf(rollcall));
await graphiql.answerTo('Member', pressRun);
await mkdir(dirname(picture), { recursive: true });
await graphiql.page.locator('.result-window').getByText('ada#101').waitFor();
// Away from the button, which would be drawn as pressed.
await graphiql.page.mouse.move(640, 790);
await graphiql.page.screenshot({ path: picture, animations: 'disabled', caret: 'hide' });
process.stdout.write(`${picture}\n`);
