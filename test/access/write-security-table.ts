import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema } from '../../src/graph/schema.ts';
import { withTable } from './security-table.ts';

// A command of `npm run generate`, never imported: `node test/access/write-security-table.ts`.
const page = new URL('../../docs/security.md', import.meta.url);
writeFileSync(page, withTable(readFileSync(page, 'utf8'), buildSchema()));
