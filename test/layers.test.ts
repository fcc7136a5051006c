import { describe, expect, test } from 'vitest';
import { allowed, type Import, misplacedPackages, violations } from './layers/arrows.ts';
import { namesOfKinds } from './layers/names.ts';
import { readSources } from './layers/reading.ts';

const files = await readSources();

test('every import follows an arrow of the map', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(violations(files)).toEqual([]);
});

test('every folder and every file at the top has its line in the map', () => {
  const units = new Set(files.map(({ path }) => path.split('/')[0]?.replace(/\.ts$/, '')));

  expect([...units].filter((unit) => !Object.keys(allowed).some((from) => from.split('/')[0] === unit))).toEqual([]);
});

test('a package that is one place’s affair is used there and nowhere else', () => {
  expect(misplacedPackages(files)).toEqual([]);
});

test('shared code decides nothing by a kind of source', () => {
  expect(files.flatMap(namesOfKinds)).toEqual([]);
});

// To V8 an object with a getter in it is of a class of its own, which is old from the start: as long as nobody looks through the old
// objects it keeps alive all that the getter can see, which is most of an operation.
test('only what lasts as long as the process has getters', () => {
  const getters = files.flatMap(({ path, text }) =>
    [...text.matchAll(/^\s+get (\w+)\(\)/gm)].map(([, name]) => `${path} ${name}`),
  );

  expect(getters.filter((each) => !each.startsWith('twins/')).toSorted()).toEqual([
    'direct/sharing.ts epoch',
    'sources/estimates.ts seen',
    'steady/breaker.ts state',
    'steady/fair-queue.ts running',
    'steady/fair-queue.ts waiting',
  ]);
});

describe('the map itself', () => {
  const told = (path: string, target: string, typeOnly = false): string[] =>
    violations([{ path, text: '', imports: [{ target, typeOnly } satisfies Import] }]);

  test.for([
    ['sources/horde/index.ts', 'sources/openwebui/map.ts'],
    ['sources/loading.ts', 'sources/horde/index.ts'],
    ['sources/loading.ts', 'graph/context.ts'],
    ['graph/types/user.ts', 'sources/horde/map.ts'],
    ['graph/context.ts', 'sources/loading.ts'],
    ['graph/context.ts', 'plugins/use-health.ts'],
    ['plugins/use-health.ts', 'graph/schema.ts'],
    ['http/client.ts', 'sources/contract.ts'],
    ['domain/user.ts', 'errors.ts'],
    ['errors.ts', 'config.ts'],
    ['twins/horde/index.ts', 'sources/horde/wire.ts'],
    ['twins/horde/index.ts', 'twins/openwebui/index.ts'],
    ['twins/server.ts', 'domain/facets.ts'],
    ['graphiql/options.ts', 'graph/schema.ts'],
    ['access/credential.ts', 'graph/context.ts'],
    ['main.ts', 'app.ts'],
    ['app.ts', 'twins/community.ts'],
    ['novelty/idea.ts', 'domain/user.ts'],
  ] as const)('does not let %s import %s', ([path, target]) => {
    expect(told(path, target)).toEqual([`src/${path} must not import src/${target}`]);
  });

  test('lets the graph see what a loader is, and only that', () => {
    expect(told('graph/context.ts', 'sources/loading.ts', true)).toEqual([]);
  });

  test('sees a decision by kind wherever it is written', () => {
    const text = [
      `if (source.id === 'horde') return;`,
      `const titles = { MCS_MANAGER: 'A panel' };`,
      `// AI_HORDE in a comment, 'webui' too`,
      `const sentence = 'Such as AI_HORDE or horde:42.';`,
      `facets.has("openWebUIDetails");`,
    ].join('\n');

    expect(namesOfKinds({ path: 'graph/context.ts', text, imports: [] })).toEqual([
      'src/graph/context.ts:1 names horde',
      'src/graph/context.ts:2 names MCS_MANAGER',
      'src/graph/context.ts:5 names openWebUIDetails',
    ]);
    expect(namesOfKinds({ path: 'graph/accounts/horde-account.ts', text, imports: [] })).toEqual([]);
  });
});
