import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';
import { run } from '../cli/rollcall-process.ts';
import { createRandom } from '../edge/random-operations.ts';
import { createFolder, type Folder } from './doors.ts';
import { everywhere, keysAt } from './people.ts';
import { everyQuery, mutationAtRandom } from './secrets-operations.ts';

/** Part of every secret of the twins, of every key that is brought, and of every password that is typed. */
const canary = 'CANARYbird';

let rollcall: Rollcall;
let folder: Folder;
/** All that came out so far, beside the log. */
let heard: string[];

beforeAll(async () => {
  folder = await createFolder();
  rollcall = await startRollcall({
    size: 24,
    horde: { canary, limits: false, caches: false },
    mcsManager: { canary, rateLimits: false, hashMs: 0 },
    openWebUI: { canary, limits: false },
    config: (input) => ({
      ...input,
      // A source that failed in one test is to be asked in the next.
      sources: input.sources.map((source) => ({ ...source, http: { breaker: false } })),
      writes: { journal: folder.path('journal') },
      audit: { file: folder.path('audit') },
      edge: {
        ...{
          maxAliases: 10_000,
          maxTokens: 100_000,
          maxBodyBytes: 1_000_000,
          maxCalls: 1_000_000,
          maxRows: 1_000_000,
          maxDepth: 100,
        },
        rateLimit: { points: 1_000_000_000 },
      },
    }),
  });
});

beforeEach(() => {
  heard = [];
});

afterAll(async () => {
  await rollcall[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const given = {
  'Query.user': '(id: $id)',
  'Query.usersById': '(ids: [$id])',
  'Query.userByUsername': '(username: "ada", source: "webui")',
  'Query.searchUsers': '(query: "ada")',
  'Query.node': '(id: $id)',
  'Query.nodes': '(ids: [$id])',
  'Query.openWebUIChannelMembers': '(channel: "no-such-channel")',
  'Permissions.allows': '(permission: "chat.delete")',
};

const ids = cast.flatMap(({ horde, mcsManager, openWebUI }) => [
  ...(horde === undefined ? [] : [`horde:${horde}`]),
  ...(mcsManager === undefined ? [] : [`mcsmanager:${mcsManager}`]),
  ...(openWebUI === undefined ? [] : [`webui:${openWebUI}`]),
]);

async function ask(query: string, variables: object = {}, headers: Readonly<Record<string, string>> = {}) {
  const response = await rollcall.app.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    }),
  );
  return hear(response);
}

