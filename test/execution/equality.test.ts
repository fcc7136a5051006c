import { execute, type GraphQLResolveInfo, type GraphQLSchema, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { executeCompiled } from '../../src/execution/executing.ts';
import { buildSchema } from '../../src/graph/schema.ts';
import { usePlainExecution } from '../../src/plugins/use-plain-execution.ts';
import { buildSubgraph } from '../../src/subgraph/schema.ts';
import { byBoth } from './both.ts';
import { nastyCases } from './nasty-cases.ts';
import { nastySchema, root } from './nasty-schema.ts';

describe('what is compiled answers as graphql does', () => {
  const schema = nastySchema();

  test.each(nastyCases.map((each) => ({ each, text: each[0].slice(0, 120) })))('$text', async ({ each }) => {
    const [text, variableValues, operationName] = each;
    const document = parse(text);
    const args = {
      schema,
      document,
      variableValues: variableValues ?? null,
      operationName: operationName ?? null,
      rootValue: root,
      contextValue: { is: 'context' },
    };

    for (const _time of [1, 2, 3]) {
      const { graphql, compiled } = await byBoth(args);

      expect(compiled).toEqual(graphql);
    }
  });

  test('also under more combinations of conditions than are kept', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const fields = names.map((name) => `${name}: id @include(if: $${name})`);
    const document = parse(`query (${names.map((name) => `$${name}: Boolean!`)}) { ${fields.join(' ')} colour }`);

    for (let bits = 0; bits < 128; bits++) {
      const variableValues = Object.fromEntries(names.map((name, at) => [name, Boolean(bits & (1 << at))]));
      const { graphql, compiled } = await byBoth({ schema, document, variableValues });

      expect(compiled).toEqual(graphql);
    }
  });

  test('also where the same document is asked of two schemas in turn', async () => {
    const document = parse('{ colour thing { name } }');
    const other = nastySchema();
    Object.assign(other.getQueryType()?.getFields().colour ?? {}, { resolve: () => 'GREEN' });

    for (const each of [schema, schema, other, schema]) {
      const { graphql, compiled } = await byBoth({ schema: each, document });

      expect(compiled).toEqual(graphql);
    }
  });

  test('also where resolvers for all fields and types are given', async () => {
    const document = parse('{ getter either { __typename } }');
    const { graphql, compiled } = await byBoth({
      ...{ schema, document },
      fieldResolver: (_source, _args, _context, { fieldName }) => `given ${fieldName}`,
      typeResolver: () => 'Thing',
    });

    expect(compiled).toEqual(graphql);
  });
});

test('an item that fails at once leaves no promise of another behind, whose failing would end the process', async () => {
  const schema = nastySchema();
  const unhandled: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  const mustNumbers = (): unknown[] => [Promise.resolve().then(() => Promise.reject(new Error('late'))), 'x'];
  const document = parse('{ mustNumbers }');
  await executeCompiled({ schema, document });
  Object.assign(schema.getQueryType()?.getFields().mustNumbers ?? {}, { resolve: mustNumbers });

  const result = await executeCompiled({ schema, document });
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners('unhandledRejection');
  for (const other of others) process.on('unhandledRejection', other);

  expect(result).toMatchObject({ data: { mustNumbers: null }, errors: [{ path: ['mustNumbers', 1] }] });
  expect(unhandled).toEqual([]);
});

test('from the second time on what is asked is worked out once, and by graphql itself each time for what is not compiled', async () => {
  const schema = nastySchema();
  const worksOutOnce = async (text: string, run: typeof execute): Promise<boolean> => {
    const document = parse(text);
    const seen: GraphQLResolveInfo['fieldNodes'][] = [];
    const watch = (_source: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo): void => {
      seen.push(info.fieldNodes);
    };
    for (const type of [schema.getQueryType(), schema.getMutationType()])
      for (const name of ['info', 'a']) Object.assign(type?.getFields()[name] ?? {}, { resolve: watch });
    for (const _time of [1, 2, 3]) await run({ schema, document });
    expect(new Set(seen.slice(0, 2)).size).toBe(2);
    expect(seen).toHaveLength(3);
    return seen[1] === seen[2];
  };

  expect(await worksOutOnce('{ info }', executeCompiled)).toBe(true);
  expect(await worksOutOnce('{ info }', plainly)).toBe(true);
  expect(await worksOutOnce('{ info }', execute)).toBe(false);
  expect(await worksOutOnce('mutation { a }', executeCompiled)).toBe(false);
  expect(await worksOutOnce('{ info ...@defer { id } }', executeCompiled)).toBe(false);
});

