import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

// By hand: npm run soak -- --operations 500000. With --leak it has to find something.
const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '500000' },
    seed: { type: 'string', default: '1' },
    leak: { type: 'boolean', default: false },
  },
});
const operations = Number(values.operations);
const { samples, ...rest } = await soak({
  operations,
  warmUp: Math.max(15_000, operations / 10),
  samples: 25,
  leak: values.leak,
  seed: Number(values.seed),
  say: (sentence) => console.log(sentence),
});
console.log(JSON.stringify({ ...rest, resources: [samples[0]?.resources, samples.at(-1)?.resources] }, null, 2));
