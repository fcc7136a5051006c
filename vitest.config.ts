import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Without this alias vitest loads graphql twice, once as ESM and once as CommonJS, and `instanceof GraphQLError` fails.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 20_000,
  },
});
