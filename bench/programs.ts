import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const pathTo = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** Rollcall as it stands in the repository. */
export const sourceProgram = pathTo('src/main.ts');

/** Builds Rollcall as it is deployed, from the sources as they are now, and tells where its program is. */
export async function buildProgram(): Promise<string> {
  await promisify(execFile)('npm', ['run', 'build'], { cwd: pathTo('.') });
  return pathTo('dist/main.js');
}
