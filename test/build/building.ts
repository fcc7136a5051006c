import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm run build` makes, but for the declarations, in a folder of its own. Disposing of it removes it. */
export interface Build extends AsyncDisposable {
  /** `dist/main.js`, with no `node_modules` anywhere above it. */
  readonly program: string;
  /** Runs a module in a package that has installed Rollcall and its dependencies, and gives what it prints. */
  runBeside(code: string): Promise<string>;
}

export async function build(): Promise<Build> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-build-'));
  const dist = join(folder, 'program', 'dist');
  const rolldown = join(project, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
  const args = ['--config', 'rolldown.config.ts', '--configLoader', 'native', '--dir', dist];
  await runNode([rolldown, ...args], project);

  // By its own name, as `exports` leads there.
  const library = join(folder, 'library');
  await mkdir(library);
  await cp(dist, join(library, 'dist'), { recursive: true });
  await cp(join(project, 'package.json'), join(library, 'package.json'));
  await symlink(join(project, 'node_modules'), join(library, 'node_modules'));
  return {
    program: join(dist, 'main.js'),
    runBeside: (code) => runNode(['--input-type=module', '--eval', code], library),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function runNode(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
  return stdout;
}
