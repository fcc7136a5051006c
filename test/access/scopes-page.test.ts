import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/graph/schema.ts';
import { withTable } from './security-table.ts';

const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');

test('the table in docs/security.md is what the schema says', () => {
  expect(page).toBe(withTable(page, buildSchema()));
});

test('it has a row for every scope', () => {
  for (const scope of ['read', 'read:private', 'read:privileged', 'write', 'write:admin'])
    expect(page).toContain(`\n| \`${scope}\` | \``);
});
