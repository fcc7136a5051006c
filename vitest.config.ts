import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Without this alias vitest loads graphql twice, once as ESM and once as CommonJS, and `instanceof GraphQLError` fails.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Vitest itself would leave one core idle, which on a machine of two doubles the time.
    maxWorkers: '100%',
    // Some start several processes, and a machine may be busy. Nothing waits that long in vain: deadlines in the code are shorter.
    testTimeout: 60_000,
  },
});
