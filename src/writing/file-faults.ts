import { dirname } from 'node:path';
import { ConfigError, whereLooked } from '../config-faults.ts';

/** Opens a file that is to be written, at the start; what is wrong with its path is told under the setting that names it. */
export function openOrSay<Opened>(setting: string, path: string, open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    throw new ConfigError([`${setting}: ${path}: ${whyNot(error, path)}`]);
  }
}

/** Why a file cannot be read and written, and what to do about it. */
export function whyNot(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return `cannot be made, for the folder ${dirname(path)} does not exist; make it${whereLooked(path)}`;
    case 'ENOTDIR':
      return `cannot be made, for ${dirname(path)} is no folder; name a file in a folder`;
    case 'EISDIR':
      return 'is a folder; name a file';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be written; whoever runs Rollcall needs the right to read and write it, and to make files in its folder';
    case 'EROFS':
      return 'cannot be written, for its disk can only be read; name a file elsewhere';
    default:
      return `cannot be written${code === '' ? '' : ` (${code})`}`;
  }
}
