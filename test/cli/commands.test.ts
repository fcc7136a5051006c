import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { addressOf, ask, run, start, until } from './rollcall-process.ts';

describe('rollcall schema', () => {
  test.for([
    [['schema'], 'schema.graphql'],
    [['schema', '--subgraph'], 'subgraph.graphql'],
  ] as const)('%s prints the schema that is checked in', async ([args, file]) => {
    const { code, stdout, stderr } = await run([...args]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(await readFile(new URL(`../../schema/${file}`, import.meta.url), 'utf8'));
  });
});

describe('rollcall twins', () => {
  test('prints a configuration with which rollcall serve works', async () => {
    await using twins = await start(['twins', '--size', '20', '--seed', '5']);
    await until(twins, () => twins.stdout().includes('links:') || undefined);
    const config = twins.stdout();

    await using server = await start(['serve', '--config', 'twins.yaml'], {
      environment: { PORT: '0' },
      files: { 'twins.yaml': config },
    });
    const answer = await ask(
      await addressOf(server),
      '{ user(id: "horde:101") { username openWebUI { email } mcsManager { username } } }',
    );

    expect(answer).toEqual({
      data: { user: { username: 'ada#101', openWebUI: { email: 'ada@harbour.example' }, mcsManager: { username: 'ada' } } },
    });
    twins.signal('SIGTERM');
    expect(await twins.exited).toBe(0);
  });

  test('on ports of one’s choice stand on three in a row', async () => {
    // Below the ports that are given to whoever asks for any.
    const port = 20_000 + (process.pid % 3_000) * 3;

    await using twins = await start(['twins', '--size', '12', '--port', String(port)]);
    await until(twins, () => twins.stdout().includes('links:') || undefined);

    const urls = parse(twins.stdout()).sources.map(({ url }: { url: string }) => Number(new URL(url).port));
    expect(urls).toEqual([port, port + 1, port + 2]);
  });

  test('on a port that is taken, or none, end with 1 and say so', async () => {
    await using taken = await hordeTwin();
    const { port } = new URL(taken.url);

    const [busy, none] = await Promise.all([run(['twins', '--port', port]), run(['twins', '--port', '70000'])]);

    expect(busy).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^\S.* cannot be listened on .*--port.*\.\n$/) });
    expect(none).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('--port') });
  });
});

describe('rollcall check', () => {
  test('without configuration checks the twins: a line for each, and 0', async () => {
    const { code, stdout, stderr } = await run(['check', '--size', '12']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^source +kind +answer +version +time +credential$/);
    expect(rows).toEqual([
      expect.stringMatching(/^horde +AI Horde +OK +\S+ +\d+ ms +A moderator’s key: /),
      expect.stringMatching(/^mcsmanager +MCSManager +OK +10\.\S+ +\d+ ms +\S/),
      expect.stringMatching(/^webui +Open WebUI +healthy +0\.11\.0 +\d+ ms +The key is an administrator’s/),
    ]);
  });

  test('of sources that are silent or refuse their key is 1, and each says what is wrong', async () => {
    await using twin = await hordeTwin({ canary: 'CANARY' });
    const gone = await hordeTwin();
    await gone.close();
    const config = JSON.stringify({
      sources: [
        { id: 'good', kind: 'AI_HORDE', url: twin.apiUrl },
        { id: 'refused', kind: 'AI_HORDE', url: twin.apiUrl, apiKey: 'wrong-key-1234' },
        { id: 'silent', kind: 'AI_HORDE', url: gone.apiUrl, apiKey: 'some-key-1234' },
      ],
    });

    const { code, stdout, stderr } = await run(['check'], { files: { 'rollcall.yaml': config } });

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^good .* OK .* none: only what is shown to anybody$/m);
    expect(stdout).toMatch(/^refused .* SOURCE_UNAUTHORIZED: The source does not accept the credential/m);
    expect(stdout).toMatch(/^silent .* SOURCE_UNREACHABLE /m);
    for (const secret of ['wrong-key-1234', 'some-key-1234', '127.0.0.1']) expect(stdout).not.toContain(secret);
  });
});

