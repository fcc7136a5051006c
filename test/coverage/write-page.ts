import { writeFileSync } from 'node:fs';
import { pages } from './fields.ts';
import { renderPage } from './page.ts';

// A command of `npm run generate`, never imported: `node test/coverage/write-page.ts`.
writeFileSync(new URL('../../docs/coverage.md', import.meta.url), renderPage(pages));
