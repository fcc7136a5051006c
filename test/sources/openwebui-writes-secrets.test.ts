import { expect, test } from 'vitest';
import type { WriteName, Writes } from '../../src/domain/writes.ts';
import { InputError } from '../../src/errors.ts';
import { Refusal } from '../../src/writing/refusals.ts';
import { every, everyName, tools } from './openwebui-every-write.ts';
import { startWriting, tokenOf, type Writing } from './openwebui-writing.ts';

// One write tells a secret on purpose, and has tests of its own.
const names = everyName.filter((name) => name !== 'createOpenWebUIApiKey');

test.for(names)('%s shows no secret: not the caller’s, not the server’s, not in a dry run, not in a conflict', async (name) => {
  for (const release of ['0.6.42', '0.11.0', '0.12.4'] as const) {
    await using writing = await startWriting({ release, canary: 'CANARY' });
    for (const dryRun of [true, false])
      for (const as of [tokenOf(writing.twin, 'ada'), tokenOf(writing.twin, 'bao'), undefined])
        expect(await told(writing, name, as, dryRun)).not.toMatch(/CANARY|eyJ[\w-]+\./);
  }
});

test('settings as stored are compared with what was expected without being told', async () => {
  await using writing = await startWriting({ canary: 'CANARY' });
  const ifUnchanged = { toolServers: [], directConnections: { OPENAI_API_KEYS: ['guess-CANARY'] }, notifications: null };
  const outcome = await writing.write(
    'updateOpenWebUISettings',
    { ui: { toolServers: tools, notifications: null, directConnections: {} }, ifUnchanged },
    { as: tokenOf(writing.twin, 'ada') },
  );

  expect(outcome.problems.map(({ kind }) => kind)).toEqual(['CONFLICT']);
  expect(JSON.stringify(outcome)).not.toContain('CANARY');
});

test('what is stored is shown masked, what is secret in the request not at all', async () => {
  await using writing = await startWriting({ canary: 'CANARY' });
  const outcome = await writing.write(
    'updateOpenWebUISettings',
    { ui: { notifications: {}, toolServers: tools } },
    { as: tokenOf(writing.twin, 'ada') },
  );

  expect(outcome.fields).toMatchObject([
    { name: 'ui.notifications', requested: {}, before: { webhook_url: '[masked]' }, after: {}, verdict: 'APPLIED' },
    { name: 'ui.toolServers', requested: '[secret]', before: undefined, after: undefined, verdict: 'APPLIED' },
  ]);
});

async function told(writing: Writing, name: WriteName, as: string | undefined, dryRun: boolean): Promise<string> {
  try {
    // The table holds under each name its own input.
    return JSON.stringify(await writing.write(name, every[name] as Writes[typeof name], { as, dryRun }));
  } catch (error) {
    if (error instanceof InputError || error instanceof Refusal) return error.message;
    throw error;
  }
}
