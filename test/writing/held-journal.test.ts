import { link, readdir, readFile, rename, rm, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJournal } from '../../src/writing/journal.ts';
import { createFolder } from '../access/doors.ts';
import { actionOf, createStore, type Running, startRunner, told } from './plain-writes.ts';

const one = { idempotencyKey: 'k-1' };
const two = { idempotencyKey: 'k-2' };
const three = { idempotencyKey: 'k-3' };

const notSent = { sent: false, verdicts: { amount: 'NOT_SENT' }, problems: ['SOURCE_FAILED'] };

const errorsOf = ({ logged }: Running): unknown[] =>
  logged.flatMap((line) => {
    const { level, msg } = JSON.parse(line);
    return level >= 50 ? [msg] : [];
  });

describe('a journal that somebody takes away', () => {
  test('is written anew with all that stood in it, before anything is sent', async () => {
    await using first = await startRunner();
    const store = createStore();
    await first.run(actionOf(store), one);
    await unlink(join(first.folder, 'journal'));

    await first.run(actionOf(store), two);
    await first.runner.close();
    await using next = await startRunner({ folder: first.folder });
    await next.run(actionOf(store), one);
    await next.run(actionOf(store), two);

    expect(store.sent).toEqual(['act', 'act']);
    expect(errorsOf(first)).toEqual([]);
    expect((await readdir(first.folder)).sort()).toEqual(['audit', 'journal']);
  });

  test('or shortens is not relied on: nothing is sent under a key', async () => {
    await using running = await startRunner();
    const store = createStore();
    const path = join(running.folder, 'journal');
    await running.run(actionOf(store), one);
    await truncate(path);

    expect(told(await running.run(actionOf(store), two))).toEqual(notSent);
    expect(store.sent).toEqual(['act']);
  });

  test('or moves, so that something else stands in its place, is not written, and nothing is sent under a key', async () => {
    await using running = await startRunner();
    const store = createStore();
    const path = join(running.folder, 'journal');
    await running.run(actionOf(store), one);
    await rename(path, `${path}.old`);
    await writeFile(path, '');

    const keyed = told(await running.run(actionOf(store), two));
    const known = told(await running.run(actionOf(store), one));
    const bare = told(await running.run(actionOf(store)));

    expect(keyed).toEqual(notSent);
    expect([known, bare]).toEqual([
      expect.objectContaining({ sent: true, problems: [] }),
      expect.objectContaining({ sent: true, problems: [] }),
    ]);
    expect(store.sent).toEqual(['act', 'act']);
    expect(await readFile(path, 'utf8')).toBe('');
    expect(errorsOf(running)).toEqual(['attempt not noted in the journal, so nothing was sent']);

    await rename(`${path}.old`, path);
    expect(told(await running.run(actionOf(store), two)).problems).toEqual([]);
  });
});

describe('a second process on the same journal', () => {
  test('takes it from the first, which then sends nothing under a key, and knows all that the first has sent', async () => {
    await using first = await startRunner();
    const store = createStore();
    await first.run(actionOf(store), one);

    await using second = await startRunner({ folder: first.folder });
    const late = told(await first.run(actionOf(store), two));
    await second.run(actionOf(store), one);
    await second.run(actionOf(store), two);
    await second.run(actionOf(store), three);

    expect(late).toEqual(notSent);
    expect(store.sent).toEqual(['act', 'act', 'act']);
    expect(errorsOf(first)).toEqual(['attempt not noted in the journal, so nothing was sent']);
    await second.runner.close();
    await using third = await startRunner({ folder: first.folder });
    for (const key of [one, two, three]) await third.run(actionOf(store), key);
    expect(store.sent).toHaveLength(3);
  });

  test('makes the first say that an outcome is not noted, and looks for itself what came of the attempt', async () => {
    await using first = await startRunner();
    const store = createStore();
    let second: Running | undefined;
    const send = async () => {
      store.sent.push('act');
      second = await startRunner({ folder: first.folder });
      return { receipt: 'R1' };
    };

    const outcome = told(await first.run(actionOf(store, { send }), one));
    await second?.run(actionOf(store), one);
    await second?.runner.close();

    expect(outcome).toMatchObject({ sent: true, problems: [] });
    expect(store.sent).toEqual(['act']);
    expect(errorsOf(first)).toEqual(['outcome not noted in the journal']);
  });

  test('that comes by another name of the file takes it as well', async () => {
    await using running = await startRunner();
    const store = createStore();
    const path = join(running.folder, 'journal');
    await symlink(path, join(running.folder, 'alias'));

    await openJournal(join(running.folder, 'alias'), 0).close();

    expect(told(await running.run(actionOf(store), one))).toEqual(notSent);
  });
});

describe('a file that is named as the journal', () => {
  const entry = { identity: 'i', caller: 'c', fingerprint: 'f', at: Date.now(), operation: 'act', target: 'one' };
  const line = JSON.stringify(entry);

  test.for<[string, string, number]>([
    ['an audit', '{"time":"2026-01-01T00:00:00.000Z","id":"1","phase":"attempt"}\n', 1],
    ['a list of things to buy', 'milk\nbread\n', 1],
    ['a configuration', '{\n  "port": 1\n}\n', 2],
    ['a journal with something else in it', `${line}\nmilk\n`, 2],
    ['a journal with a whole line of another shape', `${line}\n{"identity":"i"}\n`, 2],
  ])('and is %s is refused, and stays as it is', async ([, text, number]) => {
    await using folder = await createFolder();
    const path = await folder.write('file', text);

    expect(() => openJournal(path, 0)).toThrow(
      `writes.journal: ${path}: is no journal, for its line ${number} is none of one; take the line out if the file is a journal that was damaged, or else name another file, which need not be there yet`,
    );
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await readdir(folder.path(''))).toEqual(['file']);
  });

  test.for<[string, string]>([
    ['is half a line', `${line}\n\n{"identity":"torn","fing`],
    ['is hardly begun', `${line}\n\n{"id`],
    ['is half a line before whole ones, from when a disk was full', `{"identity":"torn","fing\n${line}\n`],
    ['is lost, and zeros in its place', `${line}\n\n\0\0\0\0`],
  ])('and is a journal of which something %s is taken', async ([, text]) => {
    await using folder = await createFolder();
    const journal = openJournal(await folder.write('file', text), 0);
    await journal.close();

    expect(journal.entries).toEqual([entry]);
  });
});

describe('one file for the audit and the journal is refused, and nothing of it is lost', () => {
  test.for<[string, (path: string, other: string) => Promise<string>]>([
    ['under one name', async (path) => path],
    ['before it is there', async (path) => unlink(path).then(() => path)],
    ['in two spellings', async (path) => path.replace('/file', '/./file')],
    ['through a link', async (path, other) => symlink(path, other).then(() => other)],
    ['under two names that it has', async (path, other) => link(path, other).then(() => other)],
    [
      'in a folder with two names, before it is there',
      async (path, other) => {
        await unlink(path);
        await symlink(path.replace('/file', ''), other);
        return join(other, 'file');
      },
    ],
  ])('%s', async ([, otherwise]) => {
    await using folder = await createFolder();
    const file = await folder.write('file', '');
    const journal = await otherwise(file, folder.path('other'));

    await expect(startRunner({ audit: { file }, writes: { journal } })).rejects.toThrow(
      `writes.journal: ${journal}: is the file of audit.file, too; give each its own`,
    );
    await rm(file, { force: true });
  });
});
