import { mkdir, rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { kinds } from '../../src/sources/registry.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { askWhole, createFolder, notSignedIn } from './doors.ts';

const entryFor = (name: string, { hash }: { readonly hash: string }) => ({ name, hash, scopes: ['read'] });

const statusOf = async (rollcall: Rollcall, key: string): Promise<number> =>
  (await askWhole(rollcall, { 'x-rollcall-key': key })).status;

/** A change of the file is seen by the first request that comes a second after the last look at it. */
const nextLook = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_050));

const startWith = (keysFile: string): Promise<Rollcall> =>
  startRollcall({ config: (input) => ({ ...input, access: { keysFile } }) });

test('a key that is taken out of the file is refused without a restart, and one that is added is taken', async () => {
  const [first, second] = [createKey(), createKey()];
  await using folder = await createFolder();
  const file = await folder.write('keys.yaml', stringify([entryFor('first', first)]));
  await using rollcall = await startWith(file);

  const before = [await statusOf(rollcall, first.key), await statusOf(rollcall, second.key)];
  await folder.write('keys.yaml', stringify([entryFor('second', second)]));
  await nextLook();
  const revoked = await askWhole(rollcall, { 'x-rollcall-key': first.key });
  const added = await statusOf(rollcall, second.key);

  expect(before).toEqual([200, 401]);
  expect(revoked).toMatchObject({ status: 401, text: notSignedIn });
  expect(added).toBe(200);
  expect(rollcall.logged.join('')).toContain('the keys file was read again');
});

test('while the file is broken or gone, what it said last still holds, and the log says so once, without quoting it', async () => {
  const [first, second] = [createKey(), createKey()];
  await using folder = await createFolder();
  const file = await folder.write('keys.yaml', stringify([entryFor('first', first)]));
  await using rollcall = await startWith(file);

  const statuses: number[] = [];
  for (const text of [`- name: [`, `- name: second\n  hash: [${second.key}`, 'first: 1', undefined]) {
    if (text === undefined) await rm(file);
    else await folder.write('keys.yaml', text);
    await nextLook();
    statuses.push(await statusOf(rollcall, first.key), await statusOf(rollcall, second.key));
  }
  await nextLook();
  statuses.push(await statusOf(rollcall, first.key));
  await folder.write('keys.yaml', stringify([entryFor('second', second)]));
  await nextLook();
  const healed = [await statusOf(rollcall, first.key), await statusOf(rollcall, second.key)];

  expect(statuses).toEqual([200, 401, 200, 401, 200, 401, 200, 401, 200]);
  expect(healed).toEqual([401, 200]);
  const complaints = rollcall.logged.filter((line) => line.includes('the keys file cannot be used'));
  expect(complaints).toHaveLength(4);
  expect(rollcall.logged.join('')).not.toContain(second.key);
});

test('of a folder in its place the log says that it is one', async () => {
  const { key, hash } = createKey();
  await using folder = await createFolder();
  const file = await folder.write('keys.yaml', stringify([entryFor('only', { hash })]));
  await using rollcall = await startWith(file);

  await rm(file);
  await mkdir(file);
  await nextLook();

  expect(await statusOf(rollcall, key)).toBe(200);
  expect(rollcall.logged.join('')).toContain('"faults":["is a folder; name a file"]');
});

test('the last key taken out leaves a file in which nobody is known', async () => {
  const { key, hash } = createKey();
  await using folder = await createFolder();
  const file = await folder.write('keys.yaml', stringify([entryFor('only', { hash })]));
  await using rollcall = await startWith(file);

  await folder.write('keys.yaml', '');
  await nextLook();

  expect(await statusOf(rollcall, key)).toBe(401);
});

