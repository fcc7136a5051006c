import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createAuditFile } from '../../src/writing/audit-file.ts';
import { whyNot } from '../../src/writing/file-faults.ts';
import { createFolder } from '../access/doors.ts';
import { run } from '../cli/rollcall-process.ts';

/** Starts a server that is to refuse. */
async function serveWith(settings: object): Promise<string> {
  const { code, stdout, stderr } = await run(['serve'], {
    environment: { PORT: '0' },
    files: { 'rollcall.yaml': JSON.stringify(settings) },
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr.replace('The configuration cannot be used:\n  - ', '').trimEnd();
}

const withPath = (setting: string, path: string): object => {
  const [section = '', key = ''] = setting.split('.');
  return { [section]: { [key]: path } };
};

test.each(['writes.journal', 'audit.file'] as const)(
  'a path of %s that cannot be used is refused before the start',
  async (setting) => {
    await using folder = await createFolder();
    const [missing, inFile, itself] = [folder.path('no/file'), folder.path('plain/file'), folder.path('itself')];
    await writeFile(folder.path('plain'), '');
    await mkdir(itself);

    expect(await serveWith(withPath(setting, missing))).toBe(
      `${setting}: ${missing}: cannot be made, for the folder ${folder.path('no')} does not exist; make it`,
    );
    expect(await serveWith(withPath(setting, inFile))).toBe(
      `${setting}: ${inFile}: cannot be made, for ${folder.path('plain')} is no folder; name a file in a folder`,
    );
    expect(await serveWith(withPath(setting, itself))).toBe(`${setting}: ${itself}: is a folder; name a file`);
    await symlink(folder.path('no/file'), folder.path('nowhere'));
    await symlink('round', folder.path('round'));
    expect(await serveWith(withPath(setting, folder.path('nowhere')))).toBe(
      `${setting}: ${folder.path('nowhere')}: is a link that leads nowhere; make what it leads to, or name a file`,
    );
    expect(await serveWith(withPath(setting, folder.path('round')))).toBe(
      `${setting}: ${folder.path('round')}: is a link that leads back to itself; name a file`,
    );
    expect(await serveWith(withPath(setting, 'no/file'))).toMatch(
      /^\S+: no\/file: cannot be made, for the folder no does not exist; make it\. The path is taken from \//,
    );
  },
);

test('the file for the audit is there from the start, for its owner alone, and what stood in it stays', async () => {
  await using folder = await createFolder();
  const old = await folder.write('old', '{"id":"1"}\n');
  const path = folder.path('new');
  const settings = { maxBytes: 1_000, keep: 1 };

  createAuditFile(path, settings);
  createAuditFile(old, settings);

  const { mode, size } = await stat(path);
  expect({ mode: mode & 0o777, size }).toEqual({ mode: 0o600, size: 0 });
  expect(await readFile(old, 'utf8')).toBe('{"id":"1"}\n');
});

test('a pipe for the audit that nobody reads yet does not hold up the start', async () => {
  await using folder = await createFolder();
  const pipe = folder.path('pipe');
  execFileSync('mkfifo', [pipe]);

  expect(() => createAuditFile(pipe, { maxBytes: 1_000, keep: 1 })).not.toThrow();
});

test('a pipe or a device as the journal is refused at once, as a folder is', async () => {
  await using folder = await createFolder();
  const pipe = folder.path('pipe');
  execFileSync('mkfifo', [pipe]);

  for (const path of [pipe, '/dev/null'])
    expect(await serveWith(withPath('writes.journal', path))).toBe(
      `writes.journal: ${path}: is no file, but a pipe, a socket or a device; name a file`,
    );
});

test('a pipe for the audit whose reader is gone holds no write up, and is never put aside', async () => {
  await using folder = await createFolder();
  const pipe = folder.path('pipe');
  execFileSync('mkfifo', [pipe]);
  const audit = createAuditFile(pipe, { maxBytes: 1_000, keep: 1 });

  await expect(audit.append('{}')).rejects.toMatchObject({ code: 'ENXIO' });

  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  for (let nth = 0; nth < 3; nth += 1) await audit.append('x'.repeat(600));
  closeSync(reader);
  expect(await readdir(folder.path(''))).toEqual(['pipe']);
});

test('a start that is refused ends where a Redis is configured, too', async () => {
  const cache = { redis: { url: 'redis://127.0.0.1:1' } };

  expect(await serveWith({ cache, writes: { journal: '/dev/null/file' } })).toContain('writes.journal: /dev/null/file');
});

test('a file that may not be written is told with what it takes', () => {
  // Tests may be run by root, whom nothing is denied.
  const denied = Object.assign(new Error('EACCES: permission denied, open /secret'), { code: 'EACCES' });

  expect(whyNot(denied, '/var/audit')).toBe(
    'cannot be written; whoever runs Rollcall needs the right to read and write it, and to make files in its folder',
  );
  const told = (code: string): string => whyNot(Object.assign(new Error(`${code}: /secret`), { code }), '/var/audit');
  expect(told('ENOSPC')).toBe('cannot be written, for there is no room left; make some, or name a file on another disk');
  expect(told('EBUSY')).toBe('cannot be put in the place of the former one; mount the folder it is in, and not the file alone');
  expect(told('EIO')).toBe('cannot be written (EIO)');
});
