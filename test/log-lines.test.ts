import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createLogger } from '../src/log.ts';
import { lines } from '../src/log-lines.ts';
import { createRedaction } from '../src/redaction.ts';

/** A log with a secret of the configuration, while callers bring these. */
function logWhile(brought: readonly string[]) {
  const written: string[] = [];
  const redaction = createRedaction(['CANARY-service']);
  redaction.hold(brought);
  const log = createLogger('trace', redaction, { write: (line) => void written.push(line) });
  return { log, written, values: () => written.map((line) => JSON.parse(line)) };
}

const aboutWrite = {
  id: '3f0c',
  caller: { kind: 'KEY', name: 'mallory' },
  source: 'horde',
  operation: 'updateHordeUser',
  target: 'horde:106',
  fields: [{ name: 'role', requested: 'admin', before: 'user', after: 'admin', verdict: 'APPLIED' }],
};

test('what a caller brings as a secret hides neither who did what, nor a key or a message of ours', () => {
  const texts = [
    'mallory',
    'horde:106',
    'admin',
    'APPLIED',
    'write',
    'operation',
    'caller',
    'target',
    'info',
    'updateHordeUser',
    '3f0c',
  ];
  const { log, values } = logWhile(texts);

  log.info(aboutWrite, 'write');
  log.info({ operation: 'Page', caller: { kind: 'KEY', name: 'mallory' }, ms: 12 }, 'operation');

  const level = 'info';
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(values()).toEqual([
    { level, time, ...aboutWrite, msg: 'write' },
    { level, time, operation: 'Page', caller: { kind: 'KEY', name: 'mallory' }, ms: 12, msg: 'operation' },
  ]);
});

test.each(['"level":"info"', '"time":', '":"', '","', '"ms":1234', '1234', '{"level"', '}\n', '\\"', 'null', 'true'])(
  'a line stays the JSON it was while somebody brings %j',
  (brought) => {
    const { log, written, values } = logWhile([brought]);

    log.info({ operation: null, caller: { kind: 'ANONYMOUS', name: null }, ms: 1234, shared: true }, 'operation');

    const caller = { kind: 'ANONYMOUS', name: null };
    expect(values()).toMatchObject([{ level: 'info', operation: null, caller, ms: 1234, shared: true, msg: 'operation' }]);
    expect(written[0]).toMatch(/\}\n$/);
  },
);

test('what others say is cleared of what callers bring and of the configuration’s keys, in known lines and in others', () => {
  const { log, written, values } = logWhile(['CANARY-"brought"']);
  const error = new Error('CANARY-"brought" and {"key":"CANARY-\\"brought\\""} and CANARY-service');

  log.error({ path: ['CANARY-"brought"'], err: error }, 'unexpected error');
  log.debug({ source: 'horde', code: 'SOURCE_FAILED', reason: 'CANARY-service' }, 'source error');
  log.info({ operation: 'CANARY-service', caller: { kind: 'TOKEN', name: 'CANARY-service' } }, 'operation');
  log.info({ ...aboutWrite, target: 'CANARY-service' }, 'write');
  log.info({ caller: 'CANARY-"brought"', headers: { 'x-key': 'CANARY-"brought"' } }, 'something else of CANARY-"brought"');

  expect(written.join('')).not.toContain('CANARY');
  expect(values()).toMatchObject([
    { path: ['[redacted]'], err: { message: '[redacted] and {"key":"[redacted]"} and [redacted]' } },
    { source: 'horde', code: 'SOURCE_FAILED', reason: '[redacted]' },
    { operation: '[redacted]', caller: { kind: 'TOKEN', name: '[redacted]' } },
    { operation: 'updateHordeUser', target: '[redacted]' },
    { caller: '[redacted]', headers: { 'x-key': '[redacted]' }, msg: 'something else of [redacted]' },
  ]);
});

test('a secret is found that stands only in JSON that a message quotes, or in the name of a value', () => {
  const { log, written } = logWhile(['CANARY-"brought"']);

  log.error({ err: new Error(JSON.stringify({ key: 'CANARY-"brought"' })) }, 'unexpected error');
  log.info({ found: { 'CANARY-service': 1 } }, 'something else');

  expect(written.join('')).not.toContain('CANARY');
  expect(written).toHaveLength(2);
});

test('every message that is logged is among the known ones, and each of those is logged', async () => {
  const src = fileURLToPath(new URL('../src', import.meta.url));
  const names = (await readdir(src, { recursive: true })).filter((name) => name.endsWith('.ts') && name !== 'log-lines.ts');
  const code = (await Promise.all(names.map((name) => readFile(join(src, name), 'utf8')))).join('\n');
  const calls = code.split(/\blog(?:\.(?:trace|debug|info|warn|error|fatal)|\[[^\]]+\])\(/).slice(1);
  const logged = calls.flatMap((call) => /^[^;]*?'([^']+)',?\s*\)(?=[;,)\n ])/.exec(call)?.[1] ?? []);

  expect(logged.length).toBeGreaterThan(15);
  expect(logged.filter((message) => !Object.hasOwn(lines, message))).toEqual([]);
  expect(Object.keys(lines).filter((message) => !code.includes(`'${message}'`))).toEqual([]);
});
