import { readFileSync } from 'node:fs';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { stitchSchemas } from '@graphql-tools/stitch';
import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { badgesSubschema } from '../../examples/stitching/badges.ts';
import { subschemaOf, withStitchingDirectives } from '../../examples/stitching/directives.ts';
import { serve } from '../clients/served.ts';

const sdl = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
const people = Array.from({ length: 20 }, (_, index) => `horde:${3 + index}`);

test('the SDL with stitching directives names the key of a person and the query that finds them', () => {
  const text = withStitchingDirectives(sdl);

  expect(text).toContain('type User implements Node @key(selectionSet: "{ id }") {');
  expect(text).toMatch(/usersById\([^)]*\): \[User\]! @merge\(keyField: "id"\)/);
});

test('a schema stitched by these directives finds people in one operation, as one stitched by hand does', async () => {
  await using served = await serve({ size: 60, horde: { limits: false } });
  const subschemas = [subschemaOf(sdl, buildHTTPExecutor({ endpoint: served.uri })), badgesSubschema({ everybody: people })];
  const schema = stitchSchemas({ subschemas });
  served.rollcall.calls();

  const { data, errors } = await graphql({ schema, source: '{ badge(name: "everybody") { members { id username } } }' });

  expect(errors).toBeUndefined();
  expect(data).toEqual({ badge: { members: people.map((id) => ({ id, username: expect.any(String) })) } });
  expect(served.rollcall.calls()).toEqual({ horde: 20, mcsManager: 0, openWebUI: 0 });
  expect(served.rollcall.logged.filter((line) => line.includes('"msg":"operation"'))).toHaveLength(1);
});