async function hear(response: Response): Promise<string> {
  const text = await response.text();
  heard.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`);
  return text;
}

const queries = (): string[] => everyQuery(rollcall.app.schema, given);

/** Callers: the service for everybody, people by their own keys, and people whose keys are no good. */
function callers(): Record<string, Record<string, string>> {
  const { community } = rollcall;
  const keys = keysAt(community);
  const own = (alias: string): Record<string, string> => {
    const { horde, mcsManager, openWebUI } = everywhere(alias);
    return { ...keys.horde(horde), ...keys.panel(mcsManager), ...keys.webui(openWebUI) };
  };
  const made = (key: string) => ({ 'x-source-key-horde': key, 'x-source-key-mcsmanager': key, 'x-source-key-webui': key });
  return {
    service: {},
    ada: own('ada'),
    chidi: own('chidi'),
    strangers: made(`sk-${canary}-unknown`),
    'a shared key': { ...made(canary), 'x-source-key-horde': community.horde.keys.shared },
    'a wrong Rollcall key': { 'x-rollcall-key': `rck_${canary}` },
    'a wrong token': { authorization: `Bearer ${canary}.${canary}.${canary}` },
  };
}

/** The audit and the journal, when what is under way is written. */
async function hearFiles(): Promise<void> {
  await sleep(200);
  for (const name of ['audit', 'journal']) heard.push(await readFile(folder.path(name), 'utf8'));
}

/** Looks at everything that came out since it last did. */
function expectNoSecret(): void {
  const { horde, mcsManager, openWebUI } = rollcall.community;
  const found = [...heard, ...rollcall.logged].filter((text) => text.includes(canary));
  expect(found.map((text) => text.slice(Math.max(0, text.indexOf(canary) - 200), text.indexOf(canary) + 100))).toEqual([]);
  for (const key of [horde.keys.moderator, mcsManager.keys.admin, openWebUI.keys.admin ?? '']) expect(key).toContain(canary);
  heard.length = 0;
}

test('every field of every type, for every caller and every person, shows no secret', async () => {
  const asked = queries();
  // What is looked at is worth looking at.
  expect(new Set(asked.join(' ').match(/\w+_\w+:/g)).size).toBeGreaterThan(350);

  for (const [name, headers] of Object.entries(callers())) {
    for (const query of asked) {
      const about = query.includes('$id') ? (name === 'service' ? ids : ids.slice(0, 3)) : ids.slice(0, 1);
      for (const id of about) {
        const text = await ask(query, { id }, headers);
        if (name === 'service') expect(Object.values(JSON.parse(text).data), query.slice(0, 100)).not.toContain(undefined);
      }
    }
  }
  expect(heard.length).toBeGreaterThan(150);
  // Settings with tool servers, of which there are some, come masked.
  expect(heard.join('')).toContain('[masked]');
  expectNoSecret();
}, 120_000);

test('what a source says when it fails or refuses, in its body or its headers, is not passed on', async () => {
  const asked = queries();
  const askAll = async (): Promise<void> => {
    for (const query of asked) await ask(query, { id: ids[0] });
  };
  const { horde, mcsManager, openWebUI } = rollcall.community;
  const twins = [horde, mcsManager, openWebUI];
  const said = { detail: canary, data: canary, rc: canary, errors: { key: canary }, username: [canary] };
  // In an answer that is none of a failure the Horde's word about its health stands there, and that is shown.
  const saidAt = (status: number): object => ({ ...said, ...(status === 200 ? {} : { message: canary }) });
  const headers = {
    'content-type': 'application/json',
    location: `/?key=${canary}`,
    'x-error': canary,
    'set-cookie': `a=${canary}`,
  };

  const statuses = [200, 202, 301, 302, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503];
  for (const [index, status] of statuses.entries()) {
    const bodies = [
      JSON.stringify(saidAt(status)),
      [JSON.stringify(canary), `<h1>${canary}</h1>`, `{"${canary}`][index % 3] ?? '',
    ];
    for (const body of bodies) {
      for (const twin of twins) twin.faults.add({ fault: { kind: 'reply', status, headers, body } });
      await askAll();
      for (const twin of twins) twin.faults.clear();
    }
  }
  for (const fault of [{ kind: 'reset' }, { kind: 'cut', share: 0.6 }] as const) {
    for (const twin of twins) twin.faults.add({ fault });
    await askAll();
    for (const twin of twins) twin.faults.clear();
  }

  expect(heard.length).toBe(32 * asked.length);
  expectNoSecret();
}, 120_000);

test('what is no answer to a query, too, holds no secret: introspection, refusals, health, the page, other paths', async () => {
  const key = { 'x-source-key-horde': rollcall.community.horde.keys.of(101) };
  await ask(getIntrospectionQuery(), {}, key);
  for (const query of ['{', '{ nothing }', 'query($id: ID!) { user(id: $id) { id } }', 'subscription { a }', ''])
    await ask(query, {}, key);
  await ask('{ viewer { kind } }', {}, { 'x-source-key-nowhere': canary });
  await ask('{ viewer { kind } }', {}, { 'x-source-key-webui': `${canary}\t` });
  await ask('{ viewer { kind } }', {}, { 'x-source-key-webui': canary.repeat(500) });
  for (const path of ['/healthz', '/readyz', '/graphql', '/metrics', '/', `/graphql?query={viewer{kind}}`])
    await hear(await rollcall.get(path, { accept: 'text/html', ...key }));

  expect(heard.length).toBe(15);
  expectNoSecret();
});

test.for([
  ['createOpenWebUIApiKey', 'apiKey', 'source: "webui"'],
  ['setMcsManagerApiKey', 'key', `id: "mcsmanager:${everywhere('ada').mcsManager}", enabled: true`],
] as const)('the key that %s makes is told where it was asked for, and nowhere else', async ([mutation, field, input]) => {
  const { ada } = callers();
  const query = `mutation { ${mutation}(input: { ${input}, idempotencyKey: "once" }) { ${field} errors { __typename } applied { name } requested { name } } }`;

  const text = await ask(query, {}, ada);

  expect(JSON.parse(text).data[mutation][field]).toContain(canary);
  expect(heard.join('').split(canary)).toHaveLength(2);
  heard.length = 0;
  await hearFiles();
  expectNoSecret();
});

