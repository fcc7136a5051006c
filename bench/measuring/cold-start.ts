import type { Contender, Files } from '../contenders/contender.ts';
import type { Start } from '../results.ts';
import { oneUser } from '../scenarios/one-user.ts';
import type { Stage } from '../scenarios/stage.ts';
import { askingOf, expectSameData, firstAnswers } from './first-answers.ts';
import { cpuSeconds } from './process-use.ts';
import { startServer } from './servers.ts';

/** From starting the process to its first right answer, for one contender after the other, over and over. */
export async function measureStarts(
  contenders: readonly Contender[],
  { stage, files, times }: { stage: Stage; files: Files; times: number },
): Promise<Record<string, Start[]>> {
  const starts: Record<string, Start[]> = {};
  let reference: readonly Buffer[] | undefined;
  for (let time = 0; time < times; time++) {
    for (const contender of contenders) {
      const [request] = askingOf(contender, oneUser, stage) ?? [];
      if (request === undefined) continue;
      const started = performance.now();
      await using server = await startServer(contender, files);
      const answer = await firstAnswers(server, [request]);
      const ms = performance.now() - started;
      reference ??= answer;
      expectSameData(contender.name, answer, reference);
      const own = starts[contender.name] ?? [];
      starts[contender.name] = [...own, { ms, cpuSeconds: cpuSeconds(server.pid) }];
    }
  }
  return starts;
}
