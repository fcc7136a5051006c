import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first, so that no core waits for it at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => /\/test\/(soak|chaos)\//.test(moduleId);
    return (await super.sort(files)).toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)));
  }
}

export default defineConfig({
  // Without this alias vitest loads graphql twice, once as ESM and once as CommonJS, and `instanceof GraphQLError` fails.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Vitest itself would leave one core idle, which on a machine of two doubles the time.
    maxWorkers: '100%',
    // Some start several processes, and a machine may be busy. Nothing waits that long in vain: deadlines in the code are shorter.
    testTimeout: 60_000,
  },
});
