import { parseArgs } from 'node:util';
import { contendersFor, limitName } from './contenders/index.ts';
import { setupFor } from './contenders/setup.ts';
import { median } from './load/burst.ts';
import { leaveServerCore } from './measuring/cores.ts';
import { type Pace, runScenario } from './measuring/rounds.ts';
import { createFolder } from './measuring/servers.ts';
import { pick } from './scenarios/index.ts';
import { stageOf } from './scenarios/stage.ts';
import { startUpstream } from './upstream/starting.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    contenders: { type: 'string' },
    rounds: { type: 'string' },
  },
});
const pace: Pace = values.quick ? { rounds: 3, visitMs: 400, warmUpMs: 800 } : { rounds: 7, visitMs: 800, warmUpMs: 1_500 };
const picked = pick(values.only);

leaveServerCore();
await using upstream = await startUpstream(400);
const stage = stageOf(upstream.population);
for (const scenario of picked) {
  const setup = setupFor(upstream, stage, scenario.sourceConnections);
  await using files = await createFolder(setup);
  const contenders = contendersFor(setup)
    .filter(({ name }) => values.contenders === undefined || name === limitName || values.contenders.split(',').includes(name))
    .filter(({ unavailable, name }) => {
      if (unavailable !== undefined) process.stderr.write(`${name}: ${unavailable}\n`);
      return unavailable === undefined;
    });
  const visits = await runScenario(scenario, contenders, {
    stage,
    upstream,
    files,
    pace: values.rounds === undefined ? pace : { ...pace, rounds: Number(values.rounds) },
  });
  const speed = (name: string): number => median((visits.get(name) ?? []).map(({ operations, seconds }) => operations / seconds));
  const effort = (name: string): number =>
    median((visits.get(name) ?? []).map(({ operations, cpuSeconds }) => operations / (cpuSeconds ?? Number.NaN)));
  process.stdout.write(`\n${scenario.name}: ${scenario.title}\n`);
  console.table(
    Object.fromEntries(
      [...visits].map(([name, each]) => [
        name,
        {
          'of limit': (speed(name) / speed(limitName)).toFixed(3),
          'of limit, per CPU second': (effort(name) / effort(limitName)).toFixed(3),
          'per second': Math.round(speed(name)),
          busy: median(each.map(({ cpuSeconds, seconds }) => (cpuSeconds ?? Number.NaN) / seconds)).toFixed(2),
          p50: median(each.map(({ p50 }) => p50)).toFixed(2),
          p99: median(each.map(({ p99 }) => p99)).toFixed(2),
          calls: median(each.map(({ upstreamRequests, operations }) => upstreamRequests / operations)).toFixed(2),
        },
      ]),
    ),
  );
}
process.exit();
