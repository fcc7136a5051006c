import { readFileSync } from 'node:fs';
import { buildASTSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { kinds } from '../../src/sources/registry.ts';
import { documentText, fencedBlocks } from '../e2e/fenced-blocks.ts';
import { composers, rollcallSdl } from './composing.ts';

const [federation, stitching] = [
  fencedBlocks(await documentText('docs/federation.md')),
  fencedBlocks(await documentText('docs/stitching.md')),
];
const inLanguage = (blocks: typeof federation, language: string): string[] =>
  blocks.filter((block) => block.language === language).map(({ text }) => text);

test.for([
  ['docs/federation.md', federation, ['compose', 'apollo-gateway', 'hive-gateway', 'sign'].map((name) => `federation/${name}`)],
  ['docs/stitching.md', stitching, ['badges', 'gateway', 'directives'].map((name) => `stitching/${name}`)],
] as const)('what %s shows is what the tests run', ([, blocks, names]) => {
  const examples = names.map((name) => readFileSync(new URL(`../../examples/${name}.ts`, import.meta.url), 'utf8'));

  expect(inLanguage([...blocks], 'ts')).toEqual(examples);
});

test('the subgraph of the page composes', () => {
  const [sdl = ''] = inLanguage(federation, 'graphql');

  const { errors } = composers.Apollo([
    { name: 'rollcall', url: 'http://rollcall.test/subgraph', sdl: rollcallSdl },
    { name: 'badges', url: 'http://badges.test/graphql', sdl },
  ]);

  expect(errors).toEqual([]);
  expect(() => buildASTSchema(parse(sdl), { assumeValidSDL: true })).not.toThrow();
});

test('the configuration of the page is one', () => {
  const [text = ''] = inLanguage(federation, 'yaml');

  const { edge } = loadConfig(`server: { host: 0.0.0.0 }\n${text}`, { ROUTER_SECRET: 'x'.repeat(32) }, kinds);

  expect(edge.subgraph).toMatchObject({ enabled: true, service: 'key', scopes: false, signature: { maxAgeSeconds: 300 } });
});
