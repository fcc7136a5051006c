#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// What the garbage collector comes upon half made V8 takes for something that lasts, and makes all of its kind among the old objects
// from then on. Here it is over in a moment, and would hold on to all that it names until the old are looked through. Before anything
// is compiled, because what Node keeps of that is good for these flags only.
setFlagsFromString('--no-allocation-site-pretenuring');
// Before the rest is loaded: reading it as JavaScript is most of a start. The folder is beside this file's own, be that src/ or dist/,
// and not in the system's for temporary files, where others could leave code for us. Node makes it where it is missing; where nothing
// can be written, all is read anew each time.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'rollcall'));
// What graphql checks besides is for those who write schemas, and costs every answer.
process.env.NODE_ENV ??= 'production';
const { runCommand } = await import('./cli/commands.ts');

process.exitCode = await runCommand(process.argv.slice(2), process.env);
