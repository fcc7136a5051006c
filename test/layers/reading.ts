import { glob, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Import, SourceFile } from './arrows.ts';

const root = new URL('../../src/', import.meta.url);

/** Every file below `src`, with what it imports. Paths are relative to `src`. */
export async function readSources(): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for await (const path of glob('**/*.ts', { cwd: root.pathname })) {
    const text = await readFile(new URL(path, root), 'utf8');
    files.push({ path, text, imports: importsOf(path, text) });
  }
  return files;
}

// `import x from`, `export x from`, `import 'x'` and `import('x')`.
const statement = /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;

function importsOf(path: string, text: string): Import[] {
  return [...text.matchAll(statement)].map(([, type, ...targets]) => {
    const target = targets.find((candidate) => candidate !== undefined) ?? '';
    return {
      typeOnly: type !== undefined,
      target: target.startsWith('.') ? posix.join(posix.dirname(path), target) : target,
    };
  });
}
