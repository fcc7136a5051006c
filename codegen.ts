import type { CodegenConfig } from '@graphql-codegen/cli';

const client = {
  preset: 'client',
  presetConfig: { fragmentMasking: false },
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    documentMode: 'documentNode',
    scalars: {
      ID: 'string',
      DateTime: 'string',
      LocalDate: 'string',
      JSON: 'unknown',
      JSONObject: 'Record<string, unknown>',
      SafeInt: 'number',
    },
  },
} satisfies CodegenConfig['generates'][string];

/** Typed documents for the operations of the tests and of the example page. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  ignoreNoDocuments: false,
  importExtension: '.ts',
  generates: {
    'test/operations/generated/': { ...client, documents: 'test/operations/*.graphql' },
    'examples/apollo-client/src/generated/': { ...client, documents: 'examples/apollo-client/src/**/*.tsx' },
  },
};

export default config;
