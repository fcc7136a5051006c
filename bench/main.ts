import { readOptions, usage } from './options.ts';
import { formatLives, formatScenario } from './report/console.ts';
import { readResults, writeReport } from './report/writing.ts';
import { run } from './run.ts';

// Told to stop, end as usual: that takes the servers along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const options = readOptions(process.argv.slice(2));
if (options === null) {
  process.stdout.write(usage);
} else if (options.pageOnly) {
  await writeReport(await readResults());
} else {
  const results = await run(options, (scenario) => process.stdout.write(formatScenario(scenario)));
  process.stdout.write(formatLives(results));
  if (options.publishes) await writeReport(results);
}