test('what was compiled is forgotten where it comes to too much, and answered and compiled anew', async () => {
  const schema = nastySchema();
  const seen: unknown[] = [];
  const watch = (_source: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo): void => {
    seen.push(info.fieldNodes);
  };
  Object.assign(schema.getQueryType()?.getFields().info ?? {}, { resolve: watch });
  const document = parse('{ info }');
  const huge = parse(`{ ${Array.from({ length: 50_001 }, (_, at) => `k${at}: colour`).join(' ')} }`);

  for (const each of [document, document, document, huge, huge, document, document, document])
    await executeCompiled({ schema, document: each });

  const [, second, third, fourth, fifth, sixth] = seen;
  expect(third).toBe(second);
  expect(new Set([third, fourth, fifth]).size).toBe(3);
  expect(sixth).toBe(fifth);
});

test('arguments that are the same for every execution cannot be changed by a resolver', async () => {
  const schema = nastySchema();
  const resolve = (_source: unknown, args: { text?: string }): string => {
    args.text = 'changed';
    return args.text;
  };
  Object.assign(schema.getQueryType()?.getFields().echo ?? {}, { resolve });

  const document = parse('{ echo(text: "a") }');

  const results = [await executeCompiled({ schema, document }), await executeCompiled({ schema, document })];

  expect(results.map(({ data }) => data)).toEqual([{ echo: 'changed' }, { echo: null }]);
  expect(results[1]?.errors?.[0]?.originalError).toBeInstanceOf(TypeError);
});

test('no resolver takes what its number of parameters does not say: by that it is told whether it needs info', () => {
  const graph = buildSchema();
  const faults = [graph, buildSubgraph(graph, { maxEntities: 10, scopes: false })].flatMap(resolversOf).filter(({ resolve }) => {
    const parameters = parametersIn(String(resolve));
    return (
      resolve.length > 0 && resolve.length < 4 && (parameters.length !== resolve.length || /\barguments\b/.test(String(resolve)))
    );
  });

  expect(faults.map(({ name }) => name)).toEqual([]);
  expect(resolversOf(graph).length).toBeGreaterThan(500);
});

/** As the direct path has it. */
const plainly: typeof execute = (args) => {
  let chosen: typeof execute = execute;
  // It looks at nothing else of what Yoga hands it.
  const payload = {
    ...{ args, executeFn: execute, context: { request: {} } },
    setExecuteFn: (given: typeof execute) => {
      chosen = given;
    },
  };
  usePlainExecution(() => true).onExecute?.(payload as never);
  return chosen(args);
};

const resolversOf = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap())
    // Those of introspection are graphql's.
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap(({ name, resolve }) =>
        resolve === undefined ? [] : [{ name: `${type.name}.${name}`, resolve }],
      ),
    );

/** Between the first parenthesis and the one that closes it, divided where a comma stands in no bracket. */
function parametersIn(text: string): string[] {
  const bare = /^(?:async )?(\w+)\s*=>/.exec(text)?.[1];
  if (bare !== undefined) return [bare];
  const parameters = [''];
  let depth = 0;
  for (const sign of text.slice(text.indexOf('('))) {
    if ('([{'.includes(sign)) depth += 1;
    if (')]}'.includes(sign)) depth -= 1;
    if (depth === 0) break;
    if (sign === ',' && depth === 1) parameters.push('');
    else parameters.push(`${parameters.pop()}${sign}`);
  }
  return parameters.filter((each) => each.replace('(', '').trim() !== '');
}
