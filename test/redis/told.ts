import type { Process } from './levels.ts';

export const away = { level: 'warn', msg: 'the shared cache is away, going on without it' };
export const back = { level: 'info', msg: 'the shared cache is back' };
export const inUse = { level: 'info', msg: 'the shared cache is in use' };
export const everything = [
  { source: 'horde', account: null },
  { source: 'webui', account: null },
];

export const told = ({ logged }: Process) =>
  logged.map(({ level, msg, reason }) => (reason === undefined ? { level, msg } : { level, msg, reason }));
