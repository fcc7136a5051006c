import { setTimeout as pause } from 'node:timers/promises';
import type { Contender, Files } from '../contenders/contender.ts';
import { runBurst } from '../load/burst.ts';
import type { Soaked } from '../results.ts';
import { oneUser } from '../scenarios/one-user.ts';
import type { Stage } from '../scenarios/stage.ts';
import { askingOf, firstAnswers, toCalls } from './first-answers.ts';
import { residentBytes } from './process-use.ts';
import { type Server, startServer } from './servers.ts';

export interface SoakOptions {
  readonly stage: Stage;
  readonly files: Files;
  readonly operations: number;
  /** In which the servers may tidy up. */
  readonly pauseMs: number;
}

/** What each process holds after so many operations and a pause, which all have at once. */
export async function soak(contenders: readonly Contender[], options: SoakOptions): Promise<Record<string, Soaked>> {
  const { stage, files, operations, pauseMs } = options;
  await using servers = new AsyncDisposableStack();
  const soaked: { name: string; server: Server; before: number | null }[] = [];
  for (const contender of contenders) {
    const asking = askingOf(contender, oneUser, stage);
    if (asking === null) continue;
    const server = servers.use(await startServer(contender, files));
    const calls = toCalls(asking, await firstAnswers(server, asking));
    const before = residentBytes(server.pid);
    await runBurst({ port: server.port, calls, connections: oneUser.connections, until: { operations } });
    soaked.push({ name: contender.name, server, before });
  }
  await pause(pauseMs);
  return Object.fromEntries(
    soaked.map(({ name, server, before }) => [name, { operations, before, after: residentBytes(server.pid) }]),
  );
}
