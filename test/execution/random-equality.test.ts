import { type DocumentNode, type ExecutionArgs, type GraphQLSchema, Kind, parse, type SelectionSetNode, visit } from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/graph/schema.ts';
import { buildSubgraph } from '../../src/subgraph/schema.ts';
import { createRandom, type Random } from '../edge/random-operations.ts';
import { makeOperation } from '../edge/random-operations-making.ts';
import { byBoth } from './both.ts';
import { makeRandom, sourceOf } from './random-source.ts';

test.each([
  [1_800, 'graph', () => buildSchema(), 7_001],
  [600, 'subgraph', () => buildSubgraph(buildSchema(), { maxEntities: 100, scopes: false }), 7_002],
] as const)(
  '%i random queries of the %s whose fields fail, wait and say nonsense are answered alike, to the letter',
  async (operations, _name, build, seed) => {
    const schema = build();
    makeRandom(schema);
    const random = createRandom(seed);
    const seen = { whole: 0, failed: 0, nothing: 0, later: 0, severalErrors: 0 };

    for (let done = 0; done < operations; ) {
      const { text, variables, isMutation } = makeOperation(schema, {}, random);
      if (isMutation) continue;
      const document = withRepetitions(parse(text), random);
      // Compiled the second time, and the third time known already; other conditions may hold.
      for (const round of [1, 2, 3]) {
        done += 1;
        const args = asking(
          schema,
          document,
          `${seed} ${done}`,
          round === 1 ? variables : withOtherConditions(variables, random),
        );
        const { graphql, compiled } = await byBoth(args);

        expect(compiled, text).toEqual(graphql);
        seen[graphql.errors.length === 0 ? 'whole' : 'failed'] += 1;
        if (graphql.errors.length > 1) seen.severalErrors += 1;
        if (!graphql.atOnce) seen.later += 1;
        if (graphql.text.endsWith('"data":null}')) seen.nothing += 1;
      }
    }

    // It has been about something.
    expect(seen.whole).toBeGreaterThan(operations / 10);
    expect(seen.failed).toBeGreaterThan(operations / 5);
    expect(seen.severalErrors).toBeGreaterThan(operations / 20);
    expect(seen.later).toBeGreaterThan(operations / 5);
    expect(seen.nothing).toBeGreaterThan(operations / 100);
  },
);

function asking(
  schema: GraphQLSchema,
  document: DocumentNode,
  seed: string,
  variableValues: Readonly<Record<string, unknown>>,
): ExecutionArgs {
  const query = schema.getQueryType();
  if (query == null) throw new Error('there is no query');
  return { schema, document, variableValues, rootValue: sourceOf(schema, query, seed), contextValue: { is: 'context' } };
}

const withOtherConditions = (variables: Readonly<Record<string, unknown>>, random: Random): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, typeof value === 'boolean' && random() < 0.5 ? !value : value]),
  );

/** What is asked twice is merged: some of what a selection holds stands in it once more, in a fragment. */
function withRepetitions(document: DocumentNode, random: Random): DocumentNode {
  return visit(document, {
    SelectionSet: {
      leave: (node: SelectionSetNode): SelectionSetNode | undefined => {
        if (random() > 0.25) return undefined;
        const selections = node.selections.filter(() => random() < 0.6);
        if (selections.length === 0) return undefined;
        const again = { kind: Kind.INLINE_FRAGMENT as const, selectionSet: { kind: Kind.SELECTION_SET as const, selections } };
        return { ...node, selections: random() < 0.5 ? [...node.selections, again] : [again, ...node.selections] };
      },
    },
  });
}
