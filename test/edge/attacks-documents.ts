import { type Attack, times, toBody } from './attack.ts';

const document = (name: string, query: string, status: number, code: string | null, variables?: unknown): Attack => ({
  name,
  status,
  code,
  send: ({ post }) => post(toBody(query, variables)),
});

/** Documents that are well formed and ask too much for their own sake. */
export const documents: readonly Attack[] = [
  document('alias flood', `{ ${times(300, (i) => `a${i}: viewer { kind }`)} }`, 400, 'OPERATION_TOO_COSTLY'),
  document('alias flood of __typename', `{ ${times(600, (i) => `a${i}: __typename`)} }`, 400, 'OPERATION_TOO_COSTLY'),
  document(
    'alias flood in a fragment',
    `{ ...F } fragment F on Query { ${times(300, (i) => `a${i}: __typename`)} }`,
    400,
    'OPERATION_TOO_COSTLY',
  ),
  document('directive flood', `{ __typename ${times(250, () => '@skip(if: false)')} }`, 400, 'OPERATION_TOO_COSTLY'),
  document('unknown directives on the operation', `query ${times(900, () => '@x')} { __typename }`, 400, 'OPERATION_TOO_COSTLY'),
  document(
    'directives on variables',
    `query(${times(300, (i) => `$v${i}: Int @x`)}) { __typename }`,
    400,
    'OPERATION_TOO_COSTLY',
  ),
  document('more tokens than allowed', `{ ${times(3_000, () => '__typename')} }`, 400, 'GRAPHQL_PARSE_FAILED'),
  document('one field two thousand times', `{ viewer { ${times(1_900, () => 'kind')} } }`, 400, 'OPERATION_TOO_COSTLY'),
  document('one branch many times', `{ ${times(380, () => 'viewer { kind }')} }`, 400, 'OPERATION_TOO_COSTLY'),
  document(
    'deep nesting',
    `{ user(id: "horde:101") { ${'horde { user { '.repeat(200)}id${' } }'.repeat(200)} } }`,
    400,
    'OPERATION_TOO_COSTLY',
  ),
  document(
    'deep lists in a literal',
    `{ nodes(ids: ${'['.repeat(900)}1${']'.repeat(900)}) { id } }`,
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document('selections without end', '{'.repeat(1_900), 400, 'GRAPHQL_PARSE_FAILED'),
  document(
    'circular fragments',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'a ring of fragments',
    `{ ...F0 } ${times(150, (i) => `fragment F${i} on Query { viewer { kind } ...F${(i + 1) % 150} }`)}`,
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'fragments that double',
    `{ ...F0 } ${times(30, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on Query { viewer { kind } }`,
    200,
    null,
  ),
  document('fragments that double with depth', doubling(14), 400, 'OPERATION_TOO_COSTLY'),
  document('fragments that multiply in conflict', conflicts(40), 400, 'GRAPHQL_VALIDATION_FAILED'),
  document(
    'circular introspection',
    `{ __schema { types { ${'fields { type { '.repeat(6)}name${' } }'.repeat(6)} } } }`,
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document('introspection', '{ __schema { types { name } } }', 400, 'GRAPHQL_VALIDATION_FAILED'),
  document(
    'introspection of a type by an alias',
    '{ a: __type(name: "User") { fields { name } } }',
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'one list many times',
    `{ ${times(50, (i) => `a${i}: hordeAccounts(first: 100) { edges { node { sharedKeys { id } } } }`)} }`,
    400,
    'OPERATION_TOO_COSTLY',
  ),
  document('ids without end', 'query($ids: [ID!]!) { usersById(ids: $ids) { id } }', 200, 'BAD_USER_INPUT', {
    ids: ids(5_000),
  }),
  document('an id without end', 'query($id: ID!) { user(id: $id) { id } }', 200, 'BAD_USER_INPUT', {
    id: `horde:${'9'.repeat(90_000)}`,
  }),
  document('ids with line breaks', 'query($ids: [ID!]!) { usersById(ids: $ids) { id } }', 200, 'BAD_USER_INPUT', {
    ids: [
      'horde:101\r\nx-forged: 1',
      'mcsmanager:a1d0\r\n\r\nGET / HTTP/1.1',
      'webui:\n',
      'horde:101\u0000',
      'horde:../v2/find_user',
      'webui:%0d%0a',
    ],
  }),
  document('a source with line breaks', '{ hordeAccounts(source: "horde\\r\\n") { edges { cursor } } }', 200, 'BAD_USER_INPUT'),
];

/** Two fragments at each level, each spread twice: 2 ** levels fields in all. */
function doubling(levels: number): string {
  const level = (i: number): string =>
    `fragment F${i} on User { a${i}: accounts { user { ...F${i + 1} } } b${i}: accounts { user { ...F${i + 1} } } }`;
  return `{ user(id: "horde:101") { ...F0 } } ${times(levels, level)} fragment F${levels} on User { id }`;
}

/** Every fragment spreads all those after it, and no two fields agree. */
function conflicts(count: number): string {
  const one = (i: number): string =>
    `fragment F${i} on Query { n: user(id: "${i}") { id } ${i + 1 < count ? `...F${i + 1}` : ''} ${i + 2 < count ? `...F${i + 2}` : ''} }`;
  return `{ ...F0 } ${times(count, one)}`;
}

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `horde:${i}`);
}
