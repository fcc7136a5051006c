import { expect, test } from 'vitest';
import { startRollcall } from '../app/rollcall.ts';
import { startKeeping, until } from './counting.ts';

const id = 'webui:a1d00001-0000-4000-8000-000000000001';
const asked = `{ user(id: "${id}") { openWebUI { username freshness { age servedFrom stale } } } }`;
const shown = (servedFrom: string, age: number, stale = false) => ({
  user: { openWebUI: { username: 'Ada Lindqvist', freshness: { age, servedFrom, stale } } },
});

test('@maxAge has what is older read anew, and lets what is younger be', async () => {
  await using keeping = await startKeeping();
  await keeping.data(asked);
  keeping.pass(10);

  expect(await keeping.data(`query @maxAge(seconds: 11) ${asked}`)).toEqual(shown('MEMORY', 10));
  expect(await keeping.data(`query @maxAge(seconds: 10) ${asked}`)).toEqual(shown('SOURCE', 0));
  expect(await keeping.data(`query @maxAge(seconds: 0) ${asked}`)).toEqual(shown('SOURCE', 0));
  expect(keeping.calls()).toBe(3);
  // What was read for it is kept for others.
  expect(await keeping.data(asked)).toEqual(shown('MEMORY', 0));
});

test('@maxAge holds for pages, names, searches, and for what is shared', async () => {
  await using keeping = await startKeeping();
  const everything = `{
    openWebUIAccounts(first: 3) { edges { node { username permissions { allows(permission: "chat.delete") } } } }
    userByUsername(username: "Ada Lindqvist", source: "webui") { id }
    searchUsers(query: "Ada", sources: ["webui"]) { users { id } }
    openWebUIGroups { name }
  }`;
  const asked = () => keeping.rollcall.community.openWebUI.requests.map(({ path, query }) => `${path} ${query}`);
  await keeping.data(everything);
  const first = asked();
  keeping.calls();

  await keeping.data(`query @maxAge(seconds: 0) ${everything}`);

  expect(first).toHaveLength(5);
  expect(asked()).toEqual(expect.arrayContaining(first));
  keeping.calls();
  await keeping.data(everything);
  expect(keeping.calls()).toBe(0);
});

test('@maxAge takes a variable', async () => {
  await using keeping = await startKeeping();
  await keeping.data(asked);
  keeping.pass(10);

  const { data } = await keeping.rollcall.askText(`query ($seconds: Int!) @maxAge(seconds: $seconds) ${asked}`, { seconds: 5 });

  expect(data).toEqual(shown('SOURCE', 0));
});

test('@maxAge serves nothing older, not even where the source fails or while it is read anew', async () => {
  await using keeping = await startKeeping();
  await keeping.data(asked);
  keeping.pass(60);
  expect(await keeping.data(`query @maxAge(seconds: 20) ${asked}`)).toEqual(shown('SOURCE', 0));
  keeping.pass(60);
  keeping.rollcall.community.openWebUI.faults.add({ fault: { kind: 'reset' } });

  await expect(keeping.data(`query @maxAge(seconds: 20) ${asked}`)).rejects.toThrow('SOURCE_UNREACHABLE');
  expect(await keeping.data(asked)).toEqual(shown('MEMORY', 60, true));
});

test.each([
  ['horde', 'horde { kudos }', { horde: { kudos: 318_077 } }],
  ['mcsManager', 'mcsManager { permission }', { mcsManager: { permission: '1' } }],
  ['openWebUI', 'openWebUI { name }', { openWebUI: { name: 'Bao Nguyen' } }],
] as const)('@maxAge waits for no request to %s that was sent longer ago', async (name, fields, told) => {
  await using rollcall = await startRollcall({
    size: 12,
    cache: false,
    config: (input) => ({ ...input, edge: { operationDeadlineMs: 4_000 } }),
  });
  const twin = rollcall.community[name];
  const asked = `{ user(id: "horde:102") { ${fields} } }`;
  await rollcall.askText(asked);
  rollcall.calls();
  twin.faults.add({ times: 1, fault: { kind: 'hang' } });
  const silent = rollcall.askText(asked);
  await until(() => twin.requests.length === 1);
  // Not for anything to happen: a second has to be over.
  await new Promise((resolve) => setTimeout(resolve, 1_050));

  const { data } = await rollcall.askText(`query @maxAge(seconds: 1) ${asked}`);

  expect(data).toEqual({ user: told });
  expect((await silent).errors).toMatchObject([{ extensions: { code: 'SOURCE_TIMEOUT' } }]);
});

test('@maxAge with a negative age is refused before anything is asked', async () => {
  await using keeping = await startKeeping();

  for (const [query, variables] of [
    [`query @maxAge(seconds: -1) ${asked}`, {}],
    [`query ($seconds: Int!) @maxAge(seconds: $seconds) ${asked}`, { seconds: -1 }],
  ] as const) {
    const { errors, data } = await keeping.rollcall.askText(query, variables);
    expect([data, errors]).toMatchObject([
      undefined,
      [{ message: 'The seconds of @maxAge must be 0 or more.', extensions: { code: 'BAD_USER_INPUT' } }],
    ]);
  }
  expect(keeping.calls()).toBe(0);
});

test('@maxAge is of the operation that runs, and stands on queries only', async () => {
  await using keeping = await startKeeping();
  await keeping.data(asked);
  keeping.pass(5);
  const two = `query Old ${asked} query New @maxAge(seconds: 0) ${asked}`;
  const run = async (operationName: string) => {
    const response = await keeping.rollcall.app.fetch(
      new Request('http://rollcall.test/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: two, operationName }),
      }),
    );
    return (await response.json()).data;
  };

  expect(await run('Old')).toEqual(shown('MEMORY', 5));
  expect(await run('New')).toEqual(shown('SOURCE', 0));
  const onMutation = await keeping.rollcall.askText(
    `mutation @maxAge(seconds: 0) { banUser(input: { id: "${id}" }) { dryRun } }`,
  );
  expect(onMutation.errors?.[0]?.message).toContain('may not be used on MUTATION');
});

test('@maxAge holds at /subgraph too', async () => {
  await using keeping = await startKeeping();
  await keeping.data(asked);
  keeping.calls();
  const entities = (directive: string) =>
    keeping.rollcall.app.fetch(
      new Request('http://rollcall.test/subgraph', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: `query ($of: [_Any!]!) ${directive} { _entities(representations: $of) { ... on OpenWebUIAccount { username } } }`,
          variables: { of: [{ __typename: 'OpenWebUIAccount', id }] },
        }),
      }),
    );

  expect(await (await entities('')).json()).toEqual({ data: { _entities: [{ username: 'Ada Lindqvist' }] } });
  expect(keeping.calls()).toBe(0);
  expect(await (await entities('@maxAge(seconds: 0)')).json()).toEqual({ data: { _entities: [{ username: 'Ada Lindqvist' }] } });
  expect(keeping.calls()).toBe(1);
});

test('what a mutation shows is read anew, though it changed nothing', async () => {
  await using keeping = await startKeeping();
  const { world } = keeping.rollcall.community.openWebUI;
  await keeping.data(asked);
  // Somebody does so without us.
  world.users.change(id.slice('webui:'.length), { name: 'Ada the Second' });

  const rename = `mutation { updateOpenWebUIUser(input: { id: "${id}", name: "Ada the Second" }) { fields { verdict } account { username } } }`;
  expect(await keeping.data(rename)).toEqual({
    updateOpenWebUIUser: { fields: [{ verdict: 'UNCHANGED' }], account: { username: 'Ada the Second' } },
  });
});
