// Where our own server's time goes under one scenario: `npm run bench:profile -- --scenario one-user`.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { contendersFor } from './contenders/index.ts';
import { setupFor } from './contenders/setup.ts';
import { runBurst } from './load/burst.ts';
import { divideCores } from './measuring/cores.ts';
import { askingOf, firstAnswers, toCalls } from './measuring/first-answers.ts';
import { createFolder, startServer } from './measuring/servers.ts';
import { CpuProfile, spentBetween } from './profiling/cpu-profile.ts';
import { formatProfile } from './profiling/tables.ts';
import { sourceProgram } from './programs.ts';
import { pick } from './scenarios/index.ts';
import { stageOf } from './scenarios/stage.ts';
import { startUpstream } from './upstream/starting.ts';

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'one-user' },
    mode: { type: 'string', default: 'rollcall' },
    seconds: { type: 'string', default: '8' },
    /** How long it is used before that: V8 goes on compiling for half a minute. */
    warm: { type: 'string', default: '30' },
    lines: { type: 'string', default: '40' },
    /** Keep the profile, for tools that draw it. */
    keep: { type: 'string' },
  },
});
const [scenario] = pick(values.scenario);
if (scenario === undefined) throw new Error('--scenario names the scenario to run');

divideCores();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await using upstream = await startUpstream(400);
const stage = stageOf(upstream.population);
const setup = setupFor(upstream, stage, scenario.sourceConnections);
await using files = await createFolder(setup);
// Of the sources: what is built no longer tells which package and folder a function is from.
const contender = contendersFor(setup, sourceProgram).find(({ name }) => name === values.mode);
const asking = contender && askingOf(contender, scenario, stage);
if (contender === undefined || asking == null) throw new Error(`--mode: there is no ${values.mode} that answers this`);
if (contender.unavailable !== undefined) throw new Error(`${contender.name}: ${contender.unavailable}`);

const folder = values.keep ?? dirname(files.setup);
await using server = await startServer(contender, files, [
  '--cpu-prof',
  `--cpu-prof-dir=${folder}`,
  '--cpu-prof-name=bench.cpuprofile',
]);
const { port } = server;
const { connections } = scenario;
const calls = toCalls(asking, await firstAnswers(server, asking));
upstream.setLatency(scenario.latencyMs);
await runBurst({ port, calls, connections, until: { ms: Number(values.warm) * 1_000 } });
const from = microseconds();
const { operations, seconds } = await runBurst({ port, calls, connections, until: { ms: Number(values.seconds) * 1_000 } });
const to = microseconds();
await server.end();

const profile = CpuProfile.parse(JSON.parse(await readFile(join(folder, 'bench.cpuprofile'), 'utf8')));
const spent = spentBetween(profile, from, to);
const busy = spent.reduce((sum, { self }) => sum + self, 0);
process.stdout.write(`${scenario.name}: ${operations} operations, ${(busy / operations).toFixed(0)} µs of processor time each`);
process.stdout.write(` (with the profiler on; ${(busy / 1e4 / seconds).toFixed(0)}% of ${seconds.toFixed(1)} s)\n\n`);
process.stdout.write(formatProfile(spent, Number(values.lines)));

/** On the clock that profiles are kept by. */
function microseconds(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
