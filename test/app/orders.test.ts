import { expect, test } from 'vitest';
import { type Rollcall, startRollcall } from './rollcall.ts';

const wordsOf = async (rollcall: Rollcall, type: string): Promise<string[]> => {
  const { data } = await rollcall.askText(`{ __type(name: "${type}") { enumValues { name } } }`);
  // The answer's form is that of the question.
  return (data as { __type: { enumValues: { name: string }[] } }).__type.enumValues.map(({ name }) => name);
};

const message = async (rollcall: Rollcall, query: string) => (await rollcall.askText(query)).errors?.[0]?.message;

test('a source that lacks an order of people names those that it has, and none that nobody can write there', async () => {
  await using rollcall = await startRollcall();

  expect(await message(rollcall, '{ users(source: "webui", orderBy: KUDOS) { totalCount } }')).toContain(
    'Its orders of people are: EMAIL, NAME, CREATED, LAST_ACTIVE.',
  );
  expect(await message(rollcall, '{ users(source: "mcsmanager", orderBy: KUDOS) { totalCount } }')).toContain(
    'Its orders of people are: CREATED.',
  );
});

test('each order that a source tells of is taken where its description says', async () => {
  await using rollcall = await startRollcall();
  const people = await wordsOf(rollcall, 'UserOrder');
  const accounts = await wordsOf(rollcall, 'OpenWebUIAccountOrder');
  const { data } = await rollcall.askText('{ sources { id capabilities { orders } } }');

  // The answer's form is that of the question.
  for (const { id, capabilities } of (data as { sources: { id: string; capabilities: { orders: string[] } }[] }).sources) {
    for (const word of capabilities.orders) {
      const [, order = word, direction] = /^(.*)_(ASC|DESC)$/.exec(word) ?? [];
      const direct = direction === undefined ? '' : `, direction: ${direction}`;
      if (people.includes(word)) {
        const { errors } = await rollcall.askText(
          `{ users(source: "${id}", first: 1, orderBy: ${word}) { edges { node { id } } } }`,
        );
        expect(errors, word).toBeUndefined();
      } else {
        expect(accounts).toContain(order);
        const { errors } = await rollcall.askText(
          `{ openWebUIAccounts(first: 1, orderBy: ${order}${direct}) { edges { node { id } } } }`,
        );
        expect(errors, word).toBeUndefined();
      }
    }
  }
});
