import { describe, expect, test } from 'vitest';
import { run } from './rollcall-process.ts';

const secrets = ['canary-horde-key-000000', 'canary-panel-key-0000000000000000', 'sk-canary-webui'];
// Nobody listens there: whoever asked would hear so.
const config = `
sources:
  - { id: horde, kind: AI_HORDE, url: 'http://127.0.0.1:1/canary-address/api', apiKey: ${secrets[0]} }
  - { id: panel, kind: MCS_MANAGER, url: 'http://127.0.0.1:1/canary-address', apiKey: ${secrets[1]} }
  - { id: webui, kind: OPEN_WEBUI, url: 'http://127.0.0.1:1/canary-address', apiKey: ${secrets[2]} }
links:
  - ['horde:42', 'panel:0123456789abcdef0123456789abcdef']
edge: { maxCalls: 60 }
`;
const member = `query Member($id: ID!) {
  user(id: $id) { kudos mcsManager { loginTime instances { nickname } } }
}
query Workers { hordeAccounts(first: 10) { edges { node { workers { name } } } } }
`;
const files = { 'rollcall.yaml': config, 'member.graphql': member, 'variables.json': '{ "id": "horde:42" }', 'list.json': '[]' };

const explain = (...args: string[]) => run(['explain', ...args], { files });