const faultyEntries = (made: { readonly key: string; readonly hash: string }) => {
  const entry = entryFor('typo', made);
  return {
    'typo: no source is called "webuii"': { ...entry, scopes: ['read', 'read@webuii'] },
    'typo.scopes.0: must be one of read': { ...entry, scopes: ['raed'] },
    'typo.expires: must be a day such as': { ...entry, expires: 'tomorrow' },
    'typo.hash: must be what': { ...entry, hash: made.key },
    'typo: unknown': { ...entry, scope: 'read' },
    'entry 1.hash: must be what': { ...entry, name: made.key, hash: made.key },
    'entry 1: ': made.key,
  };
};

test.for(Object.entries(faultyEntries(createKey())).map(([fault]) => fault))(
  'an entry with the fault %j costs only itself, so that a key taken out is refused all the same',
  async (fault) => {
    const [typo, gone, kept] = [createKey(), createKey(), createKey()];
    const faulty = Object.entries(faultyEntries(typo)).find(([each]) => each === fault)?.[1];
    await using folder = await createFolder();
    const file = await folder.write('keys.yaml', stringify([entryFor('gone', gone), entryFor('kept', kept)]));
    await using rollcall = await startWith(file);
    const statuses = async () => [
      await statusOf(rollcall, typo.key),
      await statusOf(rollcall, gone.key),
      await statusOf(rollcall, kept.key),
    ];

    const before = await statuses();
    await folder.write('keys.yaml', stringify([faulty, entryFor('kept', kept)]));
    await nextLook();
    const after = await statuses();

    expect([before, after]).toEqual([
      [401, 200, 200],
      [401, 401, 200],
    ]);
    const told = rollcall.logged.filter((line) => line.includes('faulty entries of the keys file are left out'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '').faults).toEqual([expect.stringContaining(fault)]);
    for (const secret of [typo.key, typo.hash, typo.hash.slice('sha256:'.length)])
      expect(rollcall.logged.join('')).not.toContain(secret);
  },
);

test('a key with the name or the hash of one before it is left out, at the start too, and the one before it holds', async () => {
  const [first, second, configured] = [createKey(), createKey(), createKey()];
  await using folder = await createFolder();
  const keysFile = await folder.write(
    'keys.yaml',
    stringify([
      entryFor('bot', first),
      entryFor('bot', second),
      { ...entryFor('again', first), scopes: ['write'] },
      { ...entryFor('more', configured), scopes: ['write:admin'] },
    ]),
  );
  const keys = [entryFor('configured', configured)];
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { keysFile, keys } }) });

  const viewers = [first, configured].map(({ key }) => askWhole(rollcall, { 'x-rollcall-key': key }));
  const [bot, other] = await Promise.all(viewers);

  expect(bot?.text).toContain('"name":"bot","scopes":["read"]');
  expect(other?.text).toContain('"name":"configured","scopes":["read"]');
  expect(await statusOf(rollcall, second.key)).toBe(401);
  const told = rollcall.logged.filter((line) => line.includes('faulty entries of the keys file are left out'));
  expect(told.map((line) => JSON.parse(line).faults)).toEqual([
    [
      expect.stringContaining('two keys are called "bot"'),
      expect.stringContaining('the hash of "again" is that of another key'),
      expect.stringContaining('the hash of "more" is that of another key'),
    ],
  ]);
});

test('a start with a keys file that cannot be used as a whole names the file and the fault', async () => {
  await using folder = await createFolder();
  const broken = await folder.write('broken.yaml', '- name: [');
  const mapping = await folder.write('mapping.yaml', 'bot: 1');

  const start = (keysFile: string) => () =>
    createApp(parseConfig({ sources: [{ id: 'horde', kind: 'AI_HORDE' }], access: { keysFile } }, kinds));

  expect(start(folder.path('missing.yaml'))).toThrow('missing.yaml: cannot be read; rollcall keys create makes it');
  expect(start(broken)).toThrow('broken.yaml: is not valid YAML');
  expect(start(mapping)).toThrow('mapping.yaml: is not a list of keys');
});
