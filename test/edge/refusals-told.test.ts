import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await startRollcall({ size: 6 });
});
afterAll(() => rollcall[Symbol.asyncDispose]());

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

test.for([
  ['maxDepth', 61, 16, `{ user(id: "horde:1") { ${many(30, () => 'accounts { user {')} id ${many(30, () => '} }')} } }`],
  ['maxAliases', 60, 50, `{ ${many(60, (index) => `a${index}: __typename`)} }`],
  ['maxDirectives', 70, 50, `{ __typename ${many(70, () => '@include(if: true)')} }`],
  ['repeats', 2_016, 2_000, `{ ${many(64, () => '__typename')} }`],
] as const)('a document beyond %s is told how much it has and how much it may have', async ([limit, cost, allowed, query]) => {
  const { errors } = await rollcall.askText(query);

  const [error] = errors ?? [];
  expect(error?.extensions).toMatchObject({ code: 'OPERATION_TOO_COSTLY', limit, allowed });
  expect(Number(error?.extensions.cost)).toBeGreaterThanOrEqual(cost);
});

test.for(['variables', 'extensions'])('broken JSON in the %s of an address is refused, and said to be that', async (name) => {
  const path = `/graphql?query=${encodeURIComponent('{ __typename }')}&${name}=${encodeURIComponent('{nope')}`;

  const answer = await rollcall.get(path, { 'apollo-require-preflight': 'true' });

  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    errors: [{ message: `The ${name} in the address are no JSON.`, extensions: { code: 'BAD_REQUEST' } }],
  });
});

test('a subscription is refused like any document that is not valid', async () => {
  const { errors } = await rollcall.askText('subscription { a }');

  expect(errors).toEqual([
    {
      message: 'This graph has no subscriptions.',
      locations: [{ line: 1, column: 1 }],
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
  ]);
});

/** A variable may be null where an argument may not, as long as it has a default: only its value tells. */
const nulls: readonly (readonly [string, string, string])[] = [
  ['an id', 'query($v: ID = "x") { user(id: $v) { id } }', 'Argument "id" of non-null type "ID!" must not be null.'],
  ['one of a list', 'query($v: ID = "x") { usersById(ids: [$v]) { id } }', 'Argument "ids" has an invalid value.'],
  [
    'a part of an input',
    'mutation($v: ID = "x") { banUser(input: { id: $v }) { dryRun } }',
    'Argument "input" has an invalid value.',
  ],
  [
    'an age',
    'query($v: Int = 1) @maxAge(seconds: $v) { user(id: "horde:1") { id } }',
    'Argument "seconds" of non-null type "Int!" must not be null.',
  ],
  [
    'a part of an input that holds a password',
    'mutation($v: String = "x") { changeOpenWebUIPassword(input: { currentPassword: "CANARY", newPassword: $v }) { sent } }',
    'Argument "input" has an invalid value.',
  ],
];

test.for(nulls)('%s that is null by its variable is told so, and nothing is asked', async ([, query, message]) => {
  rollcall.calls();

  const { errors, text } = await rollcall.askText(query, { v: null });

  expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(text).not.toContain('CANARY');
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});

/** Something that stands where the type is wanted; what it says is of no use to anybody. */
function literalFor(type: GraphQLInputType): string {
  const wanted = getNullableType(type);
  if (isListType(wanted)) return `[${literalFor(wanted.ofType)}]`;
  if (isEnumType(wanted)) return wanted.getValues()[0]?.name ?? '';
  if (isInputObjectType(wanted)) return `{ ${requiredIn(wanted).map(({ name, type: of }) => `${name}: ${literalFor(of)}`)} }`;
  return literals[wanted.name] ?? '"x"';
}

const literals: Readonly<Record<string, string>> = {
  Int: '1',
  Float: '1',
  SafeInt: '1',
  Boolean: 'true',
  JSONObject: '{}',
  JSON: '{}',
};

const requiredIn = (input: GraphQLInputObjectType): GraphQLInputField[] =>
  Object.values(input.getFields()).filter(isRequiredInputField);

test('no null in any place of any mutation where there must be none is a mistake of ours', async () => {
  const mutations = Object.values(rollcall.app.schema.getMutationType()?.getFields() ?? {});
  const asked = mutations.flatMap(({ name, args: [arg] }) => {
    const input = arg && getNullableType(arg.type);
    if (!isInputObjectType(input)) return [];
    return requiredIn(input).map((part) => {
      const parts = requiredIn(input).map((each) => `${each.name}: ${each === part ? '$v' : literalFor(each.type)}`);
      const variable = `$v: ${getNullableType(part.type)} = ${literalFor(part.type)}`;
      return `mutation(${variable}) { ${name}(input: { dryRun: true, ${parts.join(', ')} }) { __typename } }`;
    });
  });

  for (const query of asked) {
    const { errors = [] } = await rollcall.askText(query, { v: null });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  }
  expect(asked.length).toBeGreaterThan(40);
});
