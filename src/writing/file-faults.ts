import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError, Unusable, whereLooked } from '../config-faults.ts';

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
  if (error instanceof Unusable) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      if (isLink(path)) return 'is a link that leads nowhere; make what it leads to, or name a file';
      return `cannot be made, for the folder ${dirname(path)} does not exist; make it${whereLooked(path)}`;
    case 'ENOTDIR':
      return `cannot be made, for ${dirname(path)} is no folder; name a file in a folder`;
    case 'ELOOP':
      return 'is a link that leads back to itself; name a file';
    case 'EISDIR':
      return 'is a folder; name a file';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be written; whoever runs Rollcall needs the right to read and write it, and to make files in its folder';
    case 'EROFS':
      return 'cannot be written, for its disk can only be read; name a file elsewhere';
    case 'EBUSY':
      return 'cannot be put in the place of the former one; mount the folder it is in, and not the file alone';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'cannot be written, for there is no room left; make some, or name a file on another disk';
    default:
      return `cannot be written${code === '' ? '' : ` (${code})`}`;
  }
}

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Throws a `ConfigError` where two settings name one file, by whatever names: what one of them keeps there would be lost to the other. */
export function refuseSameFile(settings: readonly { readonly setting: string; readonly path: string | undefined }[]): void {
  for (const [index, { setting, path }] of settings.entries()) {
    const other = settings
      .slice(0, index)
      .find((each) => path !== undefined && each.path !== undefined && isSame(path, each.path));
    if (other !== undefined)
      throw new ConfigError([`${setting}: ${path}: is the file of ${other.setting}, too; give each its own`]);
  }
}

function isSame(one: string, other: string): boolean {
  if (realPathOf(one) === realPathOf(other)) return true;
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

/** Where a path leads, links followed; also of a file that is still to be made. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Whatever is wrong with it is told by whoever opens it.
    return dirname(path) === path ? path : join(realPathOf(dirname(path)), basename(path));
  }
}
