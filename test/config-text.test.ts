import { expect, test } from 'vitest';
import { ConfigError } from '../src/config-faults.ts';
import { readConfigText } from '../src/config-text.ts';

/** The faults that are told of it, and what Node warns of meanwhile. */
async function faultsAndWarnings(text: string): Promise<{ faults: readonly string[]; warnings: readonly string[] }> {
  const warnings: string[] = [];
  const note = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', note);
  try {
    readConfigText(text);
    return { faults: [], warnings };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { faults: error.faults, warnings };
  } finally {
    // Node tells of warnings in a turn of their own.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', note);
  }
}

test.each([
  ['!HUSH123456', 'sources.0.apiKey: what begins with "!" at line 4'],
  ['!HUSH123456 a', 'sources.0.apiKey: what begins with "!" at line 4'],
  ['!HUSH… a', 'sources.0.apiKey: what begins with "!" at line 4'],
  ['!HUSH!123456', 'sources.0.apiKey: what begins with "!" at line 4'],
  ['!HUSH123456 [a, b]', 'sources.0.apiKey: what begins with "!" at line 4'],
  ['"fine"\n    !HUSH123456 url: b', 'sources.0: what begins with "!" at line 5'],
])('an unquoted %s is told by its key and line, and neither repeated nor warned of', async (value, told) => {
  const text = `log: { level: warn }\nsources:\n  - id: grid\n    apiKey: ${value}\n    kind: AI_HORDE\n`;

  expect(await faultsAndWarnings(text)).toEqual({
    faults: [`${told} is a tag to YAML, and means nothing here; quote the whole text, as in "!text"`],
    warnings: [],
  });
});

test('every tag is told of', async () => {
  const { faults } = await faultsAndWarnings('!a\nserver: !HUSH x\nlinks: [[b, !HUSH c]]');

  expect(faults.map((fault) => fault.split(' is ', 1)[0])).toEqual([
    'the file: what begins with "!" at line 1',
    'server: what begins with "!" at line 2',
    'links.0.1: what begins with "!" at line 3',
  ]);
});

test('a key that is a list is not warned of with its text', async () => {
  expect(await faultsAndWarnings('server: { ? [hush-hush] : 1 }')).toEqual({ faults: [], warnings: [] });
});

test('an alias for what is nowhere is told of without its name', async () => {
  expect(await faultsAndWarnings('a: *HUSH')).toMatchObject({ faults: [expect.stringMatching(/^the file is not valid YAML/)] });
});
