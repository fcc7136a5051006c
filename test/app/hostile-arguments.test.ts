import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ada } from './everywhere.ts';
import { startTarget, type Target } from './hostile.ts';

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.rollcall[Symbol.asyncDispose]());

describe('what does not exist', () => {
  test.for([
    ['users', 'users(source: "nobody") { edges { cursor } }'],
    ['users', 'users(source: "") { edges { cursor } }'],
    ['users', 'users(source: "__proto__") { edges { cursor } }'],
    ['users', 'users(role: ADMIN) { edges { cursor } }'],
    ['users', 'users(search: "a") { edges { cursor } }'],
    ['users', 'users(orderBy: NAME) { edges { cursor } }'],
    ['users', 'users(last: 5) { edges { cursor } }'],
    ['hordeAccounts', 'hordeAccounts(source: "webui") { edges { cursor } }'],
    ['hordeAccounts', 'hordeAccounts(source: "nobody") { edges { cursor } }'],
    ['mcsManagerAccounts', 'mcsManagerAccounts(source: "horde") { edges { cursor } }'],
    ['openWebUIAccounts', 'openWebUIAccounts(source: "mcsmanager") { edges { cursor } }'],
    ['openWebUIGroups', 'openWebUIGroups(source: "horde") { id }'],
    ['openWebUIDefaultPermissions', 'openWebUIDefaultPermissions(source: "nobody") { grants { key } }'],
    ['searchUsers', 'searchUsers(query: "ada", sources: ["horde", "nobody"]) { users { id } }'],
    ['searchUsers', 'searchUsers(query: "ada", first: -1) { users { id } }'],
    ['searchUsers', 'searchUsers(query: "ada", first: 101) { users { id } }'],
    ['searchUsers', 'searchUsers(query: "") { users { id } }'],
    ['searchUsers', 'searchUsers(query: "  ") { users { id } }'],
    ['searchUsers', `searchUsers(query: "${'a'.repeat(10_000)}") { users { id } }`],
    ['userByUsername', 'userByUsername(username: "ada", source: "nobody") { id }'],
    ['userByUsername', 'userByUsername(username: " ", source: "webui") { id }'],
  ] as const)('%s: %s is refused', async ([field, selection]) => {
    target.expectRefused(await target.asked(`{ ${selection} }`), [field]);
  });

  test('as an order, a role or a kind of the schema is told by validation', async () => {
    for (const args of ['orderBy: AGE', 'role: OWNER', 'orderBy: "KUDOS"', 'nothing: 1']) {
      const { errors, data } = await target.asked(`{ users(source: "horde", ${args}) { edges { cursor } } }`);
      expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(data).toBeUndefined();
    }
    target.expectNobodyAsked();
  });

  test('on a source though the schema has it is unsupported, with the alternative, and nobody is asked', async () => {
    for (const [args, source] of [
      ['orderBy: EMAIL', 'horde'],
      ['role: ADMIN', 'horde'],
      ['search: "ada"', 'horde'],
      ['orderBy: KUDOS', 'mcsmanager'],
      ['role: MODERATOR', 'mcsmanager'],
      ['role: PENDING', 'webui'],
      ['orderBy: KUDOS', 'webui'],
    ]) {
      const { errors } = await target.asked(`{ users(source: "${source}", ${args}) { edges { cursor } } }`);
      expect(errors).toMatchObject([{ path: ['users'], extensions: { code: 'SOURCE_UNSUPPORTED', source, retryable: false } }]);
      expect(errors?.[0]?.message).toMatch(/^The source cannot do this\. .+\.$/);
    }
    target.expectNobodyAsked();
  });
});

describe('text', () => {
  test.for([
    ['a quote', `' OR '1'='1`],
    ['markup', '<script>alert(1)</script>'],
    ['a second line', 'ada\r\nx-evil: 1'],
    ['a null byte', 'ada\u0000'],
    ['wildcards', '%%__%%'],
    ['a backslash', '\\'],
    ['a query', 'a&page=2&role=10#'],
    ['a text that turns round', '\u202Eada'],
    ['the panel’s word for nothing', 'undefined'],
  ])('that is searched for and holds %s finds nobody by mistake, and breaks nothing', async ([, query]) => {
    const { data, errors } = await target.asked(
      'query ($query: String!) { searchUsers(query: $query) { users { id } sources { source { id } outcome code } } }',
      { query },
    );

    expect(errors).toBeUndefined();
    expect(data).toEqual({
      searchUsers: {
        users: [],
        sources: [
          { source: { id: 'horde' }, outcome: 'UNSUPPORTED', code: 'SOURCE_UNSUPPORTED' },
          { source: { id: 'mcsmanager' }, outcome: 'ANSWERED', code: null },
          { source: { id: 'webui' }, outcome: 'ANSWERED', code: null },
        ],
      },
    });
  });

  test('that no username can be finds nobody', async () => {
    for (const source of ['mcsmanager', 'webui']) {
      const { data, errors } = await target.asked(
        'query ($name: String!, $source: ID!) { userByUsername(username: $name, source: $source) { id } }',
        { name: `${'ä'.repeat(190)}\r\n`, source },
      );
      expect({ data, errors }).toEqual({ data: { userByUsername: null }, errors: undefined });
    }
  });

  test.for([
    ['is longer than a name', 'a'.repeat(201)],
    ['is half a character', 'ada\uD800'],
  ] as const)('that %s is refused wherever text is searched for', async ([, text]) => {
    for (const [field, selection] of [
      ['searchUsers', 'searchUsers(query: $text) { users { id } }'],
      ['userByUsername', 'userByUsername(username: $text, source: "webui") { id }'],
      ['users', 'users(source: "webui", search: $text) { edges { cursor } }'],
      ['mcsManagerAccounts', 'mcsManagerAccounts(userName: $text) { edges { cursor } }'],
      ['openWebUIAccounts', 'openWebUIAccounts(query: $text) { edges { cursor } }'],
    ] as const) {
      target.expectRefused(await target.asked(`query ($text: String!) { ${selection} }`, { text }), [field]);
    }
  });

  test('as the name of a permission is unknown, not denied', async () => {
    const { data, errors } = await target.asked(
      `query ($id: ID!) { user(id: $id) { openWebUI { permissions {
        a: allows(permission: "") b: allows(permission: "__proto__.constructor") c: allows(permission: "chat.") d: allows(permission: "${'x'.repeat(5_000)}")
      } } } }`,
      { id: ada.openWebUI },
    );

    expect(errors).toBeUndefined();
    expect(data).toEqual({ user: { openWebUI: { permissions: { a: null, b: null, c: null, d: null } } } });
  });
});
