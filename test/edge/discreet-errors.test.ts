import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutArgument } from '../../src/edge/document-faults.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await startRollcall({ size: 12 });
});
afterAll(() => rollcall[Symbol.asyncDispose]());

/** Stands for a password that somebody sent in the wrong place or shape. */
const secret = 'CANARYword1';

const asked = async (query: string, variables: object = {}): Promise<string[]> => {
  const { errors = [], text } = await rollcall.askText(query, { ...variables });
  expect(text).not.toContain(secret);
  expect(errors.length).toBeGreaterThan(0);
  return errors.map(({ message }) => message);
};

const create = 'mutation ($i: CreateMcsManagerUserInput!) { createMcsManagerUser(input: $i) { sent } }';
const user = { userName: 'nova', password: secret };

test.each([
  [{ ...user, bogus: 1 }, 'Field "bogus" is not defined by type "CreateMcsManagerUserInput".'],
  [{ password: secret }, 'Field "userName" of required type "String!" was not provided.'],
  [{ ...user, password: [secret] }, 'at "i.password"; Expected type "String!".'],
  [{ ...user, password: { secret } }, 'at "i.password"; Expected type "String!".'],
  [{ ...user, password: null, userName: secret }, 'at "i.password"; Expected type "String!".'],
  [{ ...user, permission: secret }, 'at "i.permission"; Expected type "Int".'],
  [{ ...user, role: secret }, 'at "i.role"; Expected type "Role".'],
  [{ ...user, instances: [{ daemonId: [secret], instanceId: 'i' }] }, 'at "i.instances[0].daemonId"; Expected type "String!".'],
  [{ ...user, instances: { daemonId: [secret], instanceId: 'i' } }, 'at "i.instances.daemonId"; Expected type "String!".'],
  [secret, '; Expected type "CreateMcsManagerUserInput!".'],
])('variables %j are told by place and expectation, not by value', async (i, told) => {
  expect((await asked(create, { i })).join()).toContain(told);
});

test('of several variables and faults each is told', async () => {
  const query = `mutation ($a: SetOpenWebUIStatusInput!, $b: SetOpenWebUIStatusInput!) {
    a: setOpenWebUIStatus(input: $a) { sent } b: setOpenWebUIStatus(input: $b) { sent } }`;

  const messages = await asked(query, { a: { expiresAt: secret, emoji: [secret] }, b: { message: { secret } } });

  expect(messages.map((message) => /at "[\w.]+"; .*/.exec(message)?.[0])).toEqual([
    'at "a.emoji"; Expected type "String".',
    'at "a.expiresAt"; Expected type "DateTime".',
    'at "b.message"; Expected type "String".',
  ]);
});

const literal = (input: string): string => `mutation { createMcsManagerUser(input: ${input}) { sent } }`;

test.each([
  ['a word without quotes', literal(`{ userName: "n", password: ${secret} }`), 'Expected value of type "String!".'],
  ['a list', literal(`{ userName: "n", password: ["${secret}"] }`), 'Expected value of type "String".'],
  ['another type', literal(`{ userName: "n", password: "p", permission: "${secret}" }`), 'Expected value of type "Int".'],
  [
    'a word that is none of an enum',
    literal(`{ userName: "n", password: "p", role: ${secret} }`),
    'Expected value of type "Role".',
  ],
  ['text for an enum', literal(`{ userName: "n", password: "p", role: "${secret}" }`), 'Expected value of type "Role".'],
  ['text for an input', literal(`"${secret}"`), 'Expected value of type "CreateMcsManagerUserInput!".'],
  ['an unknown field', literal(`{ userName: "n", password: "${secret}", nope: 1 }`), 'Field "nope" is not defined by type'],
  [
    'no time',
    `mutation { setOpenWebUIStatus(input: { expiresAt: "${secret}" }) { sent } }`,
    'Expected value of type "DateTime".',
  ],
  [
    'no day',
    `mutation { updateOpenWebUIProfile(input: { dateOfBirth: "${secret}" }) { sent } }`,
    'Expected value of type "LocalDate".',
  ],
  [
    'no number',
    `mutation { awardHordeKudos(input: { to: "1", amount: "${secret}" }) { sent } }`,
    'Expected value of type "SafeInt!".',
  ],
  [
    'no object',
    `mutation { updateOpenWebUIInfo(input: { info: "${secret}" }) { sent } }`,
    'Expected value of type "JSONObject!".',
  ],
  ['a default', `query ($n: Int = "${secret}") { users(first: $n) { totalCount } }`, 'Expected value of type "Int".'],
])('a literal that is %s is told by what is expected', async (_what, query, told) => {
  expect((await asked(query)).join()).toContain(told);
});

test('a literal whose variable turns out to be null is told by its argument', async () => {
  const query = `mutation ($n: String = "n") { createMcsManagerUser(input: { userName: $n, password: "${secret}" }) { sent } }`;

  await asked(query, { n: null });

  const quoting = new GraphQLError(`Argument "input" has invalid value {password: "${secret}"}.`);
  expect(withoutArgument(quoting).message).toBe('Argument "input" has an invalid value.');
});

test.each([
  [`{ user(id: "a" "${secret}") { id } }`, 'Syntax Error: Expected Name, found String.'],
  [`{ user(id: a ${secret} b) { id } }`, 'Syntax Error: Expected ":", found Name.'],
  [`{ user(id: """${secret}""" """${secret} " """) { id } }`, 'Syntax Error: Expected Name, found BlockString.'],
  [`{ user(id: "\\u{${secret}") { id } }`, 'Syntax Error: Invalid Unicode escape sequence.'],
  [`${secret} { id }`, 'Syntax Error: Unexpected Name.'],
])('a document that cannot be read is told by the sort of word: %s', async (query, told) => {
  expect(await asked(query)).toEqual([told]);
});
