import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const serverCore = '0';
const othersCore = '1';
let isDivided = false;

/**
 * Leaves one core to the servers that are started from now on: this process and what else it starts keep to another one. Says
 * whether that can be done here.
 */
export function divideCores(): boolean {
  isDivided =
    availableParallelism() > 1 && spawnSync('taskset', ['-a', '-c', '-p', othersCore, String(process.pid)]).status === 0;
  return isDivided;
}

/** The command on the core for servers, if there is one. */
export const onServerCore = (command: readonly [string, ...string[]]): readonly [string, ...string[]] =>
  isDivided ? ['taskset', '-c', serverCore, ...command] : command;
