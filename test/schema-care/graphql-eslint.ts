import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';

const { configs, parser } = plugin;

/** The rules of graphql-eslint for a schema, and for its connections as Relay reads them. */
const schemaRules = {
  ...configs['flat/schema-recommended'].rules,
  ...configs['flat/schema-relay'].rules,
  // Amounts, records and payloads are parts of something that has an id.
  '@graphql-eslint/strict-id-in-types': 'off',
  // A user’s `username` is no prefix, and a panel’s instances are known by `instanceId`.
  '@graphql-eslint/no-typename-prefix': 'off',
  // Not every list is a page of a connection.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
};

const operationRules = {
  ...configs['flat/operations-recommended'].rules,
  // They ask for what a test is about, and nothing keeps their answers.
  '@graphql-eslint/require-selections': 'off',
};

/** What graphql-eslint finds, a line for each: the file, the rule and its words. */
export async function findingsOf(schema: string, operations: string): Promise<string[]> {
  const block = (files: string, rules: object) => ({
    files: [files],
    plugins: { '@graphql-eslint': { ...plugin } },
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema, documents: operations } } },
    rules,
  });
  const eslint = new ESLint({
    overrideConfigFile: true,
    // Two libraries that describe the same shape in types of their own.
    overrideConfig: [block(schema, schemaRules), block(operations, operationRules)] as never,
  });
  const results = await eslint.lintFiles([schema, operations]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message }) => `${filePath.split('/').at(-1)}: ${ruleId}: ${message.split('\n')[0]}`),
  );
}
