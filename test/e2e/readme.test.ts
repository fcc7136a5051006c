import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { kinds } from '../../src/sources/registry.ts';
import { startRollcall } from '../app/rollcall.ts';
import { run } from '../cli/rollcall-process.ts';
import { documentText, fencedBlocks } from './fenced-blocks.ts';

const readme = await documentText('README.md');
const blocks = fencedBlocks(readme);
const project = new URL('../../', import.meta.url);

const examples = ['README.md', 'docs/writing.md'] as const;

test.for(await operationsIn(examples))(
  'the answer below operation $nth of $page is the real one',
  async ({ operation, answer }) => {
    await using rollcall = await startRollcall();

    const { data, errors } = await rollcall.askText(operation);

    expect({ data, errors }).toEqual(JSON.parse(answer));
  },
);

test('every example operation of these pages was found', async () => {
  const found = await operationsIn(examples);

  expect(examples.map((page) => found.filter((each) => each.page === page).length)).toEqual([2, 1]);
});

test('the README’s curl gets the answer that stands below it', async () => {
  await using rollcall = await startRollcall();
  const curl = blocks.findIndex(({ text }) => text.startsWith('curl'));
  const body: { query: string } = JSON.parse(/-d '(.*)'/.exec(blocks[curl]?.text ?? '')?.[1] ?? '');

  const { text } = await rollcall.askText(body.query);

  expect(text).toBe(blocks[curl + 1]?.text.trimEnd());
});

test('`rollcall check` prints what the README shows, but for the time it takes', async () => {
  const shown = blocks.find(({ text }) => text.startsWith('source '))?.text;

  const { code, stdout } = await run(['check']);

  expect(code).toBe(0);
  expect(timeless(stdout)).toBe(timeless(shown ?? ''));
});

test('the README’s library example prints what stands below it', async () => {
  const code = blockOf('ts').replace("'rollcall'", JSON.stringify(new URL('src/index.ts', project).href));

  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', code]);

  expect(stdout).toBe(following('ts'));
});

test.for([
  ['the README’s configuration', blockOf('yaml')],
  ['rollcall.example.yaml', await documentText('rollcall.example.yaml')],
] as const)('%s is taken as it is, once its keys are in the environment', ([, text]) => {
  const names = [...text.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined || name === 'NAME' ? [] : [name]));
  const environment = Object.fromEntries(names.map((name) => [name, 'a-key']));

  const { sources, identities } = loadConfig(text, environment, kinds);

  expect(sources.length).toBeGreaterThan(1);
  expect(identities.accountsOf('panel:046afc3504f24a4d8f5a1c1f6f0e9b7d').length).toBeGreaterThan(1);
});

test.for(['README.md', 'AGENTS.md', 'docs/configuration.md', 'docs/writing.md', 'docs/sources.md'])(
  'every file that %s links to is there',
  async (page) => {
    const links = [...(await documentText(page)).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link ?? '');

    const missing = await Promise.all(
      links.map((link) =>
        access(new URL(link, new URL(page, project))).then(
          () => [],
          () => [link],
        ),
      ),
    );

    expect(missing.flat()).toEqual([]);
  },
);

/** Each operation of the pages with the block that follows it. */
async function operationsIn(pages: readonly string[]): Promise<Example[]> {
  const found = await Promise.all(
    pages.map(async (page) =>
      fencedBlocks(await documentText(page))
        .flatMap(({ language, text }, index, all) =>
          language === 'graphql' ? [{ operation: text, answer: all[index + 1]?.text ?? '' }] : [],
        )
        .map((example, index) => ({ ...example, page, nth: index + 1 })),
    ),
  );
  return found.flat();
}

interface Example {
  readonly page: string;
  readonly nth: number;
  readonly operation: string;
  readonly answer: string;
}

/** The first example in a language. */
function blockOf(language: string): string {
  const block = blocks.find((each) => each.language === language);
  if (block === undefined) throw new Error(`The README has no example in ${language}.`);
  return block.text;
}

/** The example after the first one in a language. */
const following = (language: string): string => blocks[blocks.findIndex((each) => each.language === language) + 1]?.text ?? '';

const timeless = (table: string): string => table.replaceAll(/\d+ ms/g, 'N ms').replaceAll(/ +/g, ' ');
