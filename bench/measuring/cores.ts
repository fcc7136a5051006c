import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const serverCore = '0';
const othersCore = '1';
let known: boolean | undefined;

/** Whether processes can be kept to a core each here. */
export function hasCores(): boolean {
  known ??= availableParallelism() > 1 && spawnSync('taskset', ['-c', serverCore, 'true']).status === 0;
  return known;
}

/** A command that runs on the core for servers, which nothing of the benchmark but the one measured keeps busy. */
export const onServerCore = (command: readonly [string, ...string[]]): readonly [string, ...string[]] =>
  hasCores() ? ['taskset', '-c', serverCore, ...command] : command;

/** This process on the other core, with what it starts from now on. */
export function leaveServerCore(): void {
  if (hasCores()) spawnSync('taskset', ['-a', '-c', '-p', othersCore, String(process.pid)]);
}
