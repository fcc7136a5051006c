import { stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { createFolder } from '../access/doors.ts';
import { addressOf, ask, logOf, start } from './rollcall-process.ts';

const anyPort = { PORT: '0' };

describe('rollcall serve', () => {
  test('without any configuration serves twins, on a free port where the port is 0, and stops on SIGTERM', async () => {
    await using child = await start(['serve', '--size', '12'], { environment: anyPort });
    const address = await addressOf(child);

    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/graphql$/);
    expect(await ask(address, '{ user(id: "horde:101") { username openWebUI { email } } sources { id reachable } }')).toEqual({
      data: {
        user: { username: 'ada#101', openWebUI: { email: 'ada@harbour.example' } },
        sources: ['horde', 'mcsmanager', 'webui'].map((id) => ({ id, reachable: true })),
      },
    });
    expect((await fetch(new URL('/healthz', address))).status).toBe(200);
    expect((await fetch(new URL('/readyz', address))).status).toBe(200);

    child.signal('SIGTERM');
    expect(await child.exited).toBe(0);
    expect(child.stderr()).toBe('');
    expect(logOf(child)).toMatchObject([
      { level: 'info', msg: 'serving', twins: true, sources: ['horde', 'mcsmanager', 'webui'] },
      { msg: 'operation' },
      { msg: 'stopping', signal: 'SIGTERM' },
    ]);
  });

  test('is what happens when no command is given', async () => {
    await using child = await start([], { environment: anyPort });

    expect(await ask(await addressOf(child), '{ sources { id } }')).toMatchObject({ data: { sources: { length: 3 } } });
  });

  test('stops on SIGINT too, before anybody has asked anything', async () => {
    await using child = await start(['serve', '--size', '12'], { environment: anyPort });
    await addressOf(child);

    child.signal('SIGINT');

    expect(await child.exited).toBe(0);
  });

  test('stops on SIGHUP too, however often it comes', async () => {
    await using child = await start(['serve', '--size', '12'], { environment: anyPort });
    await addressOf(child);

    child.signal('SIGHUP');
    child.signal('SIGHUP');

    expect(await child.exited).toBe(0);
    expect(logOf(child)).toContainEqual(expect.objectContaining({ msg: 'stopping', signal: 'SIGHUP' }));
  });

  test('lets an operation under way finish when it is told to stop, and takes no other', async () => {
    await using twin = await hordeTwin({ faults: [{ fault: { kind: 'delay', ms: 800 } }] });
    await using child = await start(['serve'], { environment: { ...anyPort, HORDE_URL: twin.apiUrl } });
    const address = await addressOf(child);

    const asked = ask(address, '{ user(id: "horde:101") { username } }');
    await expect.poll(() => twin.requests.length).toBe(1);
    child.signal('SIGTERM');
    await expect.poll(() => logOf(child).some(({ msg }) => msg === 'stopping')).toBe(true);

    await expect(fetch(address)).rejects.toThrow();
    expect(await asked).toEqual({ data: { user: { username: 'ada#101' } } });
    expect(await child.exited).toBe(0);
    // The grace was not used up waiting for a connection that idles.
    expect(logOf(child).map(({ msg }) => msg)).not.toContain('connections cut off');
  });

  test('whose port is taken ends with 1 and says what to do', async () => {
    await using first = await start(['serve', '--size', '12'], { environment: anyPort });
    const { port } = new URL(await addressOf(first));

    await using second = await start(['serve', '--size', '12'], { environment: { PORT: port } });

    expect(await second.exited).toBe(1);
    expect(second.stderr()).toBe(`127.0.0.1:${port} cannot be listened on (EADDRINUSE). Set PORT or HOST to another one.\n`);
    expect(second.stdout()).toBe('');
  });

  test('whose host is not of this machine ends with 1 and says what to do', async () => {
    await using child = await start(['serve'], {
      environment: { ...anyPort, HOST: '192.0.2.1', ROLLCALL_ALLOW_ANONYMOUS: 'true' },
    });

    expect(await child.exited).toBe(1);
    expect(child.stderr()).toMatch(/^192\.0\.2\.1:0 cannot be listened on \(EADDRNOTAVAIL\)\. Set PORT or HOST/);
  });

  test.for(['http://user:hush@127.0.0.1', 'no such host.invalid'])(
    'whose host is no name, such as %j, says what one is',
    async (host) => {
      await using child = await start(['serve'], {
        environment: { ...anyPort, ROLLCALL_ALLOW_ANONYMOUS: 'true' },
        files: { 'rollcall.yaml': JSON.stringify({ server: { host } }) },
      });

      expect(await child.exited).toBe(1);
      expect(child.stderr()).toMatch(
        /^server\.host \(HOST\) is no name that leads to an address \(E[A-Z_]+\)\. Set it to an address of this machine alone, such as [^\n]+ without http:\/\/ and without a port\.\n$/,
      );
      expect(child.stdout()).toBe('');
    },
  );

  test('whose port is taken leaves the journal to the one who has it', async () => {
    await using folder = await createFolder();
    const config = { writes: { journal: folder.path('journal') } };
    const files = { 'rollcall.yaml': JSON.stringify(config) };
    await using first = await start(['serve', '--size', '12'], { environment: anyPort, files });
    const address = await addressOf(first);
    const { ino } = await stat(config.writes.journal);

    await using second = await start(['serve', '--size', '12'], { environment: { PORT: new URL(address).port }, files });

    expect(await second.exited).toBe(1);
    expect((await stat(config.writes.journal)).ino).toBe(ino);
    const query = 'mutation { banUser(input: { id: "horde:103", idempotencyKey: "k" }) { changes { errors { __typename } } } }';
    expect(await ask(address, query)).toEqual({ data: { banUser: { changes: Array(3).fill({ errors: [] }) } } });
  });

  test('that is refused for its configuration lets go of its port', async () => {
    await using child = await start(['serve', '--size', '12'], {
      environment: anyPort,
      files: { 'rollcall.yaml': '{"writes":{"journal":"no/folder"}}' },
    });

    expect(await child.exited).toBe(2);
  });

  test('listens on IPv6 and writes its address as browsers want it', async () => {
    await using child = await start(['serve', '--size', '12'], { environment: { ...anyPort, HOST: '::1' } });

    const address = await addressOf(child);

    expect(address).toMatch(/^http:\/\/\[::1\]:\d+\/graphql$/);
    expect(await ask(address, '{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'ANONYMOUS' } } });
  });

  test('starts and answers although no source can be reached', async () => {
    const gone = await hordeTwin();
    await gone.close();
    await using child = await start(['serve'], {
      environment: { ...anyPort, HORDE_URL: gone.apiUrl, HORDE_API_KEY: 'a-secret-key' },
    });
    const address = await addressOf(child);

    expect(await ask(address, '{ sources { id reachable problem } }')).toEqual({
      data: { sources: [{ id: 'horde', reachable: false, problem: 'SOURCE_UNREACHABLE' }] },
    });
    expect((await fetch(new URL('/readyz', address))).status).toBe(503);
    expect(child.stdout()).not.toContain('a-secret-key');
    expect(child.stdout()).not.toContain(new URL(gone.url).port);
  });

  test('never writes a key, not even where everything is logged', async () => {
    await using twin = await hordeTwin({ canary: 'CANARY', faults: [{ after: 1, fault: { kind: 'reset' } }] });
    await using child = await start(['serve'], {
      environment: { ...anyPort, LOG_LEVEL: 'trace', HORDE_URL: twin.apiUrl, HORDE_API_KEY: twin.keys.moderator },
    });
    const address = await addressOf(child);

    await ask(address, '{ user(id: "horde:101") { horde { contact } } }');
    await ask(address, '{ user(id: "horde:102") { horde { contact } } }');

    await expect.poll(() => logOf(child).filter(({ msg }) => msg === 'operation')).toHaveLength(2);
    expect(child.stdout()).toContain('SOURCE_UNREACHABLE');
    for (const secret of ['CANARY', twin.keys.moderator, twin.url]) expect(child.stdout() + child.stderr()).not.toContain(secret);
  });
});
