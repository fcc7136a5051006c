import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ConcreteRequest } from 'relay-runtime';

/** A Relay application in a folder of its own, through Relay's own compiler. */
export interface RelayApp extends AsyncDisposable {
  /** What the compiler said. */
  readonly report: string;
  /** An operation as the compiler left it. */
  request(name: string): Promise<ConcreteRequest>;
}

const root = new URL('../../', import.meta.url);

export async function compileRelayApp(documents: readonly string[]): Promise<RelayApp> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-relay-'));
  await mkdir(join(folder, 'src'));
  await copyFile(new URL('schema/schema.graphql', root), join(folder, 'schema.graphql'));
  await copyFile(new URL('examples/relay/relay.config.json', root), join(folder, 'relay.config.json'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'src', 'app.js'), documents.map((text) => `graphql\`${text}\`;`).join('\n'));
  const compiler = fileURLToPath(new URL('node_modules/relay-compiler/cli.js', root));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [compiler, '--noWatchman'], { cwd: folder }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${stdout}\n${stderr}`);
    },
  );
  return {
    report: stdout + stderr,
    request: async (name) => {
      const path = join(folder, 'src', '__generated__', `${name}.graphql.js`);
      // The files import each other by names that Node does not complete.
      await writeFile(path, (await readFile(path, 'utf8')).replaceAll(/(from '\.\/\w+\.graphql)'/g, "$1.js'"));
      return (await import(path)).default;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