test('rollcall check is 1 where the keys for tokens cannot be fetched, and says so', async () => {
  const gone = await hordeTwin();
  await gone.close();
  const config = JSON.stringify({ access: { jwt: { issuer: 'https://a.example', audience: 'b', jwks: `${gone.url}/jwks` } } });

  const { code, stdout } = await run(['check', '--size', '12'], { files: { 'rollcall.yaml': config } });

  expect(code).toBe(1);
  expect(stdout).toContain('access.jwt.jwks: the keys for tokens cannot be fetched: it cannot be reached\n');
  expect(stdout).not.toContain('127.0.0.1');
});

describe('a command line that cannot be understood', () => {
  test.for([
    ['an unknown command', ['conjure'], 'There is no command "conjure".'],
    ['a command too many', ['serve', 'check'], 'There is no command "serve check".'],
    ['a word of JavaScript', ['constructor'], 'There is no command "constructor".'],
    ['an unknown option', ['serve', '--colour'], 'There is no option "--colour". rollcall --help lists those that there are.\n'],
    ['a short option', ['serve', '-x'], 'There is no option "-x".'],
    ['an unknown option of keys', ['keys', 'list', '--prot'], 'There is no option "--prot". rollcall keys --help lists'],
    ['a value too many', ['--help=yes'], '--help takes no value.\n'],
    ['what may be a value', ['twins', '--port', '--size'], '--port takes a value; one that begins with a dash is'],
    [
      'an option without its value',
      ['serve', '--config'],
      '--config takes a value; one that begins with a dash is written with =, as in --config=-1.\n',
    ],
    ['a size that is no number', ['twins', '--size', 'many'], '--size takes a whole number, not "many".'],
    ['a port of rollcall serve', ['serve', '--port', '5000'], '--port is for rollcall twins.'],
    ['a configuration that is not there', ['serve', '--config', 'nowhere.yaml'], 'nowhere.yaml does not exist'],
    ['a folder for a configuration', ['check', '--config', '.'], '. cannot be read'],
  ] as const)('for %s ends with 2 and a sentence', async ([, args, sentence]) => {
    const { code, stdout, stderr } = await run(args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('is not one that asks for help', async () => {
    const { code, stdout, stderr } = await run(['--help']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of ['serve', 'check', 'schema', 'twins']) expect(stdout).toContain(`rollcall ${command}`);
  });
});

test('every fault of a configuration is told in one message, with its key and its cure and without its value', async () => {
  const config = `
server: { port: 99999, hots: example }
log: { level: loud }
sources:
  - { id: One, kind: AI_HORDE, apiKey: hush-hush-1 }
  - { id: two, kind: SLACK, apiKey: hush-hush-2 }
  - { id: three, kind: OPEN_WEBUI, apiKey: hush-hush-3, url: not an address, token: hush-hush-4 }
  - { id: four, kind: MCS_MANAGER, url: "http://panel.example", apiKey: "\${NO_SUCH_VARIABLE}", timeZone: Mars/Olympus }
links:
  - [three:abc, five:def]
  - [nobody, three:abc]
`;

  const { code, stdout, stderr } = await run(['serve'], { files: { 'rollcall.yaml': config }, environment: { PORT: '' } });

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const [head, ...faults] = stderr.trimEnd().split('\n');
  expect(head).toBe('The configuration cannot be used:');
  for (const key of [
    `$${'{NO_SUCH_VARIABLE}'}`,
    'server.port',
    'server: unknown "hots"',
    'log.level',
    'sources.0.id',
    'sources.1.kind',
    'sources.2.url',
    'sources.2: unknown "token"',
    'sources.3.timeZone',
    'links.0: no source is called "five"',
    'links.1: "nobody" is not an account id',
    'links.1: "three:abc" stands in two places',
  ]) {
    expect(faults.filter((fault) => fault.startsWith(`  - ${key}`))).toHaveLength(1);
  }
  expect(faults).toHaveLength(12);
  expect(stderr).not.toMatch(/hush|not an address|Olympus|99999|loud/);
});
