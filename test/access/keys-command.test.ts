import { readFile, realpath, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { keys } from '../../src/cli/keys.ts';
import { rollcall } from './command.ts';
import { createFolder } from './doors.ts';

const keyLine = /^rck_([0-9a-z]{8})_[\w-]{43}\n/;

test('without a file the key and its entry are printed, and the entry does not tell the key', async () => {
  await using folder = await createFolder();

  const { code, out } = await rollcall(
    ['keys', 'create', '--name', 'bot', '--scopes', 'read,read:private@webui', '--sources', 'webui', '--expires', '2199-01-01'],
    { folder: folder.path('') },
  );

  const [key = '', id] = keyLine.exec(out) ?? [];
  expect(code).toBe(0);
  expect(parse(out.slice(key.length))).toEqual([
    {
      ...{ name: 'bot', id, hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      ...{ scopes: ['read', 'read:private@webui'], sources: ['webui'], expires: '2199-01-01' },
    },
  ]);
  expect(out.indexOf(key.trim())).toBe(out.lastIndexOf(key.trim()));
});

test('with a file the entry is kept there, for its owner’s eyes only, and remarks in it stay', async () => {
  await using folder = await createFolder();
  const place = { folder: folder.path('') };
  const file = folder.path('rollcall.keys.yaml');

  const first = await rollcall(['keys', 'create', '--name', 'bot', '--scopes', 'read', '--file', file], place);
  const { mode } = await stat(file);
  await folder.write('rollcall.keys.yaml', `# asked for in the spring\n${await readFile(file, 'utf8')}`);
  const second = await rollcall(
    ['keys', 'create', '--name', 'page', '--scopes', 'read@webui', '--expires', '2199-01-01', '--file', file],
    place,
  );
  const text = await readFile(file, 'utf8');
  await folder.write('rollcall.keys.yaml', text.replace('2199-01-01', '2020-01-01'));
  const list = await rollcall(['keys', 'list', '--file', file], place);

  expect([first.code, second.code]).toEqual([0, 0]);
  expect(first.out).toMatch(/^rck_\S+\n$/);
  expect(mode & 0o777).toBe(0o600);
  expect(text).toMatch(/^# asked for in the spring\n/);
  expect(text).not.toContain(first.out.trim());
  const [ids] = [[first, second].map(({ out }) => keyLine.exec(out)?.[1])];
  expect(list.out).toBe(`bot\t${ids[0]}\tread\tfor good\npage\t${ids[1]}\tread@webui\texpired 2020-01-01T00:00:00.000Z\n`);
});

test('a key that is revoked is gone from the file, and its name can be given again', async () => {
  await using folder = await createFolder();
  const place = { folder: folder.path('') };
  await folder.write('rollcall.yaml', stringify({ access: { keysFile: 'keys.yaml' } }));
  const create = () => rollcall(['keys', 'create', '--name', 'bot', '--scopes', 'read'], place);

  const [first, taken] = [await create(), await create()];
  const revoked = await rollcall(['keys', 'revoke', '--name', 'bot'], place);
  const nothing = await readFile(folder.path('keys.yaml'), 'utf8');
  const again = await create();
  const unknown = await rollcall(['keys', 'revoke', '--name', 'page'], place);

  expect([first.code, taken.code, revoked.code, again.code, unknown.code]).toEqual([0, 2, 0, 0, 2]);
  expect(taken.err).toBe('There is a key called bot already. Revoke it first, or choose another name.\n');
  expect(parse(nothing)).toEqual([]);
  expect(parse(await readFile(folder.path('keys.yaml'), 'utf8'))).toHaveLength(1);
  expect(unknown.err).toContain('No keys file knows a key called page.');
  expect(unknown.err).toContain('keys.yaml has: bot.');
  expect(unknown.err).not.toContain('Say which one');
});

test.for([
  [['create', '--name', 'bot'], 'A key needs --name and --scopes.'],
  [['create', '--name', 'a b', '--scopes', 'read'], '--name: must be up to 60 letters'],
  [['create', '--name', 'bot', '--scopes', 'raed'], '--scopes.0: must be one of read, read:private'],
  [['create', '--name', 'bot', '--scopes', 'read', '--expires', 'tomorrow'], '--expires: must be a day such as 2027-01-01'],
  [['create', '--name', 'bot', '--scopes', 'read', '--expires', '2027-02-30'], '--expires: must be a day such as 2027-01-01'],
  [['create', '--name', 'bot', '--scopes', 'read', '--expires', '2020-01-01'], '--expires: is past already'],
  [['create', '--name', 'bot', '--scopes', 'read', '--sources', ''], '--sources.0: must be the id of a source'],
  [['revoke', '--name', 'bot'], 'No keys file knows a key called bot.'],
  [['revoke'], 'Say which key: --name.'],
  [['burn'], 'rollcall keys create --name NAME'],
  [[], 'rollcall keys create --name NAME'],
] as const)('rollcall keys %j is refused with the reason', async ([args, reason]) => {
  await using folder = await createFolder();
  const config = await folder.write('rollcall.yaml', '{}');

  await expect(keys(args, { ROLLCALL_CONFIG: config })).rejects.toThrow(reason);
});

test('a file that holds no keys is left as it is', async () => {
  await using folder = await createFolder();
  const text = 'server:\n  port: 4000\n';
  const file = await folder.write('rollcall.yaml', text);

  const { code, err } = await rollcall(['keys', 'create', '--name', 'bot', '--scopes', 'read', '--file', file], {
    folder: folder.path(''),
  });

  expect(code).toBe(2);
  expect(err).toContain('rollcall.yaml cannot be used');
  expect(await readFile(file, 'utf8')).toBe(text);
});

const hordeAlone = { sources: [{ id: 'horde', kind: 'AI_HORDE' }] };

test.for([
  ['a scope on it', ['--scopes', 'read,read@webuii']],
  ['the sources', ['--scopes', 'read', '--sources', 'horde,webuii']],
  ['a scope outside of the sources', ['--scopes', 'read@webuii', '--sources', 'horde']],
  ['the sources of a scope elsewhere', ['--scopes', 'read@horde', '--sources', 'webuii']],
] as const)('a source that is not there is refused in %s, wherever the keys are kept', async ([, said]) => {
  await using folder = await createFolder();
  const file = folder.path('keys.yaml');
  const config = await folder.write('rollcall.yaml', stringify({ ...hordeAlone, access: { keysFile: file } }));
  const elsewhere = folder.path('elsewhere.yaml');

  for (const place of [[], ['--file', elsewhere], ['--file', elsewhere, '--config', config]]) {
    const creating = keys(['create', '--name', 'bot', ...said, ...place], { ROLLCALL_CONFIG: config });
    await expect(creating).rejects.toThrow('no source is called "webuii". There are: horde.');
  }

  await expect(stat(file)).rejects.toThrow('ENOENT');
  await expect(stat(elsewhere)).rejects.toThrow('ENOENT');
});

test('with a file the configuration of the folder is looked at, and a broken one keeps nobody from revoking', async () => {
  await using folder = await createFolder();
  const place = { folder: folder.path('') };
  await folder.write('rollcall.yaml', stringify(hordeAlone));
  const create = (scope: string) => rollcall(['keys', 'create', '--name', 'bot', '--scopes', scope, '--file', 'k.yaml'], place);

  const [refused, made] = [await create('read@webuii'), await create('read@horde')];
  await folder.write('rollcall.yaml', 'sources: 1');
  const revoked = await rollcall(['keys', 'revoke', '--name', 'bot', '--file', 'k.yaml'], place);
  const unchecked = await create('read@webuii');

  expect([refused.code, made.code, revoked.code, unchecked.code]).toEqual([2, 0, 0, 0]);
  expect(refused.err).toBe('no source is called "webuii". There are: horde.\n');
  expect(unchecked.err).toContain('so those of the key were not checked');
});

test('among faulty entries a key is still revoked, every entry of its name, and the faulty ones are told', async () => {
  await using folder = await createFolder();
  const place = { folder: folder.path('') };
  const entry = (name: string, scope: string, digit: string) => ({ name, hash: `sha256:${digit.repeat(64)}`, scopes: [scope] });
  const entries = [entry('bot', 'raed', '1'), entry('odd', 'raed', '2'), entry('bot', 'read', '3'), entry('page', 'read', '4')];
  await folder.write('keys.yaml', stringify(entries));

  const taken = await rollcall(['keys', 'create', '--name', 'odd', '--scopes', 'read', '--file', 'keys.yaml'], place);
  const revoked = await rollcall(['keys', 'revoke', '--name', 'bot', '--file', 'keys.yaml'], place);
  const list = await rollcall(['keys', 'list', '--file', 'keys.yaml'], place);

  expect([taken.code, revoked.code, list.code]).toEqual([2, 0, 0]);
  expect(parse(await readFile(folder.path('keys.yaml'), 'utf8'))).toEqual([entries[1], entries[3]]);
  expect(list.out).toBe('page\t-\tread\tfor good\n');
  expect(list.err).toContain('Left out: odd.scopes.0: must be one of read');
});

test('a keys file that is not there is no empty one: it says where it looked, in another folder than the configuration’s too', async () => {
  await using folder = await createFolder();
  await using elsewhere = await createFolder();
  const config = await folder.write('rollcall.yaml', stringify({ ...hordeAlone, access: { keysFile: 'keys.yaml' } }));
  const [home, away] = [{ folder: folder.path('') }, { folder: await realpath(elsewhere.path('')) }];
  const create = ['keys', 'create', '--name', 'bot', '--scopes', 'read'];

  const none = await rollcall(['keys', 'list'], home);
  const made = await rollcall(create, home);
  const again = await rollcall(['keys', 'create', '--name', 'page', '--scopes', 'read'], home);
  const list = await rollcall(['keys', 'list'], home);
  const lists = [
    await rollcall(['keys', 'list', '--config', config], away),
    await rollcall(['keys', 'list', '--file', 'keys.yaml'], away),
  ];
  const started = await rollcall(['serve', '--config', config], away);
  const whole = await rollcall(['keys', 'list', '--file', folder.path('nothere.yaml')], away);
  const second = await rollcall([...create, '--config', config], away);

  const looked = `The path is taken from ${away.folder}: if the file is elsewhere, go there or write the whole path`;
  expect([none.code, made.code, again.code, list.code]).toEqual([2, 0, 0, 0]);
  for (const { code, out, err } of lists) {
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(`keys.yaml does not exist; rollcall keys create makes it. ${looked}.\n`);
  }
  expect(started.code).not.toBe(0);
  expect(started.err).toContain(`access.keysFile: keys.yaml: cannot be read; rollcall keys create makes it. ${looked}`);
  expect([whole.code, whole.err]).toEqual([2, `${folder.path('nothere.yaml')} does not exist; rollcall keys create makes it.\n`]);
  expect(second.err).toContain(`keys.yaml did not exist and was made in ${away.folder}.\n`);
  expect(made.err).toContain('was made in');
  expect(again.err).not.toContain('was made in');
});

test('a keys file without keys is listed as such', async () => {
  await using folder = await createFolder();
  const file = await folder.write('keys.yaml', '');

  const { code, out, err } = await rollcall(['keys', 'list', '--file', file], { folder: folder.path('') });

  expect([code, out, err]).toEqual([0, '', '']);
});
