import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get, post } from '../cli/keep-alive.ts';
import { openTwoDoors, type TwoDoors } from '../direct/two-doors.ts';

const ban = post('mutation { banUser(input: { id: "horde:104", sources: ["horde"] }) { changes { sent } } }');
const large = 'x'.repeat(5_000);
const toPost = (length: string): string =>
  `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;

let doors: TwoDoors;

beforeAll(async () => {
  doors = await openTwoDoors({ edge: { maxBodyBytes: 1_024 } });
});

afterAll(() => doors[Symbol.asyncDispose]());

beforeEach(() => doors.community.horde.forget());

/** What the source was asked beside this one read, which is asked later than what is looked for. */
async function askedBefore(name: 'direct' | 'yoga'): Promise<readonly string[]> {
  const heard = await doors[name].write(post('{ user(id: "horde:102") { username } }', 'Connection: close'));
  expect(heard.status).toBe('HTTP/1.1 200 OK');
  return doors.community.horde.requests.map(({ path }) => path).filter((path) => !path.endsWith('/102'));
}

describe.for(['direct', 'yoga'] as const)('sent in one go behind a request that is refused, %s:', (name) => {
  test('a mutation is answered where only the name was wrong', async () => {
    const foreign = post('{ viewer { kind } }').replace('127.0.0.1', 'elsewhere.example');

    const heard = await doors[name].write(foreign + ban, 1_000, null);

    expect(heard.status).toBe('HTTP/1.1 421 Misdirected Request');
    expect(heard.headers).toContain('Connection: keep-alive');
    expect(heard.body).toMatch(/HTTP\/1\.1 200 OK/);
    expect(heard.body).toContain('"banUser":{"changes":[');
  });

  test.for([
    ['announced', toPost(`Content-Length: ${large.length}`) + large],
    ['not announced', `${toPost('Transfer-Encoding: chunked')}${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`],
  ] as const)('a mutation is not carried out where the body was too large, %s', async ([, refused]) => {
    const heard = await doors[name].write(refused + ban);

    expect(heard.status).toBe('HTTP/1.1 413 Payload Too Large');
    expect(heard.headers.map((each) => each.toLowerCase())).toContain('connection: close');
    expect(heard.body).not.toContain('HTTP/1.1');
    expect(await askedBefore(name)).toEqual([]);
  });

  test('what was sent before is answered', async () => {
    const heard = await doors[name].write(get('/healthz') + toPost(`Content-Length: ${large.length}`) + large + ban);

    expect(heard.status).toBe('HTTP/1.1 200 OK');
    expect(heard.body.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    expect(await askedBefore(name)).toEqual([]);
  });
});
