import { availableParallelism } from 'node:os';
import type { Contender } from './contenders/contender.ts';
import { contendersFor } from './contenders/index.ts';
import { setupFor } from './contenders/setup.ts';
import { measureStarts } from './measuring/cold-start.ts';
import { divideCores } from './measuring/cores.ts';
import { runScenario } from './measuring/rounds.ts';
import { createFolder } from './measuring/servers.ts';
import { soak } from './measuring/soak.ts';
import type { Options } from './options.ts';
import { buildProgram } from './programs.ts';
import type { Results, ScenarioResult } from './results.ts';
import { oneUser } from './scenarios/one-user.ts';
import { stageOf } from './scenarios/stage.ts';
import { limitName } from './summary.ts';
import { startUpstream } from './upstream/starting.ts';

/** So many that ids can be rotated over hundreds. */
const usersOfEachSource = 400;

/** Measures what was asked for. `told` hears of each scenario as soon as it is done. */
export async function run(options: Options, told: (result: ScenarioResult) => void): Promise<Results> {
  const program = await buildProgram();
  const pinned = divideCores();
  await using upstream = await startUpstream(usersOfEachSource);
  const stage = stageOf(upstream.population);
  const { pace, lives } = options;
  const taking = (contenders: readonly Contender[]): readonly Contender[] =>
    contenders.filter(({ name }) => name === limitName || options.contenders === null || options.contenders.has(name));
  const able = (contenders: readonly Contender[]): readonly Contender[] =>
    taking(contenders).filter(({ unavailable }) => unavailable === undefined);

  const scenarios: ScenarioResult[] = [];
  for (const scenario of options.scenarios) {
    const setup = setupFor(upstream, stage, scenario.sourceConnections);
    await using files = await createFolder(setup);
    const visits = await runScenario(scenario, able(contendersFor(setup, program)), { stage, upstream, files, pace });
    const { name, title, connections, latencyMs } = scenario;
    const result = { name, title, connections, latencyMs, visits };
    scenarios.push(result);
    told(result);
  }

  const setup = setupFor(upstream, stage, oneUser.sourceConnections);
  await using files = await createFolder(setup);
  const contenders = contendersFor(setup, program);
  return {
    day: new Date().toISOString().slice(0, 10),
    machine: {
      cores: availableParallelism(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      pinned,
    },
    pace,
    contenders: taking(contenders).map(({ name, label, unavailable }) => ({
      name,
      label,
      ...(unavailable === undefined ? {} : { unavailable }),
    })),
    scenarios,
    starts: lives === null ? {} : await measureStarts(able(contenders), { stage, files, times: lives.starts }),
    soak: lives === null ? {} : await soak(able(contenders), { stage, files, ...lives }),
  };
}
