import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Community, startCommunity } from '../../src/twins/community.ts';
import { openDoor } from '../direct/two-doors.ts';

/** What a framework leaves in `body`; undefined: it leaves nothing. */
type Leave = (read: Buffer) => unknown;

const asked = JSON.stringify({ query: 'query($id: ID!) { user(id: $id) { id } }', variables: { id: 'horde:101' } });
const answered = [200, { data: { user: { id: 'horde:101' } } }];

const refused = (status: number, message: unknown, code = 'BAD_REQUEST') => [
  status,
  { errors: [{ message, extensions: expect.objectContaining({ code }) }] },
];

const readBefore = refused(
  500,
  'The body was read before Rollcall saw the request. Mount Rollcall before the body parser, or leave what was read in `body` of the request.',
  'INTERNAL_SERVER_ERROR',
);

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe.each([{ directPath: true }, { directPath: false }])('with directPath: $directPath', ({ directPath }) => {
  let community: Community;
  let door: Awaited<ReturnType<typeof openDoor>>;

  beforeAll(async () => {
    community = await startCommunity({ size: 12 });
    door = await openDoor(community, { edge: { maxBodyBytes: 300 } }, directPath);
  });

  afterAll(async () => {
    await door.close();
    await community.close();
  });

  async function post(leave: Leave, body: string, { type = 'application/json', isRead = true } = {}): Promise<unknown> {
    const server = createServer(async (request, response) => {
      const left = leave(isRead ? await readAll(request) : Buffer.alloc(0));
      door.app.handle(Object.assign(request, left === undefined ? {} : { body: left }), response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has an AddressInfo; only pipes have a string.
    const { port } = server.address() as AddressInfo;
    const headers = { 'content-type': type, connection: 'close' };
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body });
    const told: unknown = await response.json();
    await new Promise((resolve) => server.close(resolve));
    return [response.status, told];
  }

  const parse: Leave = (read) => JSON.parse(read.toString());

  test.each<[string, Leave]>([
    ['as an object', parse],
    ['as a text', (read) => read.toString()],
    ['as bytes', (read) => read],
    ['as an array of bytes', (read) => new Uint8Array(read)],
  ])('a body that was read before is taken as it was left: %s', async (_name, leave) => {
    expect(await post(leave, asked)).toEqual(answered);
  });

  test.each<[string, Leave]>([
    ['nothing', () => undefined],
    ['null', () => null],
    ['what cannot be written', () => ({ n: 1n })],
  ])('where of a body that was read before %s is left, that is said at once', async (_name, leave) => {
    expect(await post(leave, asked)).toEqual(readBefore);
  });

  test.each<[string, Leave]>([
    ['nothing', () => undefined],
    ['an empty object', () => ({})],
  ])('a body that nobody has read is read, though %s is left of it', async (_name, leave) => {
    expect(await post(leave, asked, { isRead: false })).toEqual(answered);
  });

  test.each<[string, Leave, string, unknown]>([
    ['an empty object', parse, '{}', refused(200, 'Must provide query string.')],
    ['a list', parse, `[${asked}]`, refused(400, expect.stringMatching(/batch/i))],
    ['a number', parse, '5', refused(400, expect.any(String))],
    ['no JSON', (read) => read.toString(), '{', refused(400, 'The body is not valid JSON.')],
    ['an empty text', (read) => read.toString(), '', refused(400, 'The body is not valid JSON.')],
    ['more than may come', () => ({ query: `{ __typename } #${'x'.repeat(300)}` }), asked, refused(413, expect.any(String))],
  ])('of what was left Rollcall says what it says of a body that is %s', async (_name, leave, body, told) => {
    expect(await post(leave, body)).toEqual(told);
  });

  test('a form that was read before stays a form', async () => {
    const leave: Leave = (read) => Object.fromEntries(new URLSearchParams(read.toString()));
    const form = new URLSearchParams({ query: 'mutation { banUser(input: { id: "horde:101", dryRun: true }) { dryRun } }' });

    expect(await post(leave, form.toString(), { type: 'application/x-www-form-urlencoded' })).toEqual(
      refused(415, 'Send operations as application/json.'),
    );
  });
});
