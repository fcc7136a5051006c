import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig } from 'rolldown';
import manifest from './package.json' with { type: 'json' };

const dependencies = Object.keys(manifest.dependencies);
const output = { dir: 'dist', comments: { legal: true, annotation: false, jsdoc: false } } as const;

/** What `npm run build` makes of the sources. Chunks are named without a hash, so that a cache of compiled code has one entry for each. */
export default defineConfig([
  {
    // The program, which needs nothing beside it: its dependencies are within. What it imports when wanted are chunks of their own.
    input: 'src/main.ts',
    platform: 'node',
    output: { ...output, cleanDir: true, chunkFileNames: 'main/[name].js' },
    plugins: [{ name: 'executable', writeBundle: ({ dir = '.' }) => chmod(join(dir, 'main.js'), 0o755) }],
  },
  {
    // The library. A second copy of graphql beside its user's would take none of that one's schemas and errors for its own.
    input: 'src/index.ts',
    platform: 'node',
    external: (id) => dependencies.some((name) => id === name || id.startsWith(`${name}/`)),
    output: { ...output, chunkFileNames: 'index/[name].js' },
  },
]);
