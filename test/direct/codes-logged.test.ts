import { expect, test } from 'vitest';
import { post } from './corpus.ts';
import { type Door, openTwoDoors } from './two-doors.ts';

test.for([
  [
    'what the caller may not see',
    { FORBIDDEN: 2 },
    '{ a: openWebUIAccounts { pageInfo { hasNextPage } } b: mcsManagerAccounts { pageInfo { hasNextPage } } }',
    {},
  ],
  ['what can be no id', { BAD_USER_INPUT: 1 }, '{ user(id: "nobody") { id } viewer { kind } }', {}],
  ['a variable that does not fit', { BAD_USER_INPUT: 1 }, 'query($id: ID!) { user(id: $id) { id } }', { id: {} }],
  ['a source that fails', { 'horde: SOURCE_FAILED': 1 }, '{ user(id: "horde:101") { kudos } }', {}],
] as const)('of %s the log has the code that the client is told, at either door', async ([, codes, query, variables]) => {
  await using doors = await openTwoDoors({ access: { allowAnonymous: true, anonymous: [] } });
  doors.community.horde.faults.add({ fault: { kind: 'reply', status: 500, body: 'Internal Server Error' } });

  for (const door of [doors.direct, doors.yoga]) {
    const { body } = await door.write(...post(JSON.stringify({ query, variables })));

    expect(codesIn(body), body).toEqual(codes);
    expect(codesNoted(door)).toEqual([codes]);
  }
});

interface Told {
  readonly errors: readonly { readonly extensions?: { readonly code?: string; readonly source?: string } }[];
}

/** As the log has them: beside a source's code stands which one it was. */
function codesIn(body: string): Readonly<Record<string, number>> {
  // What a GraphQL server answers where something failed.
  const { errors } = JSON.parse(body) as Told;
  const codes: Record<string, number> = {};
  for (const { extensions: { code = 'INVALID', source } = {} } of errors) {
    const name = code.startsWith('SOURCE_') ? `${source}: ${code}` : code;
    codes[name] = (codes[name] ?? 0) + 1;
  }
  return codes;
}

const codesNoted = ({ logged }: Door): unknown[] =>
  logged.map((line) => JSON.parse(line)).flatMap(({ msg, errors }) => (msg === 'operation' ? [errors] : []));
