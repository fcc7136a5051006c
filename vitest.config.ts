import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Without this alias vitest loads graphql twice, once as ESM and once as CommonJS, and `instanceof GraphQLError` fails.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  test: {
    include: ['test/**/*.test.ts'],
    // Storms of a minute and more, for `npm run chaos` and `npm run soak`: what they find still hangs on how busy the machine is.
    exclude: process.env.ROLLCALL_TEST_STORMS === 'on' ? [] : ['test/chaos/**', 'test/soak/**'],
    pool: 'forks',
    // Vitest itself would leave one core idle, which on a machine of two doubles the time.
    maxWorkers: '100%',
    // Some start several processes, and a machine may be busy. Nothing waits that long in vain: deadlines in the code are shorter.
    testTimeout: 60_000,
  },
});
