import { parseArgs } from 'node:util';
import { createRandom } from '../../src/twins/random.ts';
import { runStorm } from './storm.ts';
import { longScript, shortScript } from './weather/script.ts';

// By hand: npm run chaos -- --minutes 10 --seed 1; without minutes what CI runs.
const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string', default: '1' } } });
const seed = Number(values.seed);
const script = values.minutes === undefined ? shortScript : longScript(createRandom(seed));
const longestSeconds = values.minutes === undefined ? 600 : 60 * Number(values.minutes);

const { lines, before, after, ...rest } = await runStorm({
  seed,
  script,
  longestSeconds,
  say: (sentence) => console.log(sentence),
});
console.log(JSON.stringify({ ...rest, before, after }, null, 2));
console.log(
  JSON.stringify(
    lines.filter(({ level }) => level === 'error' || level === 'fatal'),
    null,
    2,
  ),
);
if (rest.faults.length > 0 || rest.stderr !== '') process.exitCode = 1;
