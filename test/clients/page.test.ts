import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { documentText, fencedBlocks } from '../e2e/fenced-blocks.ts';
import { type Served, serve } from './served.ts';

const blocks = fencedBlocks(await documentText('docs/clients.md'));
const inLanguage = (language: string): string[] => blocks.filter((each) => each.language === language).map(({ text }) => text);
const example = (name: string): string => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

test('what docs/clients.md shows is what the tests run', () => {
  const files = ['apollo-client/client.ts', 'apollo-client/cache.ts', 'urql/client.ts', 'relay/environment.ts'].map(example);

  // One more is a single line for whoever has a list already.
  expect(inLanguage('ts').filter((text) => text.includes('import '))).toEqual(files);
  expect(inLanguage('json')).toEqual([example('relay/relay.config.json')]);
});

test('the operation of the page is answered', async () => {
  await using served: Served = await serve({ size: 20 });
  const [query = ''] = inLanguage('graphql');

  const { data, errors } = await served.rollcall.askText(query, { id: 'horde:101' });

  expect(parse(query).definitions.map(({ kind }) => kind)).toEqual([Kind.OPERATION_DEFINITION]);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ user: { horde: { kudos: 912_440 }, mcsManager: { instances: expect.any(Array) } } });
});