test('no mutation, dry or real, tells a secret in its answer or its audit, nor the passwords that it was sent', async () => {
  const { schema } = rollcall.app;
  const random = createRandom(20_260_119);
  const typed = [`Aa1${canary}`, `${canary}2bB`];
  const sources = ['horde', 'mcsmanager', 'webui'];
  const words = {
    password: typed,
    newPassword: typed,
    currentPassword: typed,
    sources,
    name: ['Newcomer'],
    userName: ['newcomer'],
    email: ['newcomer@harbour.example'],
    role: ['user'],
    to: ['103', 'chidi#103'],
    accounts: ids.filter((id) => id.startsWith('webui:')),
    groupId: rollcall.community.openWebUI.world.groups.all().map(({ id }) => id),
  };
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const as = callers();

  for (const dryRun of [true, false]) {
    for (const field of fields) {
      for (let turn = 0; turn < 6; turn += 1) {
        const kind = /^[a-z]+?(Horde|McsManager|OpenWebUI)/.exec(field.name)?.[1];
        const prefix = { Horde: 'horde:', McsManager: 'mcsmanager:', OpenWebUI: 'webui:' }[kind ?? ''] ?? '';
        const own = ids.filter((id) => id.startsWith(prefix));
        const pool = { ...words, id: own, ids: own, source: prefix === '' ? sources : [prefix.slice(0, -1)] };
        const { text, variables } = mutationAtRandom(schema, field, { pool, random, dryRun, given });
        await ask(text, variables, [as.service, as.ada, as.chidi][turn % 3] ?? {});
      }
    }
  }

  const logged = rollcall.logged.join('\n');
  expect(heard.length).toBe(fields.length * 12);
  // Some of it was carried out, with passwords among it, and went into the audit.
  expect(logged).toContain('"operation":"setMcsManagerPassword"');
  expect(logged.split('"sent":true').length).toBeGreaterThan(30);
  expect(heard.filter((text) => text.includes('[secret]')).length).toBeGreaterThan(1);
  await hearFiles();
  expect(heard.filter((text) => /GRAPHQL_VALIDATION_FAILED|OPERATION_TOO_COSTLY/.test(text))).toEqual([]);
  expectNoSecret();
}, 120_000);

test('an input of the wrong shape is not repeated, neither to whoever sent it nor in the log', async () => {
  const { schema } = rollcall.app;
  const random = createRandom(20_260_119);
  const typed = [`Aa1${canary}`];
  const pool = { password: typed, newPassword: typed, currentPassword: typed };
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const wrong: readonly ((input: object) => unknown)[] = [
    (input) => ({ ...input, password: typed, newPassword: typed }),
    (input) => ({ ...input, [`no${typed[0]}`.slice(0, 2)]: typed[0], password: { deep: typed } }),
    (input) => ({ ...input, id: typed, source: typed, dryRun: canary }),
    (input) => [input, { password: typed }],
    () => canary,
  ];

  for (const field of fields) {
    const { text, variables } = mutationAtRandom(schema, field, { pool, random, dryRun: true, given });
    for (const spoil of wrong) {
      const answer = JSON.parse(await ask(text, { input: spoil(variables.input) }));
      expect(answer.errors[0].message).toMatch(/^Variable "\$input" got an invalid value/);
    }
    await ask(`mutation { ${field.name}(input: { password: "${canary}", id: ${canary}, dryRun: "${canary}" }) { dryRun } }`);
    await ask(`mutation { ${field.name}(input: "${canary}" "${canary}") { dryRun } }`);
  }

  expect(heard.length).toBe(fields.length * 7);
  expectNoSecret();
}, 60_000);

test('explain and check tell no key of the configuration', async () => {
  const { horde, mcsManager, openWebUI } = rollcall.community;
  const sources = [
    { id: 'horde', kind: 'AI_HORDE', url: horde.apiUrl, apiKey: horde.keys.moderator },
    { id: 'mcsmanager', kind: 'MCS_MANAGER', url: mcsManager.apiUrl, apiKey: mcsManager.keys.admin },
    { id: 'webui', kind: 'OPEN_WEBUI', url: openWebUI.apiUrl, apiKey: openWebUI.keys.admin },
    { id: 'wrong', kind: 'AI_HORDE', url: horde.apiUrl, apiKey: `${canary}-wrong` },
  ];
  const files = {
    'rollcall.yaml': JSON.stringify({ sources, log: { level: 'trace' } }),
    'operation.graphql': await readFile(new URL('../operations/member.graphql', import.meta.url), 'utf8'),
  };

  const explained = await run(['explain', 'operation.graphql', '--variables', JSON.stringify({ id: ids[0] })], { files });
  const checked = await run(['check'], { files });

  expect(explained.stdout).toContain('horde');
  expect(checked.stdout).toContain('horde');
  for (const { stdout, stderr } of [explained, checked]) expect(`${stdout}${stderr}`).not.toContain(canary);
}, 60_000);
