import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { findingsOf } from './graphql-eslint.ts';

test('graphql-eslint has nothing to say of the schema and of the operations of the tests', { timeout: 60_000 }, async () => {
  expect(await findingsOf('schema/schema.graphql', 'test/operations/*.graphql')).toEqual([]);
});

test('graphql-eslint sees what it is meant to see', { timeout: 60_000 }, async () => {
  // Within the project: it does not look at files outside of it.
  const folder = relative(process.cwd(), await mkdtemp('test/schema-care/faulty-'));
  try {
    await writeFile(
      `${folder}/schema.graphql`,
      '"Asked."\ntype Query {\n  "People."\n  all_users(first: Int): UserConnection\n}\n\ntype UserConnection {\n  "The rows."\n  edges: [Int]\n}\n',
    );
    await writeFile(`${folder}/operation.graphql`, 'query get($unused: Int) {\n  all_users {\n    edges\n  }\n}\n');

    const found = await findingsOf(`${folder}/schema.graphql`, `${folder}/operation.graphql`);

    for (const rule of ['naming-convention', 'require-description', 'relay-connection-types', 'no-unused-variables']) {
      expect(found.join('\n')).toContain(`@graphql-eslint/${rule}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