describe('rollcall explain', () => {
  test('tells for each source what is asked, how often and why, and that it would be answered', async () => {
    const { code, stdout, stderr } = await explain('--variables', '{"id":"horde:42"}', '--operation', 'Member', 'member.graphql');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "source  read      times  why
      horde   user      1      user: kudos
      panel   user      1      user: presence, instanceRefs
      panel   checks    3      user: what the key may do, what a "no" meant
      panel   instance  10     user.mcsManager.instances: instance
      panel   checks    2      user.mcsManager.instances: what the key may do, what a "no" meant
      horde   in all    1
      panel   in all    16

                        cost  allowed      most of it
      requests at most  17    limit 60     user.mcsManager.instances
      rows at most      11    limit 20000  user.mcsManager.instances

      It would be answered.

      What would be chosen. A cost of 1 is a small request, or waiting for one.

      source  wanted                                    population  chosen           cost  instead of
      horde   user: 1 × kudos                           not known   user × 1         2.09
      panel   user: 1 × presence, instanceRefs          not known   user × 1         2.03  overview (14.50); search (666.92)
      panel   user.mcsManager.instances: 10 × instance  not known   daemonInstances  3.49  instance × 10 (13.76)
      "
    `);
  });

  test('tells what would be refused, and by which limit', async () => {
    const { code, stdout } = await explain('--operation', 'Workers', 'member.graphql');

    expect(code).toBe(1);
    expect(stdout).toMatch(/^horde +worker +200 +hordeAccounts\.edges\.node\.workers: hordeWorker$/m);
    expect(stdout).toMatch(
      /^Refused: The operation may cost 213 requests to the sources; at most 60 are allowed\. 200 of them are for hordeAccounts\.edges\.node\.workers\. Ask for fewer at once\.$/m,
    );
  });

  test('takes variables from a file, and tells neither keys nor addresses', async () => {
    const { code, stdout, stderr } = await explain('--variables', 'variables.json', '--operation', 'Member', 'member.graphql');

    expect(code).toBe(0);
    for (const secret of [...secrets, 'canary', '127.0.0.1']) expect(stdout + stderr).not.toContain(secret);
  });

  test.for([
    [
      'hordeAccounts(first: 500) { edges { node { id } } }',
      'hordeAccounts: first is 500; at most 100 can be had at once. Use the cursor to go on.',
    ],
    ['hordeAccounts(first: -1) { edges { node { id } } }', 'hordeAccounts: first is -1; it must not be negative.'],
    [
      'users(first: 500) { edges { node { id } } }',
      'users: first is 500; at most 100 can be had at once. Use the cursor to go on.',
    ],
    [
      'users(last: 5) { edges { node { id } } }',
      'users: People of all sources can only be read forward. Name a source to use last and before.',
    ],
    [
      'users(source: "none", first: 5) { edges { node { id } } }',
      'users: No source is called "none". There are: horde, panel, webui.',
    ],
    ['other: user(id: "nope") { kudos }', 'other: "nope" is not an account id. Write <source id>:<native id>, such as horde:42.'],
    ['node(id: "horde:x") { id }', 'node: "x" cannot be the id of an account on horde (AI Horde).'],
    ['userByUsername(source: "horde", username: " ") { id }', 'userByUsername: The username is empty.'],
  ] as const)('tells what a server would refuse before it asks anybody: %s', async ([field, told]) => {
    const query = `{ ${field} fine: user(id: "horde:42") { kudos } }`;
    const { code, stdout } = await run(['explain', 'refused.graphql'], { files: { ...files, 'refused.graphql': query } });

    expect(stdout).toContain(`\nRefused, and asked for nothing: ${told}\n`);
    expect(stdout).not.toContain('It would be answered.');
    expect(stdout).toMatch(/^horde +user +1 +fine: kudos$/m);
    expect(code).toBe(1);
  });

  test('says that nothing is asked where nothing is', async () => {
    const { code, stdout } = await run(['explain', 'viewer.graphql'], {
      files: { ...files, 'viewer.graphql': '{ viewer { kind } sources { id } }' },
    });

    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing is asked of any source\.$/m);
  });

  test('counts what is deferred or streamed as the rest', async () => {
    const later = `query Later($id: ID!) {
      user(id: $id) { id ... @defer(label: "kudos") { kudos } ... @defer { mcsManager { instances @stream(initialCount: 1) { nickname } } } }
    }`;

    const { code, stdout } = await run(['explain', '--variables', '{"id":"horde:42"}', 'later.graphql'], {
      files: { ...files, 'later.graphql': later },
    });

    expect(code).toBe(0);
    expect(stdout).toMatch(/^horde +user +1 +user: kudos$/m);
    expect(stdout).toMatch(/^panel +instance +10 +user\.mcsManager\.instances: instance$/m);
    expect(stdout).toMatch(/^It would be answered\.$/m);
  });

  test('refuses more deferred parts than the server does', async () => {
    const viewer = `{ viewer { ${Array.from({ length: 101 }, () => '... @defer { kind }').join(' ')} } }`;

    const { code, stdout } = await run(['explain', 'parts.graphql'], { files: { ...files, 'parts.graphql': viewer } });

    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'Refused: An operation may have 100 deferred fragments at most, each counted wherever it is spread.\n',
    });
  });

  test.for([
    ['a label by variable', 'query ($l: String) { viewer { ... @defer(label: $l) { kind } } }', 'must be a static string'],
    ['a stream of what is no list', '{ viewer @stream { kind } }', 'cannot be used on non-list field'],
  ] as const)('does not understand %s, as the server does not', async ([, query, words]) => {
    const { code, stderr } = await run(['explain', 'odd.graphql'], { files: { ...files, 'odd.graphql': query } });

    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  test('tells what would be chosen by what was measured, and what else would have done', async () => {
    const names = 'query Names($ids: [ID!]!) { usersById(ids: $ids) { mcsManager { loginTime } } }';
    const ids = Array.from({ length: 25 }, (_, index) => `panel:${String(index).padStart(32, '0')}`);
    const measured = (population: number) => JSON.stringify({ panel: { population, reads: { overview: { bytes: 3 } } } });
    const explainNames = (...more: string[]) =>
      run(['explain', '--variables', 'ids.json', ...more, 'names.graphql'], {
        files: { ...files, 'names.graphql': names, 'ids.json': JSON.stringify({ ids }) },
      });

    const outputs = await Promise.all([
      explainNames(),
      explainNames('--measured', measured(400)),
      explainNames('--measured', measured(4_000)),
      explainNames('--measured', '{"panel":{"reads":{"overview":{"bytes":-3}}}}'),
      explainNames('--measured', '{"panel":{},"penal":{"population":400}}'),
    ]);
    const [unknown, small, large, wrong, misspelt] = outputs.map(({ stdout, stderr }) => stdout + stderr);

    expect(unknown).toMatch(/^panel +usersById: 25 × presence +not known +count, then at a guess overview +14\.50 +user × 25/m);
    expect(small).toMatch(/^panel +usersById: 25 × presence +400 +overview +17\.00 +user × 25 \(29\.82\)/m);
    expect(large).toMatch(/^panel +usersById: 25 × presence +4000 +user × 25 +29\.82 +overview \(152\.00\)/m);
    expect(misspelt).toMatch(/--measured does not fit\. No source is called penal; there (is|are) .*panel/);
    expect(outputs.map(({ code }) => code)).toEqual([0, 0, 0, 2, 2]);
    expect(wrong).toMatch(/--measured does not fit\. panel\.reads\.overview\.bytes: /);
  }, 90_000);

  test('works without any configuration, over the twins', async () => {
    const { code, stdout } = await run(['explain', 'one.graphql'], {
      files: { 'one.graphql': '{ user(id: "horde:101") { kudos } }' },
    });

    expect(code).toBe(0);
    expect(stdout).toMatch(/^horde +user +1 +user: kudos$/m);
  });

  test.for([
    ['no file', [], /Name one file/],
    ['two files', ['a', 'b'], /Name one file/],
    ['a file that is not there', ['none.graphql'], /none\.graphql cannot be read/],
    ['something that is no GraphQL', ['rollcall.yaml'], /Line 2: Syntax Error/],
    ['variables that are no JSON', ['--variables', '{', 'member.graphql'], /--variables takes a JSON object/],
    ['variables that are a list', ['--variables', 'list.json', 'member.graphql'], /--variables takes a JSON object/],
    ['variables that do not fit', ['--operation', 'Member', 'member.graphql'], /The variables do not fit the operation/],
    ['an operation left open', ['member.graphql'], /--operation does not say which/],
    ['nothing on standard input', ['-'], /Line 1: Syntax Error/],
    ['an unknown option', ['--what', 'member.graphql'], /--what/],
  ] as const)('does not understand %s', async ([, args, message]) => {
    const { code, stdout, stderr } = await explain(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('tells the fields that there are not', async () => {
    const { code, stderr } = await run(['explain', 'wrong.graphql'], { files: { ...files, 'wrong.graphql': '{ zzzzzzzz }' } });

    expect({ code, stderr }).toEqual({ code: 2, stderr: 'Line 1: Cannot query field "zzzzzzzz" on type "Query".\n' });
  });
});
