#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before the rest is loaded: reading it as JavaScript is most of a start. The folder is beside this file's own, be that src/ or dist/,
// and not in the system's for temporary files, where others could leave code for us. Node makes it where it is missing; where nothing
// can be written, all is read anew each time.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'rollcall'));
// What graphql checks besides is for those who write schemas, and costs every answer.
process.env.NODE_ENV ??= 'production';
// Whoever reads what a command prints may stop in the middle, as `head` does, and a disk may be full.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.stderr.write(`rollcall: standard output takes nothing more: ${code}\n`);
  process.exit(code === 'EPIPE' ? 0 : 1);
});
const { runCommand } = await import('./cli/commands.ts');

process.exitCode = await runCommand(process.argv.slice(2), process.env);
