import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { idOf } from '../sources/openwebui-writing.ts';
import { kinds, mutate, own, start, verdicts, world } from './openwebui-mutating.ts';

const bao = idOf('bao');
const fresh = 'https://pictures.example/a.png?X-Amz-Signature=CANARY-new';
const stored = 'https://ada:CANARY-pw@pictures.example/b.png?key=CANARY-old';

/** A Rollcall that keeps all that it can keep, and what it has kept by now. */
async function startKeeping(release: '0.6.42' | '0.11.0') {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-canary-'));
  const [audit, journal] = [join(folder, 'audit'), join(folder, 'journal')];
  const rollcall = await start({
    openWebUI: { release },
    config: (input) => ({ ...input, audit: { file: audit }, writes: { journal } }),
  });
  world(rollcall).users.change(bao, { profile_image_url: stored });
  return {
    rollcall,
    kept: async () => [rollcall.logged.join(''), await readFile(audit, 'utf8'), await readFile(journal, 'utf8')],
    [Symbol.asyncDispose]: async () => {
      await rollcall[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

test.for(['0.6.42', '0.11.0'] as const)(
  '%s: what is secret in the address of a picture is in the payload, and in no log, audit or journal',
  async (release) => {
    await using keeping = await startKeeping(release);
    const { rollcall, kept } = keeping;
    const byAdmin = { id: `webui:${bao}`, avatarUrl: fresh, idempotencyKey: 'k-1' };
    const byThemselves = { avatarUrl: `${fresh}&x`, bio: `See ${stored}`, idempotencyKey: 'k-2' };

    const changed = await mutate(rollcall, 'updateOpenWebUIUser', byAdmin);
    const profile = await mutate(rollcall, 'updateOpenWebUIProfile', byThemselves, own(rollcall, 'bao'));

    expect(changed.fields).toMatchObject([{ name: 'avatarUrl', requested: fresh, before: stored, after: fresh }]);
    expect(verdicts(profile)).toEqual({ avatarUrl: 'APPLIED', bio: 'APPLIED' });
    for (const text of await kept()) {
      expect(text).toContain('https://pictures.example/a.png?[masked]');
      expect(text).not.toContain('CANARY');
    }
    // Both writes are on record, with their addresses but for the secrets.
    expect((await kept())[1]).toContain('"before":"https://[masked]@pictures.example/b.png?[masked]"');
  },
);

test('a name or password in the address of a picture is refused, since everybody would be shown it', async () => {
  await using keeping = await startKeeping('0.11.0');
  const { rollcall } = keeping;
  rollcall.calls();

  const changed = await mutate(rollcall, 'updateOpenWebUIUser', { id: `webui:${bao}`, avatarUrl: stored });
  const profile = await mutate(rollcall, 'updateOpenWebUIProfile', { avatarUrl: stored }, own(rollcall, 'bao'));
  const someone = { name: 'New', email: 'new@x.example', password: 'quite long', avatarUrl: stored };
  const added = await mutate(rollcall, 'addOpenWebUIUser', someone);

  for (const payload of [changed, profile, added]) {
    expect(kinds(payload)).toEqual(['ValidationError']);
    expect(JSON.stringify(payload)).not.toContain('CANARY');
  }
  expect(rollcall.calls().openWebUI).toBe(0);
  expect(rollcall.logged.join('')).not.toContain('CANARY');
});
