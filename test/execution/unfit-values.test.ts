import { normalizedExecutor } from '@graphql-tools/executor';
import { type ExecutionResult, GraphQLObjectType, GraphQLSchema, isLeafType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { executeCompiled } from '../../src/execution/executing.ts';
import { describeBug, isUnexpected, toClientError } from '../../src/graph/client-errors.ts';
import { buildSchema } from '../../src/graph/schema.ts';

const canary = 'CANARY 4711';
const unfit = [canary, { canary }, [canary], 4711.5, 4_711_000_000, Number.NaN, new Date(Number.NaN), () => canary];

const leaves = Object.values(buildSchema().getTypeMap()).filter(isLeafType);

const executors = { compiled: executeCompiled, 'of Yoga': normalizedExecutor };

test.for(leaves.flatMap((type) => Object.keys(executors).map((by) => [type.name, by] as const)))(
  'what %s refuses is our own fault by the executor %s, and nobody is told the value',
  async ([name, by]) => {
    const type = leaves.find((each) => each.name === name);
    if (type === undefined) throw new Error('no such type');
    const query = new GraphQLObjectType({ name: 'Query', fields: { field: { type, resolve: (value) => value() } } });
    const schema = new GraphQLSchema({ query });
    const execute = executors[by as keyof typeof executors];
    const document = parse('{ field }');

    let refused = 0;
    for (const value of unfit) {
      // It comes in one piece where nobody asks for parts.
      const result = (await execute({ schema, document, rootValue: () => value })) as ExecutionResult;
      for (const error of result.errors ?? []) {
        refused += 1;
        expect(isUnexpected(error), error.message).toBe(true);
        expect(toClientError(error)).toMatchObject({
          message: 'Unexpected error.',
          path: ['field'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        });
        expect(JSON.stringify(describeBug(error.originalError ?? error))).not.toContain('4711');
      }
    }
    // Only this one takes anything.
    expect(refused > 0).toBe(name !== 'JSON');
  },
);

test('what is wrong with an argument is still told, by either executor', async () => {
  const args = {
    schema: buildSchema(),
    document: parse('query ($id: ID) { user(id: $id) { id } }'),
    variableValues: { id: null },
  };

  for (const execute of Object.values(executors)) {
    const { errors } = (await execute(args)) as ExecutionResult;

    expect(errors?.map(toClientError)).toMatchObject([{ message: 'Argument "id" of non-null type "ID!" must not be null.' }]);
    expect(errors?.map(isUnexpected)).toEqual([false]);
  }
});
